package org.headstart.engine.internal.execution;

import org.headstart.api.settings.Setting;

/**
 * Settings of {@link LocalExecutor}.
 *
 * @param memory largest heap of a worker
 * @param tries  number of tries for a step whose worker is lost
 */
public record LocalExecutorSettings(
		@Setting(value = "Most heap memory of one worker; 0 leaves it to the Java runtime (a quarter of the machine's)", byDefault = "512",
				unit = "MiB", min = 0, plausibleMax = 1_048_576) int memory,
		@Setting(value = "How often a step is tried whose worker is lost (killed, or out of sight), the first time included",
				byDefault = "2", min = 1, max = 100) int tries) {}
