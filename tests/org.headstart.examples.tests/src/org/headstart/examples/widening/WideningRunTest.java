package org.headstart.examples.widening;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

import org.headstart.api.backbone.Backbone;
import org.headstart.api.environment.Environment;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskSet;
import org.headstart.api.execution.Executor;
import org.headstart.api.learner.Learner;
import org.headstart.api.strategy.Strategy;
import org.headstart.backbones.Mlp;
import org.headstart.backbones.MlpSettings;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.catalog.Contribution;
import org.headstart.engine.internal.execution.CancelToken;
import org.headstart.engine.internal.execution.LocalExecutor;
import org.headstart.engine.internal.execution.LocalExecutorSettings;
import org.headstart.engine.internal.execution.StepListener;
import org.headstart.engine.internal.execution.StepRunner;
import org.headstart.engine.internal.experiment.ExperimentReader;
import org.headstart.engine.internal.plan.Plan;
import org.headstart.engine.internal.plan.Planner;
import org.headstart.engine.internal.plan.Step;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.examples.corridor.Corridor;
import org.headstart.learners.ppo.Ppo;
import org.headstart.learners.ppo.PpoSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Widening in an experiment: goals near the nominal one first, then all that are for training, whatever cuts the run off. */
class WideningRunTest {

	private static final String TEXT = """
			headstart: 1
			name: widening
			seeds: 1
			backbone: {id: mlp, hidden: [16]}
			learner: {id: ppo, lanes: 8, rollout-steps: 64, minibatch-size: 128, epochs: 4, learning-rate: 3e-3}
			source: [{environment: corridor, task: train, steps: 30000}]
			target: [{environment: corridor, task: test, steps: 2000}]
			strategies: [{id: widening, widen-above: -12, narrow-below: -30, trials: 16, step: 0.25}]
			evaluation: {every: 10000, episodes: 5}
			""";

	@TempDir
	Path temp;
	/** Goals that somebody asked of whether they may be trained on, which a curriculum's draws are. */
	private final List<Double> goals = Collections.synchronizedList(new ArrayList<>());

	private final class Watched implements Environment<Corridor.Settings> {

		@Override
		public TaskFamily create(Corridor.Settings settings) {
			TaskFamily family = new Corridor().create(settings);
			return new TaskFamily(family.environment(), family.parameters(), family.taskSets().stream()
					.map(set -> new TaskSet(set.name(), set.description(), set.role(), set.sampler(), omega -> {
						goals.add(omega[0]);
						return set.contains().test(omega);
					})).toList(), family.shape());
		}
	}

	private static <T> SortedMap<String, Contribution<T>> only(String id, Class<? extends Record> settings, T instance) {
		return new TreeMap<>(Map.of(id, new Contribution<>(id, id, "", "test", "1", () -> settings, () -> instance)));
	}

	private Catalog catalog() {
		return new Catalog(WideningRunTest.<Environment<?>>only("corridor", Corridor.Settings.class, new Watched()), new TreeMap<>(),
				WideningRunTest.<Backbone<?>>only("mlp", MlpSettings.class, new Mlp()),
				WideningRunTest.<Learner<?>>only("ppo", PpoSettings.class, new Ppo()), new TreeMap<>(),
				WideningRunTest.<Strategy<?>>only("widening", WideningSettings.class, new Widening()),
				WideningRunTest.<Executor<?>>only("local", LocalExecutorSettings.class, new LocalExecutor()),
				new TreeMap<>(Map.of("org.headstart.engine", "1")), List.of());
	}

	private Plan plan() {
		ExperimentReader.Reading reading = ExperimentReader.read(TEXT, "widening.yaml", catalog(), Map.of());
		return Planner.plan(reading.experiment().orElseThrow(() -> new AssertionError(reading.problems().toString())), catalog());
	}

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

	/** Runs each step, cut off after more and more environment steps of its lanes; returns how often that was. */
	private int run(ResultStore store, Plan plan, int first) throws IOException {
		Files.createDirectories(store.folder().resolve("steps"));
		int cuts = 0;
		for (Step step : plan.steps()) {
			for (int looks = first; !store.finished(step.key()); looks += 500) {
				int[] left = {looks};
				try {
					new StepRunner(store, plan, catalog()).run(step.key(), DEAF, new CancelToken() {

						@Override
						public boolean isCancelled() {
							return left[0]-- <= 0;
						}
					});
				} catch (CancellationException e) {
					cuts++;
				}
			}
		}
		return cuts;
	}

	/** All files of a finished step but the time that it took. */
	private static Map<String, Integer> contents(ResultStore store, Step step) throws IOException {
		Path folder = store.step(step.key());
		Map<String, Integer> contents = new TreeMap<>();
		try (Stream<Path> files = Files.walk(folder)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				if (!file.getFileName().toString().equals(ResultStore.TIMING)) {
					contents.put(folder.relativize(file).toString(), Arrays.hashCode(Files.readAllBytes(file)));
				}
			}
		}
		return contents;
	}

	@Test
	void tasksWidenAndACutOffRunGoesOnToEqualBytes() throws IOException {
		ResultStore whole = new ResultStore(temp.resolve("whole"));
		Plan plan = plan();
		goals.clear();
		assertEquals(0, run(whole, plan, Integer.MAX_VALUE));
		assertEquals(0.2, goals.get(0), "it begins with the nominal task");
		assertTrue(goals.stream().allMatch(goal -> goal >= 0 && goal < 0.4),
				() -> "goals from " + Collections.min(goals) + " to " + Collections.max(goals));
		assertTrue(goals.stream().anyMatch(goal -> goal < 0.05) && goals.stream().anyMatch(goal -> goal > 0.35),
				() -> "goals from " + Collections.min(goals) + " to " + Collections.max(goals));

		ResultStore cut = new ResultStore(temp.resolve("cut"));
		assertTrue(run(cut, plan, 300) > 3);
		for (Step step : plan.steps()) {
			assertEquals(contents(whole, step), contents(cut, step), step.label());
		}
	}
}
