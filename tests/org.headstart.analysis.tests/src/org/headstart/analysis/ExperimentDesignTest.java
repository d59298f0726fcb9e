package org.headstart.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

import org.headstart.analysis.internal.PlannedDesign;
import org.headstart.api.environment.Environment;
import org.headstart.api.environment.ReferenceAlgorithm;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.settings.NoSettings;
import org.headstart.api.settings.Setting;
import org.headstart.api.strategy.Acquisition;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.strategy.StrategyRole;
import org.headstart.api.strategy.StrategyRun;
import org.headstart.engine.internal.experiment.Experiment;
import org.headstart.engine.internal.experiment.ExperimentReader;
import org.headstart.testkit.internal.SampleCatalog;
import org.junit.jupiter.api.Test;

class ExperimentDesignTest {

	/** As strategies of meta-learning have it. */
	record InferenceSettings(@Setting(value = "Whether the task is shown", byDefault = "false") boolean seesTask) {}

	/** As strategies that run a reference algorithm have it. */
	record ReferenceSettings(@Setting("Name of the algorithm") String algorithm) {}

	/** A strategy of which only the role matters. */
	private record Idle<S extends Record>(BiFunction<S, TaskFamily, StrategyRole> role) implements Strategy<S> {

		@Override
		public StrategyRole role(S settings, TaskFamily target) {
			return role.apply(settings, target);
		}

		@Override
		public List<Acquisition> acquisitions(S settings, List<TaskFamily> sources) {
			return List.of();
		}

		@Override
		public void adapt(S settings, StrategyRun run) {
			throw new AssertionError("nobody learns here");
		}
	}

	private static StrategyRole oracle(boolean shown) {
		return shown ? StrategyRole.ORACLE : StrategyRole.CONTENDER;
	}

	private static Experiment experiment(String targets, String strategies) {
		SampleCatalog catalog = new SampleCatalog()
				.strategy("infer", "1.0.0", InferenceSettings.class,
						() -> new Idle<InferenceSettings>((settings, target) -> oracle(settings.seesTask())))
				.strategy("reference", "1.0.0", ReferenceSettings.class,
						() -> new Idle<ReferenceSettings>((settings, target) -> oracle(target.reference(settings.algorithm()).seesTask())))
				.environment("guess", "1.0.0", NoSettings.class, () -> (Environment<NoSettings>) settings -> {
					TaskFamily lights = new SampleCatalog.Lights().create(new NoSettings());
					return new TaskFamily(lights.environment(), lights.parameters(), lights.taskSets(), lights.shape(),
							List.of(algorithm("peek", true), algorithm("random", false)));
				});
		ExperimentReader.Reading reading = ExperimentReader.read("""
				headstart: 1
				name: sample
				backbone: {id: mlp}
				learner: {id: ppo}
				target: %s
				strategies: %s
				""".formatted(targets, strategies), "sample.experiment.yaml", catalog.build(), Map.of());
		return reading.experiment().orElseThrow(() -> new AssertionError(reading.toString()));
	}

	private static ReferenceAlgorithm algorithm(String name, boolean seesTask) {
		return new ReferenceAlgorithm(name, "", "", Double.NaN, seesTask, (lanes, site) -> {
			throw new AssertionError("nobody plays here");
		});
	}

	@Test
	void targetsOfOneFamilyAreKnownByEnvironmentAndSettings() {
		ExperimentDesign design = PlannedDesign.of(experiment("""
				[{environment: point-goal, task: [train, test], steps: 10},
				 {environment: point-goal, goal: hidden, task: test, steps: 10, label: hidden},
				 {environment: point-goal, task: test, tasks: 1, steps: 10, label: single}]""", "[{id: infer}]"));
		assertEquals(4, design.targets().size());
		ExperimentDesign.Target train = design.targets().get(0);
		ExperimentDesign.Target test = design.targets().get(1);
		assertEquals(train.family(), test.family());
		assertFalse(train.heldOut());
		assertTrue(test.heldOut());
		assertTrue(test.whole());
		assertNotEquals(test.family(), design.targets().get(2).family());
		assertFalse(design.targets().get(3).whole());
		assertTrue(design.heldOut(test.label()));
		assertFalse(design.heldOut(train.label()));
		assertEquals(Set.of(), design.oracles());
	}

	@Test
	void theFirstBaselineIsWhatOthersAreComparedWith() {
		assertEquals("scratch", experiment("[{environment: point-goal, task: test, steps: 10}]",
				"[{id: infer}, {id: scratch}]").baseline());
		assertEquals("infer", experiment("[{environment: point-goal, task: test, steps: 10}]", "[{id: infer}]").baseline());
	}

	@Test
	void oraclesAreTheArmsThatAreShownTheTask() {
		String lights = "[{environment: guess, task: train, steps: 10}]";
		assertEquals(Set.of("shown"), PlannedDesign.of(experiment(lights,
				"[{id: infer, label: oracle}, {id: infer, sees-task: true, label: shown}]")).oracles());
		assertEquals(Set.of("best"), PlannedDesign.of(experiment(lights,
				"[{id: infer}, {id: reference, algorithm: peek, label: best}, {id: reference, algorithm: random}]")).oracles());
	}
}
