package org.headstart.testkit;

import static org.headstart.testkit.LanesUnderTest.LANES;
import static org.headstart.testkit.LanesUnderTest.PAIRS;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.headstart.api.environment.SimulatedLanes;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskSet;

/** Checks of the memory of lanes: a step takes none, and the arrays of lanes stay the same objects. */
final class MemoryChecks {

	private final LanesUnderTest tested;

	MemoryChecks(LanesUnderTest tested) {
		this.tested = tested;
	}

	void aStepAllocatesNothing(int warmUpSteps) {
		TaskFamily family = tested.family();
		for (TaskSet set : family.taskSets()) {
			assertAllocatesNothing(warmUpSteps, "tasks " + set.name(), tested.start(family, LANES, 7, set.sampler()));
		}
		assertAllocatesNothing(warmUpSteps, "in trials, side by side", tested.start(family, LANES, 7, PAIRS));
	}

	private static void assertAllocatesNothing(int warmUpSteps, String where, SimulatedLanes lanes) {
		RandomActions actions = new RandomActions(lanes, 1);
		actions.draw();
		double[] trace = new double[lanes.trace().map(names -> names.names().size()).orElse(0)];
		step(lanes, actions, trace, warmUpSteps);
		int window = Math.max(1, warmUpSteps / 20);
		Allocation.assertNone("windows of " + window + " steps of " + LANES + " lanes, " + where,
				() -> step(lanes, actions, trace, window));
	}

	private static void step(SimulatedLanes lanes, RandomActions actions, double[] trace, int steps) {
		for (int step = 0; step < steps; step++) {
			lanes.step(actions.batch);
			if (trace.length > 0) {
				lanes.trace(0, trace);
			}
		}
	}

	void theArraysStayTheSameObjects() {
		int end = tested.steps();
		SimulatedLanes lanes = tested.start(tested.family(), LANES, 7);
		float[] observations = lanes.observations();
		float[] finalObservations = lanes.finalObservations();
		float[] rewards = lanes.rewards();
		boolean[] terminated = lanes.terminated();
		boolean[] truncated = lanes.truncated();
		RandomActions actions = new RandomActions(lanes, 1);
		for (int step = 0; step < end; step++) {
			actions.draw();
			lanes.step(actions.batch);
		}
		lanes.reset();
		assertSame(observations, lanes.observations(), "observations()");
		assertSame(finalObservations, lanes.finalObservations(), "finalObservations()");
		assertSame(rewards, lanes.rewards(), "rewards()");
		assertSame(terminated, lanes.terminated(), "terminated()");
		assertSame(truncated, lanes.truncated(), "truncated()");
	}
}
