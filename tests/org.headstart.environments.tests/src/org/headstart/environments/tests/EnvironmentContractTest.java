package org.headstart.environments.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.Color;
import java.awt.Graphics2D;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.environment.ParameterGroup;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskFamily.ReturnShape;
import org.headstart.api.environment.TaskRole;
import org.headstart.api.environment.TaskSet;
import org.headstart.api.random.RandomStream;
import org.headstart.testkit.EnvironmentContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That the contract notices: a random walk that keeps it, and the same with one fault at a time. */
class EnvironmentContractTest {

	/** A fault, and the tests that must fail for it; others may fail as well. */
	private enum Fault {
		MEMORY_OUTSIDE_OF_THE_STATE("aCheckpointContinuesAsIfNothingHadHappened", "lanesAreIndependent"),
		SHARED_RANDOMNESS("sameSeedGivesTheSameTrajectoryBitForBit"),
		ALLOCATION("aStepAllocatesNothing"),
		UNCLIPPED_ACTION("actionsBeyondTheBoundsMoveAsTheBoundsDo"),
		OBSERVATION_OUTSIDE("observationsLieInTheirSpace"),
		REWARD_NOT_FINITE("rewardsAreFiniteAndReturnsWithinTheirBounds"),
		RETURN_ABOVE_PROMISE("rewardsAreFiniteAndReturnsWithinTheirBounds"),
		FOREIGN_TASK("sampledTasksBelongToTheirSet"),
		SPLITS_OVERLAP("setsOfDifferentRolesAreDisjoint"),
		OUTSIDE_OF_RANGE("sampledTasksBelongToTheirSet"),
		SAME_NAME("taskSetsHaveNamesAndASourceComesFirst"),
		SAMPLER_WITH_MEMORY("samplingATaskDependsOnTheStreamOnlyAndWritesItsPlaceOnly"),
		NOTHING_DRAWN("everyReachedStateCanBeDrawnWithoutADisplay");

		private final Set<String> noticedBy;

		Fault(String... noticedBy) {
			this.noticedBy = Set.of(noticedBy);
		}
	}

	@Test
	void aGoodEnvironmentPasses() {
		assertEquals(Set.of(), failures(EnumSet.noneOf(Fault.class)));
	}

	@ParameterizedTest
	@EnumSource
	void aFaultIsNoticed(Fault fault) {
		Set<String> unnoticed = new TreeSet<>(fault.noticedBy);
		unnoticed.removeAll(failures(EnumSet.of(fault)));
		assertEquals(Set.of(), unnoticed, "tests that passed in spite of " + fault);
	}

	private static Set<String> failures(Set<Fault> faults) {
		EnvironmentContract contract = new EnvironmentContract() {
			@Override
			protected TaskFamily family() {
				return walk(faults);
			}
		};
		Set<String> failed = new TreeSet<>();
		for (Method test : EnvironmentContract.class.getDeclaredMethods()) {
			if (test.isAnnotationPresent(Test.class)) {
				test.setAccessible(true);
				try {
					test.invoke(contract);
				} catch (InvocationTargetException e) {
					if (!(e.getCause() instanceof AssertionError)) {
						throw new IllegalStateException(test.getName(), e.getCause());
					}
					failed.add(test.getName());
				} catch (IllegalAccessException e) {
					throw new IllegalStateException(e);
				}
			}
		}
		return failed;
	}

	/** Keeps the compiler from finding out that nobody needs an allocation. */
	private static final Object[] GARBAGE = new Object[1];
	private static final RandomStream SHARED = new RandomStream(0);

	private static TaskFamily walk(Set<Fault> faults) {
		double[] lastDraw = {0};
		TaskSet train = new TaskSet("train", "drift in [0, 1)", TaskRole.TRAIN, (random, omega, offset) -> {
			omega[offset] = random.nextDouble() + (faults.contains(Fault.FOREIGN_TASK) ? 0.5 : 0);
			if (faults.contains(Fault.SAMPLER_WITH_MEMORY)) {
				double draw = omega[offset];
				omega[offset] = lastDraw[0];
				lastDraw[0] = draw;
			}
		}, omega -> omega[0] >= 0 && omega[0] < 1);
		double least = faults.contains(Fault.SPLITS_OVERLAP) ? 0.5 : 1;
		TaskSet test = new TaskSet(faults.contains(Fault.SAME_NAME) ? "train" : "test", "drift in [1, 2)", TaskRole.TEST,
				(random, omega, offset) -> omega[offset] = random.uniform(least, 2),
				omega -> omega[0] >= least && omega[0] < 2);
		return new TaskFamily(new Walk(faults),
				List.of(ParameterGroup.scalar("drift", "", 0, faults.contains(Fault.OUTSIDE_OF_RANGE) ? 1 : 2, Double.NaN)),
				List.of(train, test), new ReturnShape(-50, faults.contains(Fault.RETURN_ABOVE_PROMISE) ? -45 : 0, Double.NaN));
	}

	/** A walk on [−5, 5] with noise and a drift; the end is at the right edge. */
	private static final class Walk implements Dynamics {

		private final Set<Fault> faults;
		private double memory;

		Walk(Set<Fault> faults) {
			this.faults = faults;
		}

		@Override
		public BoxSpace observationSpace() {
			return BoxSpace.uniform(1, -1, 1);
		}

		@Override
		public ActionSpace actionSpace() {
			return BoxSpace.uniform(1, -1, 1);
		}

		@Override
		public int stateSize() {
			return 1;
		}

		@Override
		public int parameterCount() {
			return 1;
		}

		@Override
		public int maxEpisodeSteps() {
			return 40;
		}

		@Override
		public void start(double[] state, int stateOffset, double[] omega, int omegaOffset, RandomStream random) {
			state[stateOffset] = random.uniform(-1, 1);
		}

		@Override
		public void step(double[] state, double[] omega, ActionBatch actions, int lanes, RandomStream[] random,
				float[] rewards, boolean[] terminated) {
			for (int lane = 0; lane < lanes; lane++) {
				double action = faults.contains(Fault.UNCLIPPED_ACTION) ? actions.values[lane]
						: Math.clamp(actions.values[lane], -1.0, 1.0);
				RandomStream noise = faults.contains(Fault.SHARED_RANDOMNESS) ? SHARED : random[lane];
				double position = state[lane] + action + 0.1 * omega[lane] + noise.uniform(-0.1, 0.1);
				if (faults.contains(Fault.MEMORY_OUTSIDE_OF_THE_STATE)) {
					position += memory;
					memory = 0.01 * action;
				}
				if (faults.contains(Fault.ALLOCATION)) {
					GARBAGE[0] = new double[] {position};
				}
				state[lane] = Math.clamp(position, -5.0, 5.0);
				terminated[lane] = position >= 5;
				rewards[lane] = faults.contains(Fault.REWARD_NOT_FINITE) && position > 2 ? Float.NaN
						: terminated[lane] ? 0 : -1;
			}
		}

		@Override
		public void observe(double[] state, int stateOffset, double[] omega, int omegaOffset, float[] observation,
				int observationOffset) {
			observation[observationOffset] = (float) (state[stateOffset]
					/ (faults.contains(Fault.OBSERVATION_OUTSIDE) ? 2 : 5));
		}

		@Override
		public void render(double[] state, double[] omega, Graphics2D canvas, int width, int height) {
			canvas.setColor(Color.WHITE);
			canvas.fillRect(0, 0, width, height);
			if (!faults.contains(Fault.NOTHING_DRAWN)) {
				canvas.setColor(Color.GRAY);
				canvas.fillRect(0, height / 2, width, 2);
				canvas.setColor(Color.BLUE);
				canvas.fillOval((int) ((state[0] + 5) / 10 * width) - 4, height / 2 - 4, 8, 8);
			}
		}
	}
}
