package org.headstart.environments.optimization.rate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.headstart.api.environment.TaskFamily;
import org.headstart.api.settings.SettingsSchema;

/** Families as experiment files make them. */
final class RateFamilies {

	private RateFamilies() {}

	/**
	 * Settings of a training that takes some microseconds.
	 *
	 * @param keysAndValues keys and what YAML gives for them, in turn, over those
	 */
	static LearningRateControlSettings small(Object... keysAndValues) {
		Map<String, Object> yaml = new LinkedHashMap<>(Map.of("iterations", 6L, "updates", 2L, "batch", 2L, "depth", 1L,
				"width", 6L, "other-width", 4L, "image-size", 8L, "evaluation-images", 5L, "other-styles", List.of("inverted")));
		yaml.put("test-images", 20L);
		return settings(yaml, keysAndValues);
	}

	/** The defaults, but for some. */
	static LearningRateControlSettings standard(Object... keysAndValues) {
		return settings(new LinkedHashMap<>(), keysAndValues);
	}

	static TaskFamily family(LearningRateControlSettings settings) {
		return new LearningRateControl().create(settings);
	}

	private static LearningRateControlSettings settings(Map<String, Object> yaml, Object... keysAndValues) {
		for (int i = 0; i < keysAndValues.length; i += 2) {
			yaml.put((String) keysAndValues[i], keysAndValues[i + 1]);
		}
		SettingsSchema.Bound bound = SettingsSchema.of(LearningRateControlSettings.class).bind(yaml);
		assertEquals(List.of(), bound.problems(), "settings " + yaml);
		return (LearningRateControlSettings) bound.settings();
	}
}
