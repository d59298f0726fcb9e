package org.headstart.api.environment;

import java.awt.Graphics2D;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;

/** Lanes of {@link Dynamics}: time limits, resets within the step, task sampling, random streams, checkpoints. */
public final class DynamicsVectorEnvironment implements VectorEnvironment {

	private final Dynamics dynamics;
	private final TaskSampler tasks;
	private final int lanes;
	private final int observationSize;
	private final int stateSize;
	private final int parameterCount;
	private final int maxEpisodeSteps;

	private final RandomStream[] taskStreams;
	private final RandomStream[] startStreams;
	private final RandomStream[] dynamicsStreams;

	private final double[] states;
	private final double[] omegas;
	private final int[] episodeSteps;
	private final float[] observations;
	private final float[] finalObservations;
	private final float[] rewards;
	private final boolean[] terminated;
	private final boolean[] truncated;

	/**
	 * Allocates the lanes; {@link #reset()} starts them.
	 *
	 * @param dynamics the law
	 * @param lanes    how many, at least 1
	 * @param tasks    draws each episode's task
	 * @param streams  the root of the lanes' randomness
	 */
	public DynamicsVectorEnvironment(Dynamics dynamics, int lanes, TaskSampler tasks, RandomStreams streams) {
		if (lanes < 1) {
			throw new IllegalArgumentException("lanes must be at least 1, is " + lanes);
		}
		this.dynamics = dynamics;
		this.tasks = tasks;
		this.lanes = lanes;
		observationSize = dynamics.observationSpace().size();
		stateSize = dynamics.stateSize();
		parameterCount = dynamics.parameterCount();
		maxEpisodeSteps = dynamics.maxEpisodeSteps();
		taskStreams = streams(streams, "task");
		startStreams = streams(streams, "start");
		dynamicsStreams = streams(streams, "dynamics");
		states = new double[lanes * stateSize];
		omegas = new double[lanes * parameterCount];
		episodeSteps = new int[lanes];
		observations = new float[lanes * observationSize];
		finalObservations = new float[lanes * observationSize];
		rewards = new float[lanes];
		terminated = new boolean[lanes];
		truncated = new boolean[lanes];
	}

	private RandomStream[] streams(RandomStreams root, String consumer) {
		RandomStream[] streams = new RandomStream[lanes];
		for (int lane = 0; lane < lanes; lane++) {
			streams[lane] = root.stream(consumer + "/lane-" + lane);
		}
		return streams;
	}

	@Override
	public int lanes() {
		return lanes;
	}

	@Override
	public BoxSpace observationSpace() {
		return dynamics.observationSpace();
	}

	@Override
	public ActionSpace actionSpace() {
		return dynamics.actionSpace();
	}

	@Override
	public void reset() {
		for (int lane = 0; lane < lanes; lane++) {
			rewards[lane] = 0;
			terminated[lane] = false;
			truncated[lane] = false;
			startEpisode(lane);
		}
	}

	private void startEpisode(int lane) {
		int state = lane * stateSize;
		int omega = lane * parameterCount;
		tasks.sample(taskStreams[lane], omegas, omega);
		dynamics.start(states, state, omegas, omega, startStreams[lane]);
		episodeSteps[lane] = 0;
		dynamics.observe(states, state, omegas, omega, observations, lane * observationSize);
	}

	@Override
	public void step(ActionBatch actions) {
		dynamics.step(states, omegas, actions, lanes, dynamicsStreams, rewards, terminated);
		for (int lane = 0; lane < lanes; lane++) {
			boolean limit = ++episodeSteps[lane] >= maxEpisodeSteps;
			truncated[lane] = limit && !terminated[lane];
			if (limit || terminated[lane]) {
				dynamics.observe(states, lane * stateSize, omegas, lane * parameterCount, finalObservations,
						lane * observationSize);
				startEpisode(lane);
			} else {
				dynamics.observe(states, lane * stateSize, omegas, lane * parameterCount, observations,
						lane * observationSize);
			}
		}
	}

	@Override
	public float[] observations() {
		return observations;
	}

	@Override
	public float[] finalObservations() {
		return finalObservations;
	}

	@Override
	public float[] rewards() {
		return rewards;
	}

	@Override
	public boolean[] terminated() {
		return terminated;
	}

	@Override
	public boolean[] truncated() {
		return truncated;
	}

	@Override
	public void task(int lane, double[] omega) {
		System.arraycopy(omegas, lane * parameterCount, omega, 0, parameterCount);
	}

	@Override
	public double[] state(int lane) {
		double[] state = new double[stateSize];
		System.arraycopy(states, lane * stateSize, state, 0, stateSize);
		return state;
	}

	@Override
	public void setState(int lane, double[] state) {
		if (state.length != stateSize) {
			throw new IllegalArgumentException("a state has " + stateSize + " components, not " + state.length);
		}
		System.arraycopy(state, 0, states, lane * stateSize, stateSize);
		dynamics.observe(states, lane * stateSize, omegas, lane * parameterCount, observations, lane * observationSize);
	}

	@Override
	public void render(int lane, Graphics2D canvas, int width, int height) {
		double[] omega = new double[parameterCount];
		task(lane, omega);
		dynamics.render(state(lane), omega, canvas, width, height);
	}

	@Override
	public void writeState(DataOutput out) throws IOException {
		for (int lane = 0; lane < lanes; lane++) {
			taskStreams[lane].writeState(out);
			startStreams[lane].writeState(out);
			dynamicsStreams[lane].writeState(out);
			out.writeInt(episodeSteps[lane]);
		}
		for (double value : states) {
			out.writeDouble(value);
		}
		for (double value : omegas) {
			out.writeDouble(value);
		}
	}

	@Override
	public void readState(DataInput in) throws IOException {
		for (int lane = 0; lane < lanes; lane++) {
			taskStreams[lane].readState(in);
			startStreams[lane].readState(in);
			dynamicsStreams[lane].readState(in);
			episodeSteps[lane] = in.readInt();
		}
		for (int i = 0; i < states.length; i++) {
			states[i] = in.readDouble();
		}
		for (int i = 0; i < omegas.length; i++) {
			omegas[i] = in.readDouble();
		}
		for (int lane = 0; lane < lanes; lane++) {
			dynamics.observe(states, lane * stateSize, omegas, lane * parameterCount, observations,
					lane * observationSize);
		}
	}
}
