package org.headstart.engine.internal.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.deeplearning4j.util.ModelSerializer;
import org.headstart.analysis.internal.Results;
import org.headstart.analysis.result.AdaptationResult;
import org.headstart.api.backbone.Backbone;
import org.headstart.api.environment.Environment;
import org.headstart.api.execution.Executor;
import org.headstart.api.learner.Learner;
import org.headstart.api.settings.NoSettings;
import org.headstart.api.strategy.Strategy;
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
import org.headstart.engine.internal.results.StepProvenance;
import org.headstart.environments.point.PointGoal;
import org.headstart.environments.point.PointGoalSettings;
import org.headstart.learners.ppo.Ppo;
import org.headstart.learners.ppo.PpoSettings;
import org.headstart.strategies.FineTune;
import org.headstart.strategies.FineTuneSettings;
import org.headstart.strategies.Scratch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole way with what ships: experiment file, plan, PPO on real networks, warm starts, results. */
class ShippedContributionsTest {

	private static final String TEXT = """
			headstart: 1
			name: points
			seeds: 1
			backbone: {id: mlp, hidden: [16]}
			learner: {id: ppo, lanes: 4, rollout-steps: 32, minibatch-size: 32, epochs: 2, normalise-observations: true}
			source: [{environment: point-goal, task: train, steps: 3000}]
			target: [{environment: point-goal, task: test, steps: 2000}]
			strategies:
			  - {id: scratch}
			  - {id: fine-tune, layers: last}
			  - {id: fine-tune, layers: all, reset: heads, critic-warm-up: 600}
			shots: [0, 1, 2]
			evaluation: {every: 500, episodes: 10}
			""";

	@TempDir
	Path temp;

	static Catalog catalog() {
		return new Catalog(
				one(ShippedContributionsTest.<Environment<?>>contribution("point-goal", PointGoalSettings.class, new PointGoal())),
				new TreeMap<>(),
				one(ShippedContributionsTest.<Backbone<?>>contribution("mlp", MlpSettings.class, new Mlp())),
				one(ShippedContributionsTest.<Learner<?>>contribution("ppo", PpoSettings.class, new Ppo())), new TreeMap<>(),
				new TreeMap<>(Map.of("scratch", contribution("scratch", NoSettings.class, new Scratch()), "fine-tune",
						ShippedContributionsTest.<Strategy<?>>contribution("fine-tune", FineTuneSettings.class, new FineTune()))),
				one(ShippedContributionsTest.<Executor<?>>contribution("local", LocalExecutorSettings.class,
						new LocalExecutor())),
				new TreeMap<>(Map.of("org.headstart.engine", "1")), List.of());
	}

	private static <T> Contribution<T> contribution(String id, Class<? extends Record> settings, T instance) {
		return new Contribution<>(id, id, "", "test", "1", () -> settings, () -> instance);
	}

	private static <T> SortedMap<String, Contribution<T>> one(Contribution<T> contribution) {
		return new TreeMap<>(Map.of(contribution.id(), contribution));
	}

	private static RunRequest request(Path folder, CancelToken cancel) {
		return request(TEXT, folder, cancel);
	}

	private static RunRequest request(String text, Path folder, CancelToken cancel) {
		ExperimentReader.Reading reading = ExperimentReader.read(text, "points.yaml", catalog(), Map.of());
		Plan plan = Planner.plan(reading.experiment().orElseThrow(() -> new AssertionError(
				reading.problems().stream().map(Object::toString).collect(Collectors.joining("\n")))), catalog());
		return new RunRequest(plan, reading.frozenText(), folder, catalog(), 0, List.of(), false, cancel);
	}

	private static ResultStore run(Path folder) throws IOException {
		RunOutcome outcome = ExperimentRun.run(request(folder, new CancelToken()), WalkSupervisor.SILENT);
		assertEquals(RunState.FINISHED, outcome.state(), outcome.status().toString());
		return new ResultStore(folder);
	}

	/** A backbone goes onto actions of another kind and another number where the heads are fresh, and only there. */
	@ParameterizedTest
	@CsvSource({"discrete, continuous", "continuous, discrete"})
	void freshHeadsGoOntoOtherActions(String source, String target) throws IOException {
		String text = """
				headstart: 1
				name: heads
				backbone: {id: mlp, hidden: [8]}
				learner: {id: ppo, lanes: 2, rollout-steps: 32, minibatch-size: 64, epochs: 1, normalise-observations: true}
				source: [{environment: point-goal, actions: %s, task: train, steps: 640}]
				target: [{environment: point-goal, actions: %s, task: test, steps: 640, label: other}]
				strategies:
				- {id: fine-tune, reset: heads}
				- {id: fine-tune, reset: heads, layers: last, keep-normalisers: false, label: last}
				seeds: 1
				evaluation: {every: 320, episodes: 1}
				""".formatted(source, target);
		RunRequest request = request(text, temp.resolve("heads"), new CancelToken());
		RunOutcome outcome = ExperimentRun.run(request, WalkSupervisor.SILENT);
		assertEquals(RunState.FINISHED, outcome.state(), outcome.status().toString());
		List<String> tensors = new ResultStore(request.results()).provenance(request.plan().steps().get(1).key()).warmStarts()
				.get(0).tensors();
		assertTrue(tensors.stream().anyMatch(line -> line.startsWith("backbone/policy/hidden-1 W") && line.endsWith(": loaded")),
				tensors::toString);
		assertTrue(tensors.stream().anyMatch(line -> line.startsWith("head/policy W") && line.contains(": reset")),
				tensors::toString);

		var refused = ExperimentReader.read(text.replace("- {id: fine-tune, reset: heads}", "- {id: fine-tune, reset: value}"),
				"heads.yaml", catalog(), Map.of());
		assertEquals(1, refused.problems().size(), refused.problems()::toString);
		String problem = refused.problems().get(0).toString();
		assertTrue(problem.startsWith("heads.yaml:6:24: target.0.environment: it has ")
				&& problem.contains("' cannot take over head/policy W [8, "), problem);
	}

	@Test
	void aWholeExperiment() throws IOException {
		ResultStore whole = run(temp.resolve("whole"));
		Plan plan = request(whole.folder(), new CancelToken()).plan();

		Results results = Results.read(whole.folder());
		assertEquals(List.of(), results.problems());
		assertEquals(3, results.finished().size());
		for (AdaptationResult result : results.finished()) {
			assertEquals(0, result.steps()[0]);
			assertEquals(List.of(0, 1, 2), List.copyOf(result.shotReturns().keySet()));
			assertEquals(result.strategy().equals("scratch") ? 0 : 3000, result.sourceSteps(), result.strategy());
			assertTrue(result.targetSteps() > 1996 && result.targetSteps() <= 2000);
			assertTrue(Double.isFinite(result.randomReturn()));
		}

		Step last = plan.steps().get(2);
		StepProvenance provenance = whole.provenance(last.key());
		assertEquals(1, provenance.warmStarts().size());
		assertTrue(provenance.warmStarts().get(0).tensors().stream().anyMatch(line -> line.contains("frozen")),
				provenance.warmStarts().toString());
		assertFalse(provenance.backend().isEmpty());
		// the exchange format can be read by DL4J itself
		ModelSerializer.restoreComputationGraph(
				whole.step(last.key()).resolve("checkpoint").resolve("final").resolve("network.zip").toFile(), true);

		// interrupted at arbitrary moments and resumed: the same bytes
		Path folder = temp.resolve("interrupted");
		int interruptions = InterruptedSteps.run(request(folder, new CancelToken()));
		assertTrue(interruptions > plan.steps().size(), "interruptions: " + interruptions);
		ResultStore interrupted = new ResultStore(folder);
		for (Step step : plan.steps()) {
			assertEquals(StepFolders.contents(whole, step.key()), StepFolders.contents(interrupted, step.key()), step.label());
		}

		Reproduction reproduction = Reproduction.of(whole, last.key(), catalog(), new StepListener() {
			@Override
			public void progress(long done, long all) {
				// nobody watches
			}

			@Override
			public void note(String message) {
				throw new AssertionError(message);
			}
		}, new CancelToken());
		assertTrue(reproduction.same(), reproduction.toString());

		Set<Integer> colours = new HashSet<>();
		Playback.of(whole, plan, last.key(), catalog()).play(1, 120, 120, (frame, episode, at, reward) -> {
			for (int colour : frame.getRGB(0, 0, 120, 120, null, 0, 120)) {
				colours.add(colour);
			}
			return at < 100;
		});
		assertTrue(colours.size() > 2, "a picture has more than ground and ink");
	}
}
