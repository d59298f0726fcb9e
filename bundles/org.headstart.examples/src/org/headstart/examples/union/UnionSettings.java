package org.headstart.examples.union;

import java.util.List;

import org.headstart.api.environment.Environment;
import org.headstart.api.settings.Reference;
import org.headstart.api.settings.Setting;

/**
 * Settings of the union.
 *
 * @param of see {@link Setting}
 */
public record UnionSettings(
		@Setting("The environments, each of them a group; they must have equal actions and time limits") List<Reference<Environment<?>>> of) {}
