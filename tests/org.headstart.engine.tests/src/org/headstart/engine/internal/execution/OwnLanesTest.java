package org.headstart.engine.internal.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.Environment;
import org.headstart.api.environment.LaneStreams;
import org.headstart.api.environment.ObservationPart;
import org.headstart.api.environment.Outcome;
import org.headstart.api.environment.Simulation;
import org.headstart.api.environment.Simulator;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.Trace;
import org.headstart.api.settings.NoSettings;
import org.headstart.engine.internal.catalog.BrokenContributionException;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.experiment.ExperimentReader;
import org.headstart.engine.internal.plan.Plan;
import org.headstart.engine.internal.plan.Planner;
import org.headstart.engine.internal.plan.Step;
import org.headstart.engine.internal.results.ResultStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A family with lanes of its own: the walk, whose lanes are not saved and have to be closed. */
class OwnLanesTest {

	/** How the walk may be. */
	private enum Kind {
		/** The same lanes as those of its law. */
		FAITHFUL,
		/** Every start is a bit elsewhere, and it says so. */
		RANDOM,
		/** The same, and it does not say so. */
		LIAR,
		/** Breaks down in its hundredth step. */
		FRAIL
	}

	/** Simulations that are open, and those that ever were. */
	private static final AtomicInteger OPEN = new AtomicInteger();
	private static final AtomicInteger OPENED = new AtomicInteger();

	@TempDir
	Path temp;
	private Plan plan;

	@BeforeEach
	void nothingIsOpen() {
		OPEN.set(0);
		OPENED.set(0);
	}

	@AfterEach
	void allIsClosed() {
		assertTrue(OPENED.get() > 0, "nothing was opened");
		assertEquals(0, OPEN.get(), "of " + OPENED + " simulations");
	}

	private record WalkSimulator(Simulator law, Kind kind) implements Simulator {

		@Override
		public List<ObservationPart> observationParts() {
			return law.observationParts();
		}

		@Override
		public ActionSpace actionSpace() {
			return law.actionSpace();
		}

		@Override
		public int parameterCount() {
			return law.parameterCount();
		}

		@Override
		public int maxEpisodeSteps() {
			return law.maxEpisodeSteps();
		}

		@Override
		public List<Outcome> outcomes() {
			return law.outcomes();
		}

		@Override
		public Optional<Trace> trace() {
			return law.trace();
		}

		@Override
		public boolean deterministic() {
			return kind != Kind.RANDOM;
		}

		@Override
		public Simulation open(LaneStreams streams) {
			OPEN.incrementAndGet();
			OPENED.incrementAndGet();
			return new Walk(law.open(streams), kind);
		}
	}

	private static final class Walk implements Simulation {

		private final Simulation law;
		private final Kind kind;
		private int starts;
		private int steps;

		Walk(Simulation law, Kind kind) {
			this.law = law;
			this.kind = kind;
		}

		@Override
		public void start(int lane, double[] omega, int omegaOffset) {
			starts++;
			law.start(lane, omega, omegaOffset);
		}

		@Override
		public void step(ActionBatch actions, boolean[] moves, float[] rewards, boolean[] terminated) {
			if (kind == Kind.FRAIL && ++steps == 100) {
				throw new IllegalStateException("out of breath");
			}
			law.step(actions, moves, rewards, terminated);
		}

		@Override
		public void observe(int lane, float[] observation, int offset) {
			law.observe(lane, observation, offset);
			if (kind == Kind.RANDOM || kind == Kind.LIAR) {
				observation[offset] += 1e-3f * starts;
			}
		}

		@Override
		public void outcomes(int lane, double[] outcomes, int offset) {
			law.outcomes(lane, outcomes, offset);
		}

		@Override
		public void trace(int lane, double[] values, int offset) {
			law.trace(lane, values, offset);
		}

		@Override
		public void close() {
			law.close();
			OPEN.decrementAndGet();
		}
	}

	private static Catalog catalog(Kind kind) {
		Environment<NoSettings> walk = settings -> {
			TaskFamily family = new WalkDynamics.Walk().create(settings);
			return new TaskFamily(new WalkSimulator(Simulator.of(family.environment()), kind), family.parameters(), family.taskSets(),
					family.shape());
		};
		return WalkExperiment.catalogWith(walk, new GradientLearner(), new WalkExperiment.Scratch());
	}

	private void plan(Kind kind, String text) {
		plan = Planner.plan(ExperimentReader.read(text, "test.yaml", catalog(kind), Map.of()).experiment().orElseThrow(),
				catalog(kind));
	}

	private ResultStore store(String name) throws IOException {
		Files.createDirectories(temp.resolve(name).resolve("steps"));
		return new ResultStore(temp.resolve(name));
	}

	private static StepRunner runner(ResultStore store, Plan plan) {
		return new StepRunner(store, plan, WalkExperiment.catalog(), new LinearNetwork.Factory());
	}

	private Step scratch() {
		return plan.steps().stream().filter(step -> step.label().contains("adapt scratch")).findFirst().orElseThrow();
	}

	/** Interrupted or not, the lanes give the bytes of the law whose states are saved. */
	@ParameterizedTest
	@ValueSource(booleans = {false, true})
	void episodesAreRepeatedWhereAStepGoesOn(boolean trials) throws IOException {
		String text = trials ? WalkExperiment.trials(1, 600) : WalkExperiment.text(1, 600, WalkExperiment.ARMS);
		Plan saved = WalkExperiment.plan(text);
		ResultStore whole = store("whole");
		for (Step step : saved.steps()) {
			runner(whole, saved).run(step.key(), StepRunnerTest.DEAF, new CancelToken());
		}
		plan(Kind.FAITHFUL, text);
		Random random = new Random(3);
		int interruptions = 0;
		for (int attempt = 0; attempt < 4; attempt++) {
			ResultStore store = store("interrupted-" + attempt);
			for (Step step : plan.steps()) {
				while (!store.finished(step.key())) {
					try {
						new StepRunnerTest.CancelAfter(random.nextInt(300)).run(runner(store, plan), step.key());
					} catch (CancellationException e) {
						interruptions++;
						assertEquals(0, OPEN.get(), "open after a cancel");
					}
				}
				assertEquals(StepFolders.contents(whole, step.key()), StepFolders.contents(store, step.key()),
						"attempt " + attempt + ", " + step.label());
			}
		}
		assertTrue(interruptions > 12, "only " + interruptions + " interruptions");
	}

	@Test
	void whatIsNotDeterministicLosesAnEpisodeAndSaysSo() throws IOException {
		plan(Kind.RANDOM, WalkExperiment.text(1, 600, "  - {id: scratch}").replace("shots: [0, 1, 3]", "shots: [0]"));
		ResultStore store = store("out");
		int interruptions = 0;
		while (!store.finished(scratch().key())) {
			try {
				// in training: an evaluation before it takes 125 steps at most
				new StepRunnerTest.CancelAfter(135).run(runner(store, plan), scratch().key());
			} catch (CancellationException e) {
				interruptions++;
			}
		}
		assertTrue(interruptions > 0);
		List<String> warnings = store.provenance(scratch().key()).warnings();
		assertEquals("walk/test is not deterministic: the same step run again may give another result", warnings.get(0));
		assertTrue(warnings.size() > 1 && warnings.stream().skip(1).allMatch(warning -> warning.matches(
				"the step was interrupted after \\d+ steps on walk/test, which is not deterministic: \\d lanes? of 4 lost its"
						+ " running episode and began another")),
				warnings::toString);
		assertEquals(1, warnings.stream().filter(warnings.get(0)::equals).count());
	}

	@Test
	void aReproductionSaysWhereADifferenceIsToBeExpected() throws IOException {
		String text = WalkExperiment.text(1, 200, "  - {id: scratch}");
		plan(Kind.RANDOM, text);
		ResultStore store = store("out");
		store.freeze(text, plan, false);
		runner(store, plan).run(scratch().key(), StepRunnerTest.DEAF, new CancelToken());
		assertEquals(List.of("walk/test"), Reproduction.of(store, scratch().key(), catalog(Kind.RANDOM), new LinearNetwork.Factory(),
				StepRunnerTest.DEAF, new CancelToken()).random());
	}

	@Test
	void whatIsNotDeterministicAndDoesNotSaySoIsFoundOut() throws IOException {
		plan(Kind.LIAR, WalkExperiment.text(1, 600, "  - {id: scratch}").replace("shots: [0, 1, 3]", "shots: [0]"));
		ResultStore store = store("out");
		BrokenContributionException failure = assertThrows(BrokenContributionException.class,
				() -> runner(store, plan).run(scratch().key(), StepRunnerTest.DEAF, new CancelToken()));
		assertTrue(failure.getMessage().startsWith("bundle test, contribution 'walk': going on failed: java.lang.IllegalStateException:"
				+ " lane 0 shows something else than when it was saved, after its episode was begun again;"),
				failure::getMessage);
	}

	@Test
	void aBreakdownClosesAllLanes() throws IOException {
		plan(Kind.FRAIL, WalkExperiment.text(1, 600, "  - {id: scratch}"));
		ResultStore store = store("out");
		BrokenContributionException failure = assertThrows(BrokenContributionException.class,
				() -> runner(store, plan).run(scratch().key(), StepRunnerTest.DEAF, new CancelToken()));
		assertTrue(failure.getMessage().contains("contribution 'walk': step failed: java.lang.IllegalStateException: out of breath"),
				failure::getMessage);
	}

	@Test
	void watchingClosesItsLanes() throws IOException {
		plan(Kind.FAITHFUL, WalkExperiment.text(1, 200, "  - {id: scratch}"));
		ResultStore store = store("out");
		runner(store, plan).run(scratch().key(), StepRunnerTest.DEAF, new CancelToken());
		int before = OPENED.get();
		Playback playback = Playback.of(store, plan, scratch().key(), catalog(Kind.FAITHFUL), new LinearNetwork.Factory());
		playback.play(1, 40, 30, (frame, number, at, reward) -> at < 3);
		assertThrows(IOException.class, () -> playback.play(2, 40, 30, (frame, number, at, reward) -> {
			throw new IOException("full");
		}));
		assertEquals(before + 2, OPENED.get());
	}
}
