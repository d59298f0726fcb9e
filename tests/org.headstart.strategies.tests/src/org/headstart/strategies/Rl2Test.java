package org.headstart.strategies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import org.headstart.api.environment.Trial;
import org.headstart.api.environment.View;
import org.headstart.api.learner.AgentView;
import org.headstart.api.settings.SettingsSchema;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.strategy.TrainingPhase;
import org.headstart.strategies.Rl2Settings.Memory;
import org.headstart.testkit.StrategyContract;
import org.junit.jupiter.api.Test;

class Rl2Test extends StrategyContract<Rl2Settings> {

	@Override
	protected Strategy<Rl2Settings> strategy() {
		return new Rl2();
	}

	@Override
	protected List<Rl2Settings> settings() {
		return List.of(settings(Map.of()), settings(Map.of("memory", "episode")), settings(Map.of("memory", "none")),
				settings(Map.of("sees-task", true)), settings(Map.of("history", false)));
	}

	private static Rl2Settings settings(Map<String, Object> yaml) {
		SettingsSchema.Bound bound = SettingsSchema.of(Rl2Settings.class).bind(yaml);
		assertEquals(List.of(), bound.problems());
		return (Rl2Settings) bound.settings();
	}

	@Test
	void byDefaultItIsRl2() {
		assertEquals(new Rl2Settings(Memory.TRIAL, true, false), settings(Map.of()));
	}

	@Test
	void theSameIsShownInTrainingAndOnTheTarget() throws IOException {
		for (Rl2Settings settings : settings()) {
			AgentView.Memory memory = switch (settings.memory()) {
				case TRIAL -> AgentView.Memory.TRIAL;
				case EPISODE -> AgentView.Memory.EPISODE;
				case NONE -> AgentView.Memory.STEP;
			};
			AgentView view = AgentView.same(new View(Trial.of(TRIAL_EPISODES), settings.history(), settings.seesTask()), memory);
			assertEquals(Map.of("meta-trained", view), acquired(settings).views());
			assertEquals(Map.of("agent", view), adapted(settings).views());
		}
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
				"warm start backbone/value/hidden LOAD", "warm start head/value LOAD", "Keep[normalisers=true, exploration=true]"),
				target.events().subList(1, 6));
	}

	@Test
	void armsThatAreShownOrRememberOtherThingsLearnApart() {
		for (Rl2Settings one : settings()) {
			for (Rl2Settings other : settings()) {
				if (!one.equals(other)) {
					assertNotEquals(strategy().acquisitions(one, List.of(FAMILY)), strategy().acquisitions(other, List.of(FAMILY)));
				}
			}
		}
	}
}
