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
		@Setting(value = "Number of frames, the present one included", byDefault = "4", unit = "frames", min = 2,
				max = 100) int frames,
		@Setting(value = "Names of the observation's parts to stack; empty: all", byDefault = "[]") List<String> parts) {}
