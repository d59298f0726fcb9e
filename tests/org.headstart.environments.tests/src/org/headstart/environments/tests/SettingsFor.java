package org.headstart.environments.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.headstart.api.environment.Environment;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.settings.SettingsSchema;

/** Makes families as an experiment file does: keys and values over the records' defaults. */
final class SettingsFor {

	private SettingsFor() {}

	/**
	 * Makes a family.
	 *
	 * @param environment   the environment
	 * @param type          its settings record
	 * @param keysAndValues keys and what YAML gives for them, in turn
	 * @return the family
	 */
	static <S extends Record> TaskFamily family(Environment<S> environment, Class<S> type, Object... keysAndValues) {
		Map<String, Object> yaml = new LinkedHashMap<>();
		for (int i = 0; i < keysAndValues.length; i += 2) {
			yaml.put((String) keysAndValues[i], keysAndValues[i + 1]);
		}
		SettingsSchema.Bound bound = SettingsSchema.of(type).bind(yaml);
		assertEquals(List.of(), bound.problems(), "settings " + yaml);
		return environment.create(type.cast(bound.settings()));
	}

	/** What YAML gives for {@code [low, high]}. */
	static List<Double> interval(double low, double high) {
		return List.of(low, high);
	}
}
