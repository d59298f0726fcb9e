package org.headstart.testkit;

import static org.headstart.testkit.LanesUnderTest.LANES;
import static org.headstart.testkit.LanesUnderTest.assertSameMoment;
import static org.headstart.testkit.LanesUnderTest.checkpoint;
import static org.headstart.testkit.LanesUnderTest.restore;
import static org.headstart.testkit.LanesUnderTest.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;

import org.headstart.api.environment.SimulatedLanes;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskSampler;
import org.headstart.api.environment.View;
import org.headstart.api.random.RandomStreams;
import org.junit.jupiter.api.Assumptions;

/** Checks of saved states: checkpoints of all lanes, and states of single lanes. */
final class SavedStateChecks {

	private final LanesUnderTest tested;

	SavedStateChecks(LanesUnderTest tested) {
		this.tested = tested;
	}

	void aCheckpointContinuesAsIfNothingHadHappened() throws IOException {
		tested.assumeDeterministic();
		int end = tested.steps();
		SimulatedLanes one = tested.start(tested.family(), LANES, 7);
		RandomActions actions = new RandomActions(one, 1);
		int before = tested.family().environment().maxEpisodeSteps() / 2 + 3;
		for (int step = 0; step < before; step++) {
			actions.draw();
			one.step(actions.batch);
		}
		byte[] checkpoint = checkpoint(one);
		// Of another seed and never reset: all must come from the checkpoint.
		TaskFamily family = tested.family();
		SimulatedLanes other = tested.open(family, LANES, family.taskSets().get(0).sampler(), 99, View.PLAIN);
		restore(checkpoint, other);
		for (int lane = 0; lane < LANES; lane++) {
			assertArrayEquals(row(one.observations(), one, lane), row(other.observations(), other, lane),
					"observation right after readState, lane " + lane);
		}
		for (int step = 1; step <= end; step++) {
			actions.draw();
			one.step(actions.batch);
			other.step(actions.batch);
			assertSameMoment("step " + step + " after the checkpoint", one, other);
		}
		assertArrayEquals(checkpoint(one), checkpoint(other), "the checkpoints of both after " + end + " steps");
	}

	void aStateCanBeTakenOutAndPutBack() {
		TaskFamily family = tested.family();
		double[] omega = new double[family.environment().parameterCount()];
		family.taskSets().get(0).sampler().sample(new RandomStreams(3).stream("task"), omega, 0);
		SimulatedLanes lanes = tested.start(family, LANES, 7, TaskSampler.fixed(omega));
		SimulatedLanes fresh = tested.start(family, LANES, 8, TaskSampler.fixed(omega));
		Assumptions.assumeTrue(lanes.simulation().savesLanes(), "lanes are not saved: their episodes are repeated");
		RandomActions actions = new RandomActions(lanes, 1);
		for (int step = 0; step < 30; step++) {
			actions.draw();
			lanes.step(actions.batch);
			for (int lane = 0; lane < LANES; lane++) {
				byte[] state = LaneState.of(lanes, lane);
				LaneState.put(fresh, lane, state);
				assertArrayEquals(state, LaneState.of(fresh, lane), "state of lane " + lane + " after it was read, step " + step);
				assertArrayEquals(row(lanes.observations(), lanes, lane), row(fresh.observations(), fresh, lane),
						"observation of lane " + lane + " after its state was read, step " + step);
			}
		}
	}
}
