package org.headstart.engine.execution;

import org.headstart.api.settings.Setting;

/**
 * Settings of {@link LocalExecutor}.
 *
 * @param memory most heap memory of one worker
 */
public record LocalExecutorSettings(
		@Setting(value = "Most heap memory of one worker; 0 leaves it to the Java runtime (a quarter of the machine's)", byDefault = "512", unit = "MiB", min = 0, plausibleMax = 1_048_576) int memory) {
}
