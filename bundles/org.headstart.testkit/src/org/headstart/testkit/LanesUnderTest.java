package org.headstart.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.SimulatedLanes;
import org.headstart.api.environment.Simulator;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskSampler;
import org.headstart.api.environment.Trial;
import org.headstart.api.environment.View;
import org.headstart.api.random.RandomStreams;
import org.junit.jupiter.api.Assumptions;

/** Opens lanes of the family under test, closes them after the test, and compares them. */
final class LanesUnderTest {

	static final int LANES = 8;
	static final int TRIAL_EPISODES = 3;
	/** Everything shown, in trials of several episodes, each lane on its own. */
	static final View SINGLE = new View(Trial.of(TRIAL_EPISODES), true, true);
	/** Everything shown, in trials of several episodes, on which pairs of lanes play side by side. */
	static final View PAIRS = new View(new Trial(TRIAL_EPISODES, 2, true), true, true);

	private final Supplier<TaskFamily> family;
	private final List<SimulatedLanes> opened = new ArrayList<>();

	/**
	 * @param family gives a new instance of the family at each call, always of the same settings
	 */
	LanesUnderTest(Supplier<TaskFamily> family) {
		this.family = family;
	}

	TaskFamily family() {
		return family.get();
	}

	void close() {
		opened.forEach(SimulatedLanes::close);
	}

	SimulatedLanes open(TaskFamily family, int lanes, TaskSampler tasks, long seed, View view) {
		SimulatedLanes environment = family.vectorEnvironment(lanes, tasks, new RandomStreams(seed), view);
		opened.add(environment);
		return environment;
	}

	SimulatedLanes start(TaskFamily family, int lanes, long seed, View view) {
		SimulatedLanes environment = open(family, lanes, family.taskSets().get(0).sampler(), seed, view);
		environment.reset();
		return environment;
	}

	SimulatedLanes start(TaskFamily family, int lanes, long seed) {
		return start(family, lanes, seed, family.taskSets().get(0).sampler());
	}

	SimulatedLanes start(TaskFamily family, int lanes, long seed, TaskSampler tasks) {
		SimulatedLanes environment = open(family, lanes, tasks, seed, View.PLAIN);
		environment.reset();
		return environment;
	}

	/** Long enough for every lane to come to its time limit once, and beyond. */
	int steps() {
		return family().environment().maxEpisodeSteps() + 50;
	}

	/** Lanes that are not deterministic promise less. */
	void assumeDeterministic() {
		Assumptions.assumeTrue(Simulator.of(family().environment()).deterministic(), "the environment is not deterministic");
	}

	static byte[] checkpoint(SimulatedLanes lanes) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		lanes.writeState(new DataOutputStream(bytes));
		return bytes.toByteArray();
	}

	static void restore(byte[] checkpoint, SimulatedLanes lanes) throws IOException {
		ByteArrayInputStream bytes = new ByteArrayInputStream(checkpoint);
		lanes.readState(new DataInputStream(bytes));
		assertEquals(0, bytes.available(), "bytes of the checkpoint that readState left unread");
	}

	static float[] row(float[] values, SimulatedLanes lanes, int lane) {
		int size = lanes.observationSpace().rowSize();
		return Arrays.copyOfRange(values, lane * size, (lane + 1) * size);
	}

	static void assertInside(String where, BoxSpace space, float[] observations, int lane) {
		float[] row = Arrays.copyOfRange(observations, lane * space.size(), (lane + 1) * space.size());
		for (int i = 0; i < row.length; i++) {
			assertTrue(Float.isFinite(row[i]) && row[i] >= space.low()[i] && row[i] <= space.high()[i],
					where + ": component " + i + " is " + row[i] + ", not in [" + space.low()[i] + ", " + space.high()[i]
							+ "]");
		}
	}

	static void assertSameMoment(String where, SimulatedLanes one, SimulatedLanes other) {
		for (int lane = 0; lane < one.lanes(); lane++) {
			assertSameLane(where, one, other, lane);
		}
	}

	static void assertSameLane(String where, SimulatedLanes one, SimulatedLanes other, int lane) {
		// assertArrayEquals compares floating-point numbers by their bits.
		String at = where + ", lane " + lane + ": ";
		assertArrayEquals(row(one.observations(), one, lane), row(other.observations(), other, lane), at + "observation");
		assertArrayEquals(LaneState.of(one, lane), LaneState.of(other, lane), at + "state");
		assertEquals(one.rewards()[lane], other.rewards()[lane], at + "reward");
		assertEquals(one.terminated()[lane], other.terminated()[lane], at + "terminated");
		assertEquals(one.truncated()[lane], other.truncated()[lane], at + "truncated");
		if (one.terminated()[lane] || one.truncated()[lane]) {
			assertArrayEquals(row(one.finalObservations(), one, lane), row(other.finalObservations(), other, lane),
					at + "final observation");
		}
	}
}
