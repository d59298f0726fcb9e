package org.headstart.learners.ppo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import org.headstart.api.settings.SettingsSchema;
import org.headstart.learners.ppo.PpoSettings.Schedule;
import org.junit.jupiter.api.Test;

class PpoSettingsTest {

	@Test
	void defaultsAreValid() {
		SettingsSchema.Bound bound = SettingsSchema.of(PpoSettings.class).bind(Map.of());
		assertEquals(List.of(), bound.problems());
		assertEquals(8, ((PpoSettings) bound.settings()).lanes());
	}

	@Test
	void contradictionsAreErrors() {
		assertProblem("minibatch-size (512) exceeds the steps of an update: lanes × rollout-steps = 1 × 256 = 256",
				Map.of("lanes", 1L, "minibatch-size", 512L));
		assertProblem("target-kl", Map.of("epochs", 1L, "target-kl", 0.01));
		assertProblem("schedule", Map.of("schedule", "linear", "learning-rate", 0.0));
		assertProblem("entropy-schedule", Map.of("entropy-schedule", "linear"));
		assertProblem("at most", Map.of("lanes", 4096L, "rollout-steps", 100_000L));
	}

	private static void assertProblem(String about, Map<String, Object> yaml) {
		SettingsSchema.Bound bound = SettingsSchema.of(PpoSettings.class).bind(yaml);
		assertEquals(1, bound.problems().size(), bound.problems().toString());
		assertTrue(bound.problems().get(0).toString().contains(about), bound.problems().toString());
	}

	@Test
	void aLinearScheduleEndsAtZero() {
		assertEquals(1, Schedule.LINEAR.factor(0, 100));
		assertEquals(0.25, Schedule.LINEAR.factor(75, 100), 1e-12);
		assertEquals(0, Schedule.LINEAR.factor(130, 100));
		assertEquals(1, Schedule.CONSTANT.factor(75, 100));
	}
}
