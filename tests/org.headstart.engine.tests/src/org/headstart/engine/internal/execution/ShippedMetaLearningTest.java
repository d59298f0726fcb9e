package org.headstart.engine.internal.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.headstart.api.backbone.Backbone;
import org.headstart.api.environment.Environment;
import org.headstart.api.execution.Executor;
import org.headstart.api.learner.Learner;
import org.headstart.api.strategy.Strategy;
import org.headstart.backbones.Lstm;
import org.headstart.backbones.LstmSettings;
import org.headstart.backbones.Mlp;
import org.headstart.backbones.MlpSettings;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.catalog.Contribution;
import org.headstart.engine.internal.experiment.ExperimentReader;
import org.headstart.engine.internal.plan.Plan;
import org.headstart.engine.internal.plan.Planner;
import org.headstart.engine.internal.plan.Step;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.engine.internal.results.RunStatus.RunState;
import org.headstart.environments.point.PointGoalMaml;
import org.headstart.environments.point.PointGoalMamlSettings;
import org.headstart.learners.ppo.Ppo;
import org.headstart.learners.ppo.PpoSettings;
import org.headstart.strategies.Rl2;
import org.headstart.strategies.Rl2Settings;
import org.headstart.strategies.maml.Maml;
import org.headstart.strategies.maml.MamlSettings;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Meta-learning strategies on the whole way: trials, meta-training, judgement without training, and resumption of all of it. */
class ShippedMetaLearningTest {

	private static final String MAML = """
			headstart: 1
			name: meta
			seeds: 1
			backbone: {id: mlp, hidden: [8]}
			learner: {id: ppo}
			source: [{environment: point-goal-maml, max-episode-steps: 10, task: train, steps: 6000}]
			target: [{environment: point-goal-maml, max-episode-steps: 10, task: test, steps: 0}]
			trial: {episodes: 3}
			strategies:
			  - {id: maml, meta-batch: 4, tasks-per-step: 2, trajectories: 5, evaluation-trajectories: 5}
			  - {id: maml, meta-batch: 4, tasks-per-step: 2, trajectories: 5, evaluation-trajectories: 5, initialisation: random,
			     label: random}
			evaluation: {every: 2000, episodes: 40}
			""";

	private static final String RL2 = """
			headstart: 1
			name: meta
			seeds: 1
			backbone: {id: lstm, units: 8}
			learner: {id: ppo, lanes: 8, rollout-steps: 30, minibatch-size: 120, epochs: 2, normalise-observations: true}
			source: [{environment: point-goal-maml, max-episode-steps: 10, task: train, steps: 6000}]
			target: [{environment: point-goal-maml, max-episode-steps: 10, task: test, steps: 0}]
			trial: {episodes: 3}
			strategies:
			  - {id: rl2}
			  - {id: rl2, memory: none, sees-task: true, label: oracle}
			evaluation: {every: 2000, episodes: 40}
			""";

	@TempDir
	Path temp;

	private static Catalog catalog() {
		return new Catalog(
				one(ShippedMetaLearningTest.<Environment<?>>contribution("point-goal-maml", PointGoalMamlSettings.class,
						new PointGoalMaml())),
				new TreeMap<>(),
				new TreeMap<>(Map.of("mlp", ShippedMetaLearningTest.<Backbone<?>>contribution("mlp", MlpSettings.class, new Mlp()),
						"lstm", contribution("lstm", LstmSettings.class, new Lstm()))),
				one(ShippedMetaLearningTest.<Learner<?>>contribution("ppo", PpoSettings.class, new Ppo())), new TreeMap<>(),
				new TreeMap<>(Map.of("maml",
						ShippedMetaLearningTest.<Strategy<?>>contribution("maml", MamlSettings.class, new Maml()), "rl2",
						contribution("rl2", Rl2Settings.class, new Rl2()))),
				one(ShippedMetaLearningTest.<Executor<?>>contribution("local", LocalExecutorSettings.class, new LocalExecutor())),
				new TreeMap<>(Map.of("org.headstart.engine", "1")), List.of());
	}

	private static <T> Contribution<T> contribution(String id, Class<? extends Record> settings, T instance) {
		return new Contribution<>(id, id, "", "test", "1", () -> settings, () -> instance);
	}

	private static <T> SortedMap<String, Contribution<T>> one(Contribution<T> contribution) {
		return new TreeMap<>(Map.of(contribution.id(), contribution));
	}

	private static RunRequest request(String text, Path folder, CancelToken cancel) {
		ExperimentReader.Reading reading = ExperimentReader.read(text, "meta.yaml", catalog(), Map.of());
		Plan plan = Planner.plan(reading.experiment().orElseThrow(() -> new AssertionError(
				reading.problems().stream().map(Object::toString).collect(Collectors.joining("\n")))), catalog());
		return new RunRequest(plan, reading.frozenText(), folder, catalog(), 0, List.of(), false, cancel);
	}

	private static RunState run(RunRequest request) throws IOException {
		return ExperimentRun.run(request, WalkSupervisor.SILENT).state();
	}

	@ParameterizedTest
	@ValueSource(strings = {MAML, RL2})
	void whatIsInterruptedAndResumedGivesTheSameBytes(String text) throws IOException {
		RunRequest request = request(text, temp.resolve("whole"), new CancelToken());
		assertEquals(RunState.FINISHED, run(request));
		ResultStore whole = new ResultStore(temp.resolve("whole"));
		for (Step step : request.plan().steps()) {
			List<String> metrics = Files.readAllLines(whole.step(step.key()).resolve(ResultStore.METRICS));
			assertTrue(metrics.get(0).contains("return:1,return:2,return:3"), metrics.get(0));
			assertTrue(step.kind() == Step.Kind.ACQUIRE ? metrics.size() > 3 : metrics.size() == 2, step.label() + ": " + metrics);
		}

		Path folder = temp.resolve("interrupted");
		int interruptions = InterruptedSteps.run(request(text, folder, new CancelToken()));
		assertTrue(interruptions > request.plan().steps().size(), "interruptions: " + interruptions);
		ResultStore interrupted = new ResultStore(folder);
		for (Step step : request.plan().steps()) {
			assertEquals(StepFolders.contents(whole, step.key()), StepFolders.contents(interrupted, step.key()), step.label());
		}
	}
}
