package org.headstart.examples.rehearsal;

import org.headstart.api.settings.Setting;

/**
 * Settings of rehearsal.
 *
 * @param freeze see {@link Setting}
 */
public record RehearsalSettings(
		@Setting(value = "Whether the backbone is frozen on the target", byDefault = "false") boolean freeze) {}
