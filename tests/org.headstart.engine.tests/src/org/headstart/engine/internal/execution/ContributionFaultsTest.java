package org.headstart.engine.internal.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.environment.Environment;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskSet;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.Learner;
import org.headstart.api.learner.Metrics;
import org.headstart.api.learner.Policy;
import org.headstart.api.settings.NoSettings;
import org.headstart.api.strategy.Acquisition;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.strategy.StrategyRun;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.experiment.ExperimentReader;
import org.headstart.engine.internal.plan.Plan;
import org.headstart.engine.internal.plan.Planner;
import org.headstart.engine.internal.results.ResultStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What contributions give or throw that they must not: it ends the step, with their names, and is no result. */
class ContributionFaultsTest {

	@TempDir
	private Path temp;

	/** Does to a method's result or arguments what a faulty contribution would. */
	private interface Fault {
		Object apply(Object given, Object[] arguments) throws Throwable;
	}

	/** An instance of which one method is at fault. */
	private static <T> T faulty(Class<T> type, T right, String method, Fault fault) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, called, arguments) -> {
			Object given;
			try {
				given = called.invoke(right, arguments);
			} catch (InvocationTargetException e) {
				throw e.getCause();
			}
			if (called.getName().equals(method)) {
				return fault.apply(given, arguments);
			}
			return called.getName().equals("instance") ? proxy : given;
		}));
	}

	private static Environment<NoSettings> walk(String method, Fault fault) {
		return settings -> {
			TaskFamily right = new WalkDynamics.Walk().create(settings);
			return new TaskFamily(faulty(Dynamics.class, (Dynamics) right.environment(), method, fault), right.parameters(),
					right.taskSets(), right.shape());
		};
	}

	private static Learner<?> learner(String method, Fault fault) {
		return faulty(Learner.class, new GradientLearner(), "agent",
				(agent, arguments) -> faulty(Agent.class, (Agent) agent, method, fault));
	}

	private String failure(Environment<?> walk, Learner<?> learner, Strategy<?> strategy) {
		Catalog catalog = WalkExperiment.catalogWith(walk, learner, strategy);
		Plan plan = Planner.plan(ExperimentReader.read(WalkExperiment.text(1, 1000, "  - {id: scratch}"), "test.yaml", catalog,
				Map.of()).experiment().orElseThrow(), catalog);
		ResultStore store = new ResultStore(temp);
		String key = plan.steps().get(0).key();
		// as a run makes it
		assertTrue(Files.isDirectory(store.step(key).getParent()) || store.step(key).getParent().toFile().mkdir());
		StepRunner runner = new StepRunner(store, plan, catalog, new LinearNetwork.Factory());
		RuntimeException thrown = assertThrows(RuntimeException.class, () -> runner.run(key, StepRunnerTest.DEAF, new CancelToken()));
		assertFalse(store.finished(key));
		return Worker.message(thrown);
	}

	private String failure(Environment<?> walk) {
		return failure(walk, new GradientLearner(), new WalkExperiment.Scratch());
	}

	private String failure(Learner<?> learner) {
		return failure(new WalkDynamics.Walk(), learner, new WalkExperiment.Scratch());
	}

	@ParameterizedTest
	@CsvSource({"NaN, NaN", "Infinity, Infinity", "1e6, 1000000.0", "-10.01, -10.01"})
	void anObservationOutsideOfItsSpaceEndsTheStep(float value, String told) {
		String message = failure(walk("observe", (given, arguments) -> {
			((float[]) arguments[4])[(int) arguments[5] + 1] = value;
			return given;
		}));
		assertEquals("bundle test, contribution 'walk': observation component 1 is " + told
				+ ", outside of its space from -10.0 to 10.0 in step 0 of lane 0 on walk/test", message);
	}

	/** Only the last observation of an episode is wrong, which no policy sees. */
	@Test
	void aFinalObservationOutsideOfItsSpaceEndsTheStep() {
		boolean[] over = {false};
		Environment<NoSettings> walk = settings -> {
			TaskFamily right = new WalkDynamics.Walk().create(settings);
			Dynamics ending = faulty(Dynamics.class, (Dynamics) right.environment(), "step", (given, arguments) -> {
				for (boolean ended : (boolean[]) arguments[6]) {
					over[0] |= ended;
				}
				return given;
			});
			Dynamics dynamics = faulty(Dynamics.class, ending, "observe", (given, arguments) -> {
				if (over[0]) {
					((float[]) arguments[4])[(int) arguments[5]] = Float.NaN;
					over[0] = false;
				}
				return given;
			});
			return new TaskFamily(dynamics, right.parameters(), right.taskSets(), right.shape());
		};
		String message = failure(walk);
		assertTrue(message.startsWith("bundle test, contribution 'walk': ") && message.contains("observation component 0 is NaN"),
				message);
	}

	@Test
	void aRewardThatIsNoNumberEndsTheStep() {
		int[] steps = {0};
		String message = failure(walk("step", (given, arguments) -> {
			if (++steps[0] == 3) {
				((float[]) arguments[5])[1] = Float.NaN;
			}
			return given;
		}));
		assertEquals("bundle test, contribution 'walk': the reward is NaN in step 3 of lane 1 on walk/test", message);
	}

	@Test
	void anOutcomeThatIsNoNumberEndsTheStep() {
		String message = failure(walk("outcomes", (given, arguments) -> {
			if (arguments != null) {
				((double[]) arguments[4])[0] = Double.NaN;
			}
			return given;
		}));
		assertTrue(message.startsWith("bundle test, contribution 'walk': the outcome 'distance' is NaN in step "), message);
	}

	@Test
	void aTraceThatIsNoNumberEndsTheStep() {
		String message = failure(walk("trace", (given, arguments) -> {
			if (arguments != null) {
				((double[]) arguments[4])[1] = Double.POSITIVE_INFINITY;
			}
			return given;
		}));
		assertTrue(message.startsWith("bundle test, contribution 'walk': the trace's 'goal' is Infinity in step "), message);
	}

	@Test
	void aTaskThatIsNoNumberEndsTheStep() {
		Environment<NoSettings> walk = settings -> {
			TaskFamily right = new WalkDynamics.Walk().create(settings);
			return new TaskFamily(right.environment(), right.parameters(), right.taskSets().stream().map(set -> new TaskSet(
					set.name(), set.description(), set.role(), (random, omega, offset) -> omega[offset] = Double.NaN,
					omega -> true)).toList(), right.shape());
		};
		assertEquals("bundle test, contribution 'walk': the task's parameter 'goal' is sampled as NaN in step 0 of lane 0 on"
				+ " walk/test", failure(walk));
	}

	@Test
	void anErrorInAStepHasItsClassAndPlace() {
		String message = failure(walk("step", (given, arguments) -> {
			throw new NoClassDefFoundError("com/acme/Physics");
		}));
		assertTrue(message.startsWith("bundle test, contribution 'walk': step failed: java.lang.NoClassDefFoundError: "
				+ "com/acme/Physics, at " + getClass().getName()), message);
		message = failure(walk("step", (given, arguments) -> overflow(1)));
		assertTrue(message.startsWith("bundle test, contribution 'walk': step failed: java.lang.StackOverflowError, at "
				+ getClass().getName() + ".overflow (ContributionFaultsTest.java:"), message);
	}

	private static Object overflow(int depth) {
		return overflow(depth + 1) + "";
	}

	@Test
	void anInstanceThatIsNullIsFoundWhenTheFamilyIsMade() {
		Environment<NoSettings> walk = walk("instance", (given, arguments) -> null);
		var reading = ExperimentReader.read(WalkExperiment.text(1, 1000, "  - {id: scratch}"), "test.yaml",
				WalkExperiment.catalogWith(walk, new GradientLearner(), new WalkExperiment.Scratch()), Map.of());
		assertTrue(reading.problems().stream().anyMatch(problem -> problem.message().equals(
				"bundle test, contribution 'walk': instance gave null")), reading.problems()::toString);
	}

	@Test
	void anActionThatIsNotThereIsTheLearners() {
		int[] acts = {0};
		String message = failure(learner("act", (given, arguments) -> {
			if (++acts[0] == 5) {
				((ActionBatch) arguments[1]).index[0] = 7;
			}
			return given;
		}));
		assertEquals("bundle test, contribution 'gradient': act chose the action 7 in step 5 of lane 0 on walk/test; there are the"
				+ " actions 0 to 1", message);
		message = failure(learner("policy", (policy, arguments) -> {
			Policy wrong = (observations, actions) -> actions.index[1] = -1;
			return wrong;
		}));
		assertEquals("bundle test, contribution 'gradient': act chose the action -1 in step 1 of lane 1 on walk/test; there are the"
				+ " actions 0 to 1", message);
	}

	@Test
	void aLossThatIsNoNumberEndsTheStep() {
		String message = failure(learner("update", (given, arguments) -> {
			((Metrics) arguments[0]).report("policy-loss", Double.NaN);
			return given;
		}));
		assertTrue(message.startsWith("bundle test, contribution 'gradient': after ")
				&& message.contains(" steps on walk/test an update reports 'policy-loss' as NaN"), message);
	}

	@Test
	void whatALearnerGivesAsNullHasItsName() {
		assertEquals("bundle test, contribution 'gradient': agent gave null",
				failure(faulty(Learner.class, new GradientLearner(), "agent", (given, arguments) -> null)));
		var reading = ExperimentReader.read(WalkExperiment.text(1, 1000, "  - {id: scratch}"), "test.yaml",
				WalkExperiment.catalogWith(new WalkDynamics.Walk(),
						faulty(Learner.class, new GradientLearner(), "networks", (given, arguments) -> null),
						new WalkExperiment.Scratch()),
				Map.of());
		assertTrue(reading.experiment().isEmpty());
		assertTrue(reading.problems().stream().anyMatch(problem -> problem.message()
				.startsWith("bundle test, contribution 'gradient': networks failed: java.lang.NullPointerException")),
				reading.problems()::toString);
		assertEquals("bundle test, contribution 'gradient': policy gave null", failure(learner("policy", (given, arguments) -> null)));
	}

	@Test
	void aFailureWithinALearnerIsNotItsStrategys() {
		String message = failure(learner("update", (given, arguments) -> {
			throw new IndexOutOfBoundsException("row 9");
		}));
		assertTrue(message.startsWith("bundle test, contribution 'gradient': update failed: java.lang.IndexOutOfBoundsException: row 9"),
				message);
	}

	@Test
	void whatAStrategyDoesWrongHasItsName() {
		Strategy<NoSettings> idle = new Strategy<>() {
			@Override
			public List<Acquisition> acquisitions(NoSettings settings, List<TaskFamily> sources) {
				return List.of();
			}

			@Override
			public void adapt(NoSettings settings, StrategyRun run) {
				throw new UnsupportedOperationException("not yet");
			}
		};
		assertTrue(failure(new WalkDynamics.Walk(), new GradientLearner(), idle)
				.startsWith("bundle test, contribution 'scratch': adapt failed: java.lang.UnsupportedOperationException: not yet, at "));
	}
}
