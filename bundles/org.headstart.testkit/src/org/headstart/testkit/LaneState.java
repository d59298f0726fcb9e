package org.headstart.testkit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

import org.headstart.api.environment.ObservationPart;
import org.headstart.api.environment.SimulatedLanes;
import org.headstart.api.environment.View;

/** A lane's state in a test: taken out, looked at, put back. The lane's streams, step count and trial are no part of it. */
public final class LaneState {

	private LaneState() {}

	/**
	 * Takes a lane's state out.
	 *
	 * @param lanes the lanes
	 * @param lane  which
	 * @return the state with its task, as the simulation writes it; of one that does not save its lanes what is seen of the state
	 */
	public static byte[] of(SimulatedLanes lanes, int lane) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try {
			if (lanes.simulation().savesLanes()) {
				lanes.simulation().writeLane(lane, new DataOutputStream(bytes));
			} else {
				writeSeen(lanes, lane, new DataOutputStream(bytes));
			}
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
		return bytes.toByteArray();
	}

	private static void writeSeen(SimulatedLanes lanes, int lane, DataOutputStream out) throws IOException {
		float[] row = new float[lanes.observationSpace().parts().stream().filter(part -> !part.isBytes()
				&& !part.name().equals(View.HISTORY) && !part.name().equals(View.TASK)).mapToInt(ObservationPart::size).sum()];
		lanes.simulation().observe(lane, row, 0);
		for (float value : row) {
			out.writeFloat(value);
		}
		int image = 0;
		for (ObservationPart part : lanes.observationSpace().images()) {
			byte[] pixels = new byte[part.size()];
			lanes.simulation().draw(image++, lane, pixels, 0);
			out.write(pixels);
		}
	}

	/**
	 * A lane's state in numbers, where a law moves it.
	 *
	 * @param lanes the lanes
	 * @param lane  which
	 * @return the law's state and behind it ω
	 */
	public static double[] numbers(SimulatedLanes lanes, int lane) {
		byte[] state = of(lanes, lane);
		double[] numbers = new double[state.length / Double.BYTES];
		ByteBuffer.wrap(state).asDoubleBuffer().get(numbers);
		return numbers;
	}

	/**
	 * Puts a lane into a state. Its observation's own parts follow.
	 *
	 * @param lanes the lanes
	 * @param lane  which
	 * @param state of lanes of an equal environment
	 */
	public static void put(SimulatedLanes lanes, int lane, byte[] state) {
		ByteArrayInputStream bytes = new ByteArrayInputStream(state);
		try {
			lanes.simulation().readLane(lane, new DataInputStream(bytes));
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
		if (bytes.available() > 0) {
			throw new AssertionError("readLane left " + bytes.available() + " bytes of the state unread");
		}
		lanes.simulation().observe(lane, lanes.observations(), lane * lanes.observationSpace().rowSize());
	}
}
