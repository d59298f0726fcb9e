package org.headstart.examples.hillclimb;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.VectorEnvironment;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentSite;
import org.headstart.api.learner.Metrics;
import org.headstart.api.learner.Policy;
import org.headstart.api.network.Network;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;

/** Hill climbing at work: the network holds the candidate under trial, {@code best} the weights to beat. */
final class HillClimbAgent implements Agent {

	private final HillClimbSettings settings;
	private final Network network;
	private final ActionSpace actionSpace;
	private final RandomStreams streams;
	private RandomStream noise;
	private float[] best;
	private double bestScore = Double.NEGATIVE_INFINITY;

	private double[] laneReturns = new double[0];
	private double finishedReturns;
	private int finishedEpisodes;
	private boolean experienced;

	HillClimbAgent(HillClimbSettings settings, AgentSite site) {
		this.settings = settings;
		network = site.network();
		actionSpace = site.actionSpace();
		streams = site.streams();
		noise = streams.stream("noise");
		best = weights();
	}

	@Override
	public Network network() {
		return network;
	}

	@Override
	public void begin(int lanes) {
		laneReturns = new double[lanes];
		forgetExperience();
	}

	@Override
	public void act(float[] observations, ActionBatch actions) {
		choose(observations, actions);
	}

	@Override
	public void observe(VectorEnvironment environment) {
		experienced = true;
		for (int lane = 0; lane < laneReturns.length; lane++) {
			laneReturns[lane] += environment.rewards()[lane];
			if (environment.terminated()[lane] || environment.truncated()[lane]) {
				finishedReturns += laneReturns[lane];
				finishedEpisodes++;
				laneReturns[lane] = 0;
			}
		}
	}

	@Override
	public boolean ready() {
		return finishedEpisodes >= settings.episodes();
	}

	@Override
	public void update(Metrics metrics) {
		if (!experienced) {
			throw new IllegalStateException("there is no experience to learn from");
		}
		if (finishedEpisodes > 0) {
			double score = finishedReturns / finishedEpisodes;
			if (score >= bestScore) {
				bestScore = score;
				best = weights();
			}
			metrics.report("candidate-return", score);
			metrics.report("best-return", bestScore);
			perturb();
		}
		forgetExperience();
	}

	@Override
	public Policy policy(int lanes, boolean greedy) {
		// The policy draws nothing, so sampling and the most likely action are the same.
		return this::choose;
	}

	@Override
	public void restart(boolean keepNormalisers) {
		noise = streams.stream("noise");
		best = weights();
		bestScore = Double.NEGATIVE_INFINITY;
		forgetExperience();
	}

	@Override
	public void readKnowledge(DataInput knowledge, boolean policy) {
		// All knowledge is in the network.
	}

	@Override
	public void writeKnowledge(DataOutput out) {
		// All knowledge is in the network.
	}

	@Override
	public void writeState(DataOutput out) throws IOException {
		network.writeState(out);
		noise.writeState(out);
		out.writeInt(best.length);
		for (float weight : best) {
			out.writeFloat(weight);
		}
		out.writeDouble(bestScore);
		out.writeInt(laneReturns.length);
		for (double laneReturn : laneReturns) {
			out.writeDouble(laneReturn);
		}
		out.writeDouble(finishedReturns);
		out.writeInt(finishedEpisodes);
		out.writeBoolean(experienced);
	}

	@Override
	public void readState(DataInput in) throws IOException {
		network.readState(in);
		noise.readState(in);
		best = new float[in.readInt()];
		for (int i = 0; i < best.length; i++) {
			best[i] = in.readFloat();
		}
		bestScore = in.readDouble();
		laneReturns = new double[in.readInt()];
		for (int i = 0; i < laneReturns.length; i++) {
			laneReturns[i] = in.readDouble();
		}
		finishedReturns = in.readDouble();
		finishedEpisodes = in.readInt();
		experienced = in.readBoolean();
	}

	private void forgetExperience() {
		Arrays.fill(laneReturns, 0);
		finishedReturns = 0;
		finishedEpisodes = 0;
		experienced = false;
	}

	private void choose(float[] observations, ActionBatch actions) {
		int lanes = observations.length / network.inputSize();
		network.forward(observations, 0, lanes);
		float[] outputs = network.outputs();
		for (int lane = 0; lane < lanes; lane++) {
			int row = lane * network.outputStride() + network.headOffset(0);
			if (actionSpace instanceof DiscreteSpace discrete) {
				int chosen = 0;
				for (int action = 1; action < discrete.count(); action++) {
					if (outputs[row + action] > outputs[row + chosen]) {
						chosen = action;
					}
				}
				actions.index[lane] = chosen;
			} else {
				System.arraycopy(outputs, row, actions.values, lane * actions.size, actions.size);
			}
		}
	}

	private void perturb() {
		int next = 0;
		for (String vertex : network.parameterVertices()) {
			boolean frozen = network.frozenVertices().contains(vertex);
			for (String parameter : network.parameters(vertex)) {
				float[] values = network.parameter(vertex, parameter);
				for (int i = 0; i < values.length; i++) {
					values[i] = best[next++] + (frozen ? 0 : (float) (settings.noise() * noise.nextGaussian()));
				}
				network.setParameter(vertex, parameter, values);
			}
		}
	}

	/** All weights in the network's order. */
	private float[] weights() {
		float[] all = new float[0];
		for (String vertex : network.parameterVertices()) {
			for (String parameter : network.parameters(vertex)) {
				float[] values = network.parameter(vertex, parameter);
				float[] longer = Arrays.copyOf(all, all.length + values.length);
				System.arraycopy(values, 0, longer, all.length, values.length);
				all = longer;
			}
		}
		return all;
	}
}
