package org.headstart.engine.internal.experiment;

import static org.headstart.engine.internal.experiment.ExperimentReaderTest.assertProblems;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.Trial;
import org.headstart.api.environment.View;
import org.headstart.api.learner.AgentView;
import org.headstart.api.learner.Experience;
import org.headstart.api.settings.NoSettings;
import org.headstart.api.strategy.Acquisition;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.strategy.StrategyRun;
import org.headstart.api.strategy.Training;
import org.headstart.api.strategy.Training.OwnLearner;
import org.headstart.api.strategy.TrainingPhase;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.testkit.internal.SampleCatalog;
import org.headstart.testkit.internal.SampleCatalog.PpoSettings;
import org.junit.jupiter.api.Test;

class BudgetCheckTest {

	/** A learner with an update of 8 lanes × 128 steps. */
	private static final class Rollouts extends SampleCatalog.Ppo {

		private final boolean whole;

		Rollouts(boolean whole) {
			this.whole = whole;
		}

		@Override
		public Experience experience(PpoSettings settings) {
			return new Experience((long) settings.lanes() * settings.steps(), whole);
		}
	}

	/** Says of itself what a test wants. */
	private record Saying(Optional<Training> training) implements Strategy<NoSettings> {

		@Override
		public List<Acquisition> acquisitions(NoSettings settings, List<TaskFamily> sources) {
			return List.of();
		}

		@Override
		public Optional<Training> training(NoSettings settings, List<TaskFamily> tasks, int trialEpisodes) {
			return training;
		}

		@Override
		public void adapt(NoSettings settings, StrategyRun run) throws IOException {
			throw new AssertionError("nothing runs here");
		}
	}

	private static Training own(int lanes, int lanesPerTask) {
		return new Training(AgentView.same(new View(new Trial(2, lanesPerTask, true), false, false), AgentView.Memory.TRIAL),
				Optional.of(new OwnLearner<>(new Rollouts(true), new PpoSettings(1e-3, lanes, 100))),
				List.of(TrainingPhase.whole("target")));
	}

	private static final Training WARM_UP = new Training(AgentView.PLAIN, Optional.empty(),
			List.of(TrainingPhase.of("warm-up", 500), TrainingPhase.whole("target")));

	private static final Catalog CATALOG = new SampleCatalog()
			.learner("ppo", "1.0.0", PpoSettings.class, () -> new Rollouts(false))
			.strategy("warm-up", "1.0.0", NoSettings.class, () -> new Saying(Optional.of(WARM_UP)))
			.strategy("meta", "1.0.0", NoSettings.class, () -> new Saying(Optional.of(own(40, 20))))
			.strategy("reference", "1.0.0", NoSettings.class, () -> new Saying(Optional.empty())).build();

	private static ExperimentReader.Reading read(String source, String target, String arms, String more) {
		return ExperimentReader.read("""
				headstart: 1
				name: small
				backbone: {id: mlp}
				learner: {id: ppo}
				source: [%s]
				target: [{environment: point-goal, task: test, steps: %s}]
				strategies: [%s]
				evaluation: {every: 2000}
				%s
				""".formatted(source, target, arms, more), "f", CATALOG, Map.of());
	}

	@Test
	void aBudgetBelowTheLanesIsAnErrorOfSourceAndTarget() {
		assertProblems(read("{environment: point-goal, steps: 7}", "1", "{id: scratch}, {id: fine-tune}", "seeds: 1"),
				"f:5:43: warning: source.0.steps: the budget of 7 steps ends before the first evaluation at 2000 steps "
						+ "(evaluation.every), so there is no learning curve",
				"f:5:43: source.0.steps: the budget of 7 steps is less than what the 8 lanes of the learner 'ppo' take at once, so "
						+ "nothing is learned; it needs at least 8, better the 1024 of an update",
				"f:6:55: warning: target.0.steps: the budget of 1 step ends before the first evaluation at 2000 steps "
						+ "(evaluation.every), so there is no learning curve",
				"f:6:55: target.0.steps: the budget of 1 step is less than what the 8 lanes of the learner 'ppo' take at once, so "
						+ "nothing is learned; it needs at least 8, better the 1024 of an update, or 0 if the target is only to be judged");
		// a target that is judged only, and an arm that learns nothing by its nature
		assertProblems(read("", "0", "{id: scratch}, {id: reference}", "seeds: 1"));
		assertProblems(read("", "2000", "{id: reference}", "seeds: 1"));
	}

	@Test
	void anArmThatLearnsNothingWhereOthersDoIsWarnedOf() {
		assertProblems(read("", "39", "{id: scratch}, {id: meta}", "seeds: 1"),
				"f:6:55: warning: target.0.steps: the budget of 39 steps ends before the first evaluation at 2000 steps "
						+ "(evaluation.every), so there is no learning curve",
				"f:6:55: warning: target.0.steps: the budget of 39 steps is less than what the 40 lanes of the learner of 'meta' take at "
						+ "once, so nothing is learned; it needs at least 40, better the 4000 of an update, or 0 if the target is only to be "
						+ "judged (meta)",
				"f:6:55: warning: target.0.steps: the budget of 39 steps is less than what an update of the learner 'ppo' takes: 1024 "
						+ "steps; there is one update, from fewer steps (scratch)");
		assertProblems(read("", "3999", "{id: meta}", "seeds: 1"),
				"f:6:55: warning: target.0.steps: the budget of 3999 steps is less than what an update of the learner of 'meta' takes: "
						+ "it learns from whole trials, which take up to 4000 steps; if none ends before the budget does, nothing is learned");
	}

	@Test
	void grantedEpisodesMayBeAllThatIsLearnedFrom() {
		assertProblems(read("", "0", "{id: scratch}", "shots: [0, 3]"));
		assertProblems(read("", "7", "{id: scratch}", "shots: [0, 3]"),
				"f:6:55: warning: target.0.steps: the budget of 7 steps ends before the first evaluation at 2000 steps "
						+ "(evaluation.every), so there is no learning curve",
				"f:6:55: warning: target.0.steps: the granted episodes (shots), 3 of up to 50 steps, may take more than the budget of 7 "
						+ "steps: they are all played, and nothing may be left to learn on after them",
				"f:6:55: warning: target.0.steps: the budget of 7 steps is less than what the 8 lanes of the learner 'ppo' take at once: "
						+ "only the granted episodes (shots) are learned from; 0 says so");
		assertProblems(read("", "8000", "{id: meta}", "shots: [0, 1]"),
				"f:8:21: warning: evaluation.every: agents are judged between updates only, and an update of the learner of 'meta' takes "
						+ "up to 4000 steps, so that is the time between evaluations, not 2000 steps",
				"f:9:8: shots: granted episodes (shots) are played one after the other, but 'meta' learns from 20 lanes of a task side "
						+ "by side: write 'shots: [0]', or leave the strategy out");
	}

	@Test
	void aPhaseMayTakeTheWholeBudgetOrNothing() {
		assertProblems(read("", "2000", "{id: warm-up}", "seeds: 1"));
		assertProblems(read("", "500", "{id: warm-up}", "seeds: 1"),
				"f:6:55: warning: target.0.steps: the budget of 500 steps ends before the first evaluation at 2000 steps "
						+ "(evaluation.every), so there is no learning curve",
				"f:6:55: warning: target.0.steps: the budget of 500 steps is less than what an update of the learner 'ppo' takes: 1024 "
						+ "steps; there is one update, from fewer steps",
				"f:7:14: warning: strategies.0.warm-up: 'warm-up' takes all of the budget of 500 steps of target.0, so nothing is left "
						+ "for what follows it");
	}

	@Test
	void agentsAreJudgedBetweenUpdates() {
		assertProblems(ExperimentReader.read("""
				headstart: 1
				name: small
				backbone: {id: mlp}
				learner: {id: ppo}
				source: [{environment: point-goal, steps: 1e5}]
				target: [{environment: point-goal, task: test, steps: 1e5}]
				strategies: [{id: scratch}, {id: fine-tune}, {id: reference}]
				evaluation: {every: 1023}
				""", "f", CATALOG, Map.of()),
				"f:8:21: warning: evaluation.every: agents are judged between updates only, and an update of the learner 'ppo' takes "
						+ "1024 steps, so that is the time between evaluations, not 1023 steps");
	}

	@Test
	void aTrialMayBeLongerThanTheBudget() {
		assertProblems(read("", "2000", "{id: scratch}", "trial: {episodes: 6}"),
				"f:6:55: warning: target.0.steps: a trial of 6 episodes has up to 300 steps, and the budget gives each of the 8 lanes "
						+ "250: none may come to its end");
		assertProblems(read("", "2000", "{id: scratch}", "trial: {episodes: 5}"));
	}

	@Test
	void aLearnerWithoutLanesIsToldOf() {
		Catalog broken = new SampleCatalog().learner("ppo", "1.0.0", PpoSettings.class, () -> new SampleCatalog.Ppo() {
			@Override
			public int lanes(PpoSettings settings) {
				return 0;
			}
		}).build();
		String message = ExperimentReader.read(SampleCatalog.EXPERIMENT, "f", broken, Map.of()).problems().get(0).message();
		assertEquals("bundle sample.learners, contribution 'ppo': lanes gives 0; a learner needs at least 1", message);
	}
}
