package org.headstart.engine.internal.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.headstart.api.backbone.Backbone;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.Environment;
import org.headstart.api.environment.ObservationPart;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.execution.Executor;
import org.headstart.api.learner.Learner;
import org.headstart.api.loss.AppliedLoss;
import org.headstart.api.loss.Loss;
import org.headstart.api.loss.LossSite;
import org.headstart.api.loss.Windows;
import org.headstart.api.network.Head;
import org.headstart.api.network.Network;
import org.headstart.api.settings.NoSettings;
import org.headstart.api.settings.SettingsSchema;
import org.headstart.api.strategy.Strategy;
import org.headstart.backbones.Mlp;
import org.headstart.backbones.MlpSettings;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.catalog.Contribution;
import org.headstart.engine.internal.catalog.RefusedException;
import org.headstart.engine.internal.experiment.Choice;
import org.headstart.engine.internal.experiment.Experiment.LossUse;
import org.headstart.engine.internal.experiment.ExperimentReader;
import org.headstart.engine.internal.experiment.LearnerWithLosses;
import org.headstart.engine.internal.plan.Plan;
import org.headstart.engine.internal.plan.Planner;
import org.headstart.engine.internal.plan.Step;
import org.headstart.engine.internal.results.MetricsRow;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.engine.internal.results.RunStatus.RunState;
import org.headstart.environments.point.PointGoal;
import org.headstart.environments.point.PointGoalSettings;
import org.headstart.learners.ppo.Ppo;
import org.headstart.learners.ppo.PpoSettings;
import org.headstart.strategies.Scratch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Losses of an experiment file, with PPO: one that penalises parameters, and one that adds reward and remembers something. */
class LossesTest {

	private static final String TEXT = """
			headstart: 1
			name: beside
			seeds: 1
			backbone: {id: mlp, hidden: [8]}
			learner: {id: ppo, lanes: 4, rollout-steps: 32, minibatch-size: 32, epochs: 2}
			losses:
			  - {id: decay, weight: 0.5}
			  - {id: motion, weight: 0.25}
			target: [{environment: point-goal, task: test, steps: 1500}]
			strategies: [{id: scratch}]
			evaluation: {every: 500, episodes: 5}
			""";

	@TempDir
	Path temp;

	/** ½ |θ|². */
	private static final class Decay implements Loss<NoSettings> {

		@Override
		public int window(NoSettings settings) {
			return 0;
		}

		@Override
		public AppliedLoss apply(NoSettings settings, LossSite site) {
			Network network = site.network();
			float[] parameters = new float[network.parameterVectorSize()];
			float[] gradients = new float[parameters.length];
			return (windows, weight) -> {
				network.copyParameters(parameters);
				network.copyGradients(gradients);
				double squares = 0;
				for (int i = 0; i < parameters.length; i++) {
					gradients[i] += weight * parameters[i];
					squares += parameters[i] * parameters[i];
				}
				network.setGradients(gradients);
				return squares / 2;
			};
		}
	}

	/** Rewards for moving, less from rollout to rollout. Its value is that share. */
	private static final class Motion implements Loss<NoSettings> {

		@Override
		public List<Head> heads(NoSettings settings, ObservationSpace observation, ActionSpace actions) {
			if (actions instanceof DiscreteSpace) {
				throw new IllegalArgumentException("it needs a box of actions");
			}
			return List.of();
		}

		@Override
		public int window(NoSettings settings) {
			return 2;
		}

		@Override
		public AppliedLoss apply(NoSettings settings, LossSite site) {
			return new AppliedLoss() {

				private double share = 1;

				@Override
				public double accumulate(Windows windows, float weight) {
					return share;
				}

				@Override
				public boolean addsReward() {
					return true;
				}

				@Override
				public void rewards(Windows windows, float[] rewards) {
					share *= 0.9;
					for (int w = 0; w < windows.count; w++) {
						float moved = windows.observations[(windows.count + w) * windows.observationSize]
								- windows.observations[w * windows.observationSize];
						rewards[w] = (float) (share * Math.abs(moved));
					}
				}

				@Override
				public void writeState(DataOutput out) throws IOException {
					out.writeDouble(share);
				}

				@Override
				public void readState(DataInput in) throws IOException {
					share = in.readDouble();
				}
			};
		}
	}

	private static Catalog catalog() {
		SortedMap<String, Contribution<Loss<?>>> losses = new TreeMap<>();
		losses.put("decay", contribution("decay", NoSettings.class, new Decay()));
		losses.put("motion", new Contribution<>("motion", "motion", "", "moving", "7", () -> NoSettings.class, Motion::new));
		SortedMap<String, Contribution<Learner<?>>> learners = new TreeMap<>();
		learners.put("ppo", contribution("ppo", PpoSettings.class, new Ppo()));
		learners.put("gradient", contribution("gradient", NoSettings.class, new GradientLearner()));
		return new Catalog(
				one(LossesTest.<Environment<?>>contribution("point-goal", PointGoalSettings.class, new PointGoal())),
				new TreeMap<>(),
				one(LossesTest.<Backbone<?>>contribution("mlp", MlpSettings.class, new Mlp())), learners, losses,
				one(LossesTest.<Strategy<?>>contribution("scratch", NoSettings.class, new Scratch())),
				one(LossesTest.<Executor<?>>contribution("local", LocalExecutorSettings.class, new LocalExecutor())),
				new TreeMap<>(Map.of("org.headstart.engine", "1")), List.of());
	}

	private static <T> Contribution<T> contribution(String id, Class<? extends Record> settings, T instance) {
		return new Contribution<>(id, id, "", "test", "1", () -> settings, () -> instance);
	}

	private static <T> SortedMap<String, Contribution<T>> one(Contribution<T> contribution) {
		return new TreeMap<>(Map.of(contribution.id(), contribution));
	}

	private static ExperimentReader.Reading read(String text) {
		return ExperimentReader.read(text, "losses.yaml", catalog(), Map.of());
	}

	private static Plan plan(String text) {
		return Planner.plan(read(text).experiment().orElseThrow(() -> new AssertionError(read(text).problems().toString())), catalog());
	}

	private RunRequest request(String text, String folder) {
		return new RunRequest(plan(text), read(text).frozenText(), temp.resolve(folder), catalog(), 0, List.of(), false,
				new CancelToken());
	}

	private ResultStore run(String text, String folder) throws IOException {
		RunOutcome outcome = ExperimentRun.run(request(text, folder), WalkSupervisor.SILENT);
		assertEquals(RunState.FINISHED, outcome.state(), outcome.status().toString());
		return new ResultStore(temp.resolve(folder));
	}

	private static MetricsRow last(ResultStore store, String text) throws IOException {
		List<MetricsRow> rows = store.metrics(plan(text).steps().get(0).key()).orElseThrow().rows();
		return rows.get(rows.size() - 1);
	}

	@Test
	void theyAreAppliedAndResumed() throws IOException {
		ResultStore whole = run(TEXT, "whole");
		MetricsRow last = last(whole, TEXT);
		// 1500 steps are 11 whole rollouts and the beginning of another
		assertEquals(Math.pow(0.9, 12), last.learner().get("motion-loss"), 1e-9);
		String without = TEXT.replace("  - {id: decay, weight: 0.5}\n", "  - {id: decay, weight: 0}\n");
		assertTrue(last.learner().get("decay-loss") < last(run(without, "without"), without).learner().get("decay-loss"));

		Step step = plan(TEXT).steps().get(0);
		assertEquals("7", whole.provenance(step.key()).versions().get("contribution motion of moving"));
		InterruptedSteps.run(request(TEXT, "interrupted"));
		assertEquals(StepFolders.contents(whole, step.key()),
				StepFolders.contents(new ResultStore(temp.resolve("interrupted")), step.key()));
	}

	@Test
	void theyArePartOfKeysAndOfTheFrozenFile() {
		String key = plan(TEXT).steps().get(0).key();
		assertNotEquals(key, plan(TEXT.replace("weight: 0.25", "weight: 0.5")).steps().get(0).key());
		assertEquals(key, plan(read(TEXT).frozenText()).steps().get(0).key());
		String none = TEXT.replaceFirst("(?s)losses:.*target:", "target:");
		assertEquals(plan(none).steps().get(0).key(), plan(none.replace("target:", "losses: []\ntarget:")).steps().get(0).key());
		assertNotEquals(key, plan(none).steps().get(0).key());
		assertTrue(!read(none).frozenText().contains("losses"), read(none).frozenText());
	}

	@Test
	void whatIsWrongHasItsPlace() {
		assertProblem(TEXT.replace("id: motion", "id: motoin"), "losses.yaml:8:10: losses.1.id: unknown loss 'motoin'");
		assertProblem(TEXT.replace("0.25", "-1"), "losses.yaml:8:26: losses.1.weight: must be at least 0");
		assertProblem(TEXT.replace("id: motion", "id: decay"), "losses.yaml:8:10: losses.1.id: 'decay' stands twice");
		assertProblem(TEXT.replace("0.25", "0.25, speed: 2"), "losses.yaml:8:32: losses.1.speed: unknown key");
		assertProblem(TEXT.replace("point-goal,", "point-goal, actions: discrete,"),
				"losses.yaml:8:5: losses.1: bundle moving, contribution 'motion': it needs a box of actions");
		assertProblem(TEXT.replaceFirst("learner: .*", "learner: {id: gradient}").replace("point-goal,", "point-goal, actions: discrete,")
				.replace("  - {id: motion, weight: 0.25}\n", ""), "losses.yaml:7:3: losses: the learner 'gradient' applies no losses");
	}

	@Test
	void windowsShowNoImages() {
		ObservationSpace seen = new ObservationSpace(List.of(ObservationPart.image("screen", 1, 5, 5)));
		PpoSettings settings = (PpoSettings) SettingsSchema.of(PpoSettings.class).bind(Map.of()).settings();
		ActionSpace actions = new DiscreteSpace(2);
		LossUse decay = new LossUse(new Choice<>(catalog().losses().get("decay"), new NoSettings()), 1);
		assertEquals(1, new LearnerWithLosses<>(new Ppo(), List.of(decay)).networks(settings, seen, actions).size());
		LossUse motion = new LossUse(new Choice<>(catalog().losses().get("motion"), new NoSettings()), 1);
		String message = assertThrows(RefusedException.class,
				() -> new LearnerWithLosses<>(new Ppo(), List.of(motion)).networks(settings, seen, actions)).getMessage();
		assertTrue(message.startsWith("bundle moving, contribution 'motion': it reads numbers only, and would not see the image 'screen'"),
				message);
	}

	private static void assertProblem(String text, String beginning) {
		List<String> problems = read(text).problems().stream().map(Object::toString).toList();
		assertTrue(problems.stream().anyMatch(problem -> problem.startsWith(beginning)), problems::toString);
	}
}
