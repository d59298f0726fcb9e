package org.headstart.api.environment;

import java.awt.Graphics2D;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

import org.headstart.api.random.RandomStream;

/** Lanes whose states are one array, moved by {@link Dynamics}. */
final class DynamicsSimulation implements Simulation {

	private final Dynamics dynamics;
	private final int lanes;
	private final int stateSize;
	private final int parameterCount;
	private final double[] states;
	private final double[] omegas;
	private final RandomStream[] startStreams;
	private final RandomStream[] dynamicsStreams;
	/** The states of resting lanes before a step, and the streams that they draw from during it; allocated when the first lane rests. */
	private double[] statesBefore;
	private RandomStream[] movingStreams;
	private RandomStream unused;

	DynamicsSimulation(Dynamics dynamics, LaneStreams streams) {
		this.dynamics = dynamics;
		lanes = streams.lanes();
		stateSize = dynamics.stateSize();
		parameterCount = dynamics.parameterCount();
		states = new double[lanes * stateSize];
		omegas = new double[lanes * parameterCount];
		startStreams = streams.of(LaneStreams.START);
		dynamicsStreams = streams.of(LaneStreams.DYNAMICS);
	}

	@Override
	public void start(int lane, double[] omega, int omegaOffset) {
		System.arraycopy(omega, omegaOffset, omegas, lane * parameterCount, parameterCount);
		dynamics.start(states, lane * stateSize, omegas, lane * parameterCount, startStreams[lane]);
	}

	@Override
	public void step(ActionBatch actions, boolean[] moves, float[] rewards, boolean[] terminated) {
		if (moves == null) {
			dynamics.step(states, omegas, actions, lanes, dynamicsStreams, rewards, terminated);
		} else {
			stepSome(actions, moves, rewards, terminated);
		}
	}

	/** The dynamics move all lanes. Resting lanes are restored afterwards; meanwhile they draw from streams that no other lane uses. */
	private void stepSome(ActionBatch actions, boolean[] moves, float[] rewards, boolean[] terminated) {
		if (statesBefore == null) {
			statesBefore = new double[states.length];
			movingStreams = new RandomStream[lanes];
			unused = new RandomStream(0);
		}
		System.arraycopy(states, 0, statesBefore, 0, states.length);
		for (int lane = 0; lane < lanes; lane++) {
			movingStreams[lane] = moves[lane] ? dynamicsStreams[lane] : unused;
		}
		dynamics.step(states, omegas, actions, lanes, movingStreams, rewards, terminated);
		for (int lane = 0; lane < lanes; lane++) {
			if (!moves[lane]) {
				System.arraycopy(statesBefore, lane * stateSize, states, lane * stateSize, stateSize);
			}
		}
	}

	@Override
	public void observe(int lane, float[] observation, int offset) {
		dynamics.observe(states, lane * stateSize, omegas, lane * parameterCount, observation, offset);
	}

	@Override
	public void draw(int image, int lane, byte[] pixels, int offset) {
		dynamics.draw(image, states, lane * stateSize, omegas, lane * parameterCount, pixels, offset);
	}

	@Override
	public void outcomes(int lane, double[] outcomes, int offset) {
		dynamics.outcomes(states, lane * stateSize, omegas, lane * parameterCount, outcomes, offset);
	}

	@Override
	public void trace(int lane, double[] values, int offset) {
		dynamics.trace(states, lane * stateSize, omegas, lane * parameterCount, values, offset);
	}

	@Override
	public boolean render(int lane, Graphics2D canvas, int width, int height) {
		double[] state = new double[stateSize];
		double[] omega = new double[parameterCount];
		System.arraycopy(states, lane * stateSize, state, 0, stateSize);
		System.arraycopy(omegas, lane * parameterCount, omega, 0, parameterCount);
		dynamics.render(state, omega, canvas, width, height);
		return true;
	}

	@Override
	public boolean savesLanes() {
		return true;
	}

	@Override
	public void writeLane(int lane, DataOutput out) throws IOException {
		for (int i = 0; i < stateSize; i++) {
			out.writeDouble(states[lane * stateSize + i]);
		}
		for (int i = 0; i < parameterCount; i++) {
			out.writeDouble(omegas[lane * parameterCount + i]);
		}
	}

	@Override
	public void readLane(int lane, DataInput in) throws IOException {
		for (int i = 0; i < stateSize; i++) {
			states[lane * stateSize + i] = in.readDouble();
		}
		for (int i = 0; i < parameterCount; i++) {
			omegas[lane * parameterCount + i] = in.readDouble();
		}
	}

	@Override
	public void close() {
		// arrays
	}
}
