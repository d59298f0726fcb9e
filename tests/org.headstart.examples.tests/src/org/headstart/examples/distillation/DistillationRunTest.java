package org.headstart.examples.distillation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.headstart.api.backbone.Backbone;
import org.headstart.api.environment.Environment;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.execution.Executor;
import org.headstart.api.learner.Learner;
import org.headstart.api.settings.NoSettings;
import org.headstart.api.strategy.Acquisition;
import org.headstart.api.strategy.Pretraining;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.strategy.StrategyRun;
import org.headstart.backbones.Mlp;
import org.headstart.backbones.MlpSettings;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.catalog.Contribution;
import org.headstart.engine.internal.execution.CancelToken;
import org.headstart.engine.internal.execution.StepListener;
import org.headstart.engine.internal.execution.StepRunner;
import org.headstart.engine.internal.experiment.ExperimentReader;
import org.headstart.engine.internal.plan.Plan;
import org.headstart.engine.internal.plan.Planner;
import org.headstart.engine.internal.plan.Step;
import org.headstart.engine.internal.results.MetricsRow;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.examples.corridor.Corridor;
import org.headstart.examples.sequential.Sequential;
import org.headstart.learners.ppo.Ppo;
import org.headstart.learners.ppo.PpoSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A teacher is learned, opened and learned from, with the engine, PPO and normalised observations. */
class DistillationRunTest {

	private static final String TEXT = """
			headstart: 1
			name: distilled
			seeds: 1
			backbone: {id: mlp, hidden: [32]}
			learner: {id: ppo, lanes: 8, rollout-steps: 64, normalise-observations: true, learning-rate: 3e-3}
			source: [{environment: corridor, task: train, steps: 20480}]
			target: [{environment: corridor, task: train, steps: 4096}]
			strategies: [{id: distillation, by: student, steps: 4096, epochs: 60, learning-rate: 3e-3}]
			evaluation: {every: 1024, episodes: 20}
			checkpoint: {every: 1}
			""";

	private static final StepListener DEAF = new StepListener() {
		@Override
		public void progress(long done, long all) {
			// nobody watches
		}

		@Override
		public void note(String message) {
			throw new AssertionError(message);
		}
	};

	@TempDir
	Path temp;

	/** Opens an agent that nobody saved. */
	private static final class Mistaken implements Strategy<NoSettings> {

		@Override
		public List<Acquisition> acquisitions(NoSettings settings, List<TaskFamily> sources) {
			return List.of(new Pretraining());
		}

		@Override
		public void adapt(NoSettings settings, StrategyRun run) throws IOException {
			run.open("master");
		}
	}

	private static Catalog catalog() {
		return new Catalog(sorted(DistillationRunTest.<Environment<?>>contribution("corridor", Corridor.Settings.class, new Corridor())),
				new TreeMap<>(), sorted(DistillationRunTest.<Backbone<?>>contribution("mlp", MlpSettings.class, new Mlp())),
				sorted(DistillationRunTest.<Learner<?>>contribution("ppo", PpoSettings.class, new Ppo())), new TreeMap<>(),
				sorted(DistillationRunTest.<Strategy<?>>contribution("distillation", DistillationSettings.class, new Distillation()),
						contribution("mistaken", NoSettings.class, new Mistaken())),
				sorted(DistillationRunTest.<Executor<?>>contribution("local", NoSettings.class, new Sequential())),
				new TreeMap<>(Map.of("org.headstart.engine", "1")), List.of());
	}

	private static <T> Contribution<T> contribution(String id, Class<? extends Record> settings, T instance) {
		return new Contribution<>(id, id, "", "test", "1", () -> settings, () -> instance);
	}

	@SafeVarargs
	private static <T> SortedMap<String, Contribution<T>> sorted(Contribution<T>... contributions) {
		return new TreeMap<>(Stream.of(contributions).collect(Collectors.toMap(Contribution::id, each -> each)));
	}

	private static Plan plan(String text) {
		ExperimentReader.Reading reading = ExperimentReader.read(text, "a.yaml", catalog(), Map.of());
		return Planner.plan(reading.experiment().orElseThrow(() -> new AssertionError(reading.problems().toString())), catalog());
	}

	private ResultStore store(String name) throws IOException {
		Files.createDirectories(temp.resolve(name).resolve("steps"));
		return new ResultStore(temp.resolve(name));
	}

	private static void run(ResultStore store, Plan plan, Step step, CancelToken cancel) throws IOException {
		new StepRunner(store, plan, catalog()).run(step.key(), DEAF, cancel);
	}

	private static List<MetricsRow> rows(ResultStore store, Step step) throws IOException {
		return store.metrics(step.key()).orElseThrow().rows();
	}

	private static Map<String, Integer> contents(ResultStore store, Step step) throws IOException {
		Path folder = store.step(step.key());
		Map<String, Integer> contents = new TreeMap<>();
		try (Stream<Path> files = Files.walk(folder)) {
			for (Path file : files.filter(Files::isRegularFile).filter(file -> !file.endsWith(ResultStore.TIMING)).toList()) {
				contents.put(folder.relativize(file).toString(), Arrays.hashCode(Files.readAllBytes(file)));
			}
		}
		return contents;
	}

	@Test
	void theStudentBecomesAsGoodAsItsTeacher() throws IOException {
		Plan plan = plan(TEXT);
		ResultStore store = store("whole");
		for (Step step : plan.steps()) {
			run(store, plan, step, new CancelToken());
		}
		List<MetricsRow> source = rows(store, plan.steps().get(0));
		double teacher = source.get(source.size() - 1).returnMean();
		List<MetricsRow> target = rows(store, plan.steps().get(1));
		double before = target.get(0).returnMean();
		double after = target.get(target.size() - 1).returnMean();
		assertTrue(teacher > before + 10, "the teacher has " + teacher + ", a fresh student " + before);
		assertEquals(teacher, after, 3, "fitted, the student has " + after);
		assertTrue(target.get(target.size() - 1).learner().get("distillation-loss") < 0.02, target.toString());
		assertEquals(0, store.provenance(plan.steps().get(1).key()).updates(), "the student never learned by its learner");

		ResultStore resumed = store("resumed");
		int interruptions = 0;
		for (Step step : plan.steps()) {
			for (int looks = 50; !resumed.finished(step.key()); looks += 150) {
				int most = looks;
				try {
					run(resumed, plan, step, new CancelToken() {
						private int left = most;

						@Override
						public boolean isCancelled() {
							return left-- <= 0;
						}
					});
				} catch (CancellationException e) {
					interruptions++;
				}
			}
			assertEquals(contents(store, step), contents(resumed, step), step.label());
		}
		assertTrue(interruptions > 5, interruptions + " interruptions");
	}

	@Test
	void whatIsNotThereCannotBeOpened() throws IOException {
		Plan plan = plan(TEXT.replace("{id: distillation, by: student, steps: 4096, epochs: 60, learning-rate: 3e-3}", "{id: mistaken}")
				.replace("20480", "512"));
		ResultStore store = store("mistaken");
		run(store, plan, plan.steps().get(0), new CancelToken());
		String message = assertThrows(RuntimeException.class, () -> run(store, plan, plan.steps().get(1), new CancelToken())).getMessage();
		assertTrue(message.contains("no acquisition left an agent named 'master'; they left pretrained"), message);
	}
}
