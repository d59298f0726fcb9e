package org.headstart.examples.hillclimb;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.headstart.api.distribution.ActionDistribution;
import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.Lanes;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentSite;
import org.headstart.api.learner.Metrics;
import org.headstart.api.learner.Policy;
import org.headstart.api.network.Network;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;

/** The agent of hill climbing: it keeps the best weights and tries perturbations of them. */
final class HillClimbAgent implements Agent {

	private static final int MOST_LANES = 1 << 16;

	/** One weight tensor: its best value, and the present perturbation. */
	private record Tensor(String vertex, String name, float[] best, float[] step, float[] trial) {}

	private final HillClimbSettings settings;
	private final Map<String, Network> networks;
	private final Network network;
	private final ActionDistribution distribution;
	private final RandomStreams streams;
	private final Tensor[] tensors;
	/** By tensor, whether a warm start froze it. */
	private final boolean[] frozen;
	private RandomStream noise;
	private boolean onTrial;
	private double bestScore = Double.NEGATIVE_INFINITY;

	private double[] laneReturns = new double[0];
	private double finishedReturns;
	private int finishedEpisodes;

	HillClimbAgent(HillClimbSettings settings, AgentSite site) {
		this.settings = settings;
		networks = site.networks();
		network = site.network();
		distribution = ActionDistribution.of(site.actionSpace());
		streams = site.streams();
		noise = streams.stream("noise");
		List<Tensor> all = new ArrayList<>();
		for (String vertex : network.parameterVertices()) {
			for (String name : network.parameters(vertex)) {
				float[] best = network.parameter(vertex, name);
				all.add(new Tensor(vertex, name, best, new float[best.length], new float[best.length]));
			}
		}
		tensors = all.toArray(Tensor[]::new);
		frozen = new boolean[tensors.length];
	}

	@Override
	public Map<String, Network> networks() {
		return networks;
	}

	@Override
	public void begin(int lanes) {
		laneReturns = new double[lanes];
		forgetExperience();
		// A warm start may have changed the weights since.
		for (int t = 0; t < tensors.length; t++) {
			Tensor tensor = tensors[t];
			float[] weights = network.parameter(tensor.vertex, tensor.name);
			System.arraycopy(weights, 0, tensor.best, 0, weights.length);
			frozen[t] = network.frozenVertices().contains(tensor.vertex);
		}
		if (!onTrial) {
			perturb();
		}
	}

	@Override
	public void act(Lanes environment, ActionBatch actions) {
		for (Tensor tensor : tensors) {
			for (int i = 0; i < tensor.trial.length; i++) {
				tensor.trial[i] = tensor.best[i] + tensor.step[i];
			}
			network.setParameter(tensor.vertex, tensor.name, tensor.trial);
		}
		choose(environment, actions);
		restoreBest();
	}

	@Override
	public void observe(Lanes environment) {
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
		if (finishedEpisodes > 0) {
			double score = finishedReturns / finishedEpisodes;
			if (score >= bestScore) {
				bestScore = score;
				for (Tensor tensor : tensors) {
					for (int i = 0; i < tensor.best.length; i++) {
						tensor.best[i] += tensor.step[i];
					}
				}
				restoreBest();
			}
			metrics.report("trial-return", score);
			metrics.report("best-return", bestScore);
			perturb();
		}
		forgetExperience();
	}

	@Override
	public Policy policy(int lanes, boolean greedy) {
		// The policy is deterministic, so {@code greedy} has no effect.
		return this::choose;
	}

	@Override
	public void restart(boolean keepNormalisers) {
		noise = streams.stream("noise");
		onTrial = false;
		bestScore = Double.NEGATIVE_INFINITY;
		network.resetOptimizer();
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
		for (Tensor tensor : tensors) {
			for (int i = 0; i < tensor.best.length; i++) {
				out.writeFloat(tensor.best[i]);
				out.writeFloat(tensor.step[i]);
			}
		}
		for (boolean each : frozen) {
			out.writeBoolean(each);
		}
		out.writeBoolean(onTrial);
		out.writeDouble(bestScore);
		out.writeInt(laneReturns.length);
		for (double laneReturn : laneReturns) {
			out.writeDouble(laneReturn);
		}
		out.writeDouble(finishedReturns);
		out.writeInt(finishedEpisodes);
	}

	@Override
	public void readState(DataInput in) throws IOException {
		network.readState(in);
		noise.readState(in);
		for (Tensor tensor : tensors) {
			for (int i = 0; i < tensor.best.length; i++) {
				tensor.best[i] = in.readFloat();
				tensor.step[i] = in.readFloat();
			}
		}
		for (int t = 0; t < frozen.length; t++) {
			frozen[t] = in.readBoolean();
		}
		onTrial = in.readBoolean();
		bestScore = in.readDouble();
		int lanes = in.readInt();
		if (lanes < 0 || lanes > MOST_LANES) {
			// the file may be damaged; a size from it must not allocate all memory
			throw new IOException("the state cannot be of " + lanes + " lanes");
		}
		laneReturns = new double[lanes];
		for (int i = 0; i < laneReturns.length; i++) {
			laneReturns[i] = in.readDouble();
		}
		finishedReturns = in.readDouble();
		finishedEpisodes = in.readInt();
	}

	private void forgetExperience() {
		Arrays.fill(laneReturns, 0);
		finishedReturns = 0;
		finishedEpisodes = 0;
	}

	private void choose(Lanes environment, ActionBatch actions) {
		int lanes = environment.lanes();
		network.forward(environment.observations(), 0, lanes);
		distribution.mode(network.outputs(), network.headOffset(0), network.outputStride(), lanes, actions, 0, null, 0);
	}

	/** Draws the next perturbation. */
	private void perturb() {
		for (int t = 0; t < tensors.length; t++) {
			float[] step = tensors[t].step;
			for (int i = 0; i < step.length; i++) {
				step[i] = frozen[t] ? 0 : (float) (settings.noise() * noise.nextGaussian());
			}
		}
		onTrial = true;
	}

	private void restoreBest() {
		for (Tensor tensor : tensors) {
			network.setParameter(tensor.vertex, tensor.name, tensor.best);
		}
	}
}
