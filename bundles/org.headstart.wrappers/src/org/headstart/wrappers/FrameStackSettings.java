package org.headstart.wrappers;

import java.util.List;

import org.headstart.api.settings.Setting;

/**
 * Settings of the frame stack.
 *
 * @param frames see {@link Setting}
 * @param parts  see {@link Setting}
 */
public record FrameStackSettings(
		@Setting(value = "Moments that are shown, the present one included", byDefault = "4", unit = "frames", min = 2,
				max = 100) int frames,
		@Setting(value = "Which parts of the observation are stacked, by name; none named: all", byDefault = "[]") List<String> parts) {}
