package org.headstart.strategies.maml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.headstart.api.environment.Trial;
import org.headstart.api.environment.View;
import org.headstart.api.learner.AgentView;
import org.headstart.api.settings.SettingsSchema;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.strategy.TrainingPhase;
import org.headstart.testkit.StrategyContract;
import org.junit.jupiter.api.Test;

class MamlTest extends StrategyContract<MamlSettings> {

	@Override
	protected Strategy<MamlSettings> strategy() {
		return new Maml();
	}

	@Override
	protected List<MamlSettings> settings() {
		return List.of(settings(Map.of()), settings(Map.of("meta-gradient", "first-order", "inner-steps", 2L)),
				settings(Map.of("inner-layers", "last")),
				settings(Map.of("inner-steps", 2L, "outer-episodes", "adapted")), settings(Map.of("initialisation", "joint")),
				settings(Map.of("initialisation", "random")), settings(Map.of("initialisation", "joint", "sees-task", true)));
	}

	/** On a small scale. */
	static MamlSettings settings(Map<String, Object> yaml) {
		Map<String, Object> all = new HashMap<>(
				Map.of("meta-batch", 2L, "tasks-per-step", 1L, "trajectories", 3L, "evaluation-trajectories", 5L));
		all.putAll(yaml);
		SettingsSchema.Bound bound = SettingsSchema.of(MamlSettings.class).bind(all);
		assertEquals(List.of(), bound.problems());
		return (MamlSettings) bound.settings();
	}

	private static String problem(Map<String, Object> yaml) {
		return SettingsSchema.of(MamlSettings.class).bind(yaml).problems().get(0).message();
	}

	@Test
	void aTrialHasAnEpisodeMoreThanInnerSteps() throws IOException {
		AgentView twoSteps = acquired(settings(Map.of("inner-steps", 2L))).views().get("meta-trained");
		assertEquals(new View(new Trial(3, 3, true), false, false), twoSteps.training());
		assertEquals(new View(new Trial(TRIAL_EPISODES, 5, true), false, false), twoSteps.evaluation());
		AgentView joint = acquired(settings(Map.of("initialisation", "joint", "sees-task", true))).views().get("meta-trained");
		assertEquals(new View(new Trial(1, 3, true), false, true), joint.training());
		assertEquals(new View(new Trial(TRIAL_EPISODES, 5, true), false, true), joint.evaluation());
	}

	@Test
	void itLearnsOnEachSourceAndThenStaysAsItIs() throws IOException {
		assertEquals(
				List.of(TrainingPhase.of("source-1", TrainingPhase.REMAINING),
						TrainingPhase.of("source-2", TrainingPhase.REMAINING).onTask(1)),
				acquired(settings(Map.of())).phases());
		Recording target = adapted(settings(Map.of()));
		assertEquals(List.of(TrainingPhase.whole("target")), target.phases());
		assertEquals(List.of("warm start backbone/policy/hidden LOAD", "warm start head/policy LOAD",
				"Keep[normalisers=true, exploration=true]"), target.events().subList(1, 4));
	}

	@Test
	void aRandomInitialisationUsesNoSource() throws IOException {
		MamlSettings random = settings(Map.of("initialisation", "random"));
		assertTrue(strategy().acquisitions(random, List.of(FAMILY)).isEmpty());
		assertEquals(2, adapted(random).events().size(), "an agent, judged");
	}

	@Test
	void armsLearnApart() {
		assertNotEquals(strategy().acquisitions(settings(Map.of()), List.of(FAMILY)),
				strategy().acquisitions(settings(Map.of("meta-gradient", "first-order")), List.of(FAMILY)));
	}

	@Test
	void contradictionsAreAnswered() {
		assertEquals("tasks-per-step (5) exceeds the tasks of an update: meta-batch is 4", problem(Map.of("meta-batch", 4L)));
		assertEquals("outer-episodes: adapted is the same as last with inner-steps: 1, and with initialisation: joint or random; "
				+ "leave it out", problem(Map.of("outer-episodes", "adapted")));
		assertEquals("meta-gradient: first-order has no effect with initialisation: joint or random, which train no inner step",
				problem(Map.of("meta-gradient", "first-order", "initialisation", "joint")));
	}
}
