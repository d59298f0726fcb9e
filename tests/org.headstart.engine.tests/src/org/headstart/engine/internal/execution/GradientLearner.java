package org.headstart.engine.internal.execution;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.Lanes;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.experience.ReplayBuffer;
import org.headstart.api.learner.ActorCritic;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentSite;
import org.headstart.api.learner.Learner;
import org.headstart.api.learner.Metrics;
import org.headstart.api.learner.Policy;
import org.headstart.api.network.Head;
import org.headstart.api.network.Network;
import org.headstart.api.network.NetworkDescription;
import org.headstart.api.network.Optimizer;
import org.headstart.api.network.Trunk;
import org.headstart.api.random.RandomStream;
import org.headstart.api.settings.NoSettings;

/**
 * A policy gradient on single rewards for two actions: as small as a learner can be that has everything a checkpoint must keep,
 * namely a network, an optimizer, a running mean, counters, random streams, experience that is not learned from yet, and replay.
 */
class GradientLearner implements Learner<NoSettings> {

	private static final int ROLLOUT = 7;
	private static final int LANES = 4;
	private static final int REPLAY = 64;

	private final int lanes;
	/** Whether its agents give their distribution. */
	private final boolean open;

	GradientLearner() {
		this(LANES);
	}

	GradientLearner(int lanes) {
		this(lanes, false);
	}

	GradientLearner(int lanes, boolean open) {
		this.lanes = lanes;
		this.open = open;
	}

	@Override
	public List<NetworkDescription> networks(NoSettings settings, ObservationSpace observation, ActionSpace actions) {
		Trunk trunk = new Trunk("shared", List.of(Head.policy(((DiscreteSpace) actions).count(), 0.01)));
		return List.of(NetworkDescription.of(observation, List.of(trunk), new Optimizer.Sgd()));
	}

	@Override
	public int lanes(NoSettings settings) {
		return lanes;
	}

	@Override
	public Agent agent(NoSettings settings, AgentSite site) {
		return new GradientAgent(site, open);
	}

	private static final class GradientAgent implements Agent {

		private final Network network;
		private final boolean open;
		private final int size;
		private final RandomStream random;
		private final AgentSite site;
		private final ReplayBuffer replay;
		private final RandomStream draws;
		private final int[] drawn = new int[1];
		private int lanes;
		private int steps;
		private float[] observations = {};
		private int[] actions = {};
		private float[] rewards = {};
		private float[] probabilities = {};
		private double meanReward;
		private long updates;

		GradientAgent(AgentSite site, boolean open) {
			this.site = site;
			this.open = open;
			network = site.networks().values().iterator().next();
			size = site.observationSpace().rowSize();
			random = site.streams().stream("actions");
			draws = site.streams().stream("replay");
			replay = new ReplayBuffer("replay", site.observationSpace(), site.actionSpace(), REPLAY, site.chunks());
		}

		@Override
		public Map<String, Network> networks() {
			return site.networks();
		}

		@Override
		public void begin(int count) {
			lanes = count;
			steps = 0;
			replay.begin(lanes);
			observations = new float[ROLLOUT * lanes * size];
			actions = new int[ROLLOUT * lanes];
			rewards = new float[ROLLOUT * lanes];
			probabilities = new float[ROLLOUT * lanes];
		}

		@Override
		public void act(Lanes environment, ActionBatch batch) {
			float[] input = environment.observations();
			System.arraycopy(input, 0, observations, steps * lanes * size, lanes * size);
			network.forward(observations, steps * lanes * size, lanes);
			for (int lane = 0; lane < lanes; lane++) {
				float right = right(lane);
				batch.index[lane] = random.nextFloat() < right ? 1 : 0;
				actions[steps * lanes + lane] = batch.index[lane];
				probabilities[steps * lanes + lane] = right;
			}
			replay.append(environment, batch);
		}

		private float right(int row) {
			float[] out = network.outputs();
			int at = row * network.outputStride();
			return (float) (1 / (1 + StrictMath.exp(out[at] - out[at + 1])));
		}

		@Override
		public void observe(Lanes environment) {
			System.arraycopy(environment.rewards(), 0, rewards, steps * lanes, lanes);
			replay.observe(environment);
			steps++;
		}

		@Override
		public boolean ready() {
			return steps == ROLLOUT;
		}

		@Override
		public void update(Metrics metrics) {
			if (steps == 0) {
				throw new IllegalStateException("nothing to learn from");
			}
			int rows = steps * lanes;
			network.forward(observations, 0, rows);
			float[] gradients = network.outputGradients();
			Arrays.fill(gradients, 0);
			double sum = 0;
			for (int row = 0; row < rows; row++) {
				float advantage = (float) (rewards[row] - meanReward);
				float push = (actions[row] - probabilities[row]) * advantage / rows;
				int at = row * network.outputStride();
				gradients[at] = push;
				gradients[at + 1] = -push;
				sum += rewards[row];
			}
			network.backward(rows);
			network.update(1, 0.5f / (1 + 0.001f * updates));
			meanReward = 0.9 * meanReward + 0.1 * sum / rows;
			updates++;
			steps = 0;
			metrics.report("mean-reward", meanReward);
			if (replay.size() > 0) {
				replay.draw(draws, drawn, 1);
				metrics.report("replayed-reward", replay.reward(drawn[0]));
			}
			if (updates > 3) {
				metrics.report("updates", updates);
			}
		}

		@Override
		public Policy policy(int count, boolean greedy) {
			RandomStream own = site.streams().stream("evaluation/" + updates);
			return (environment, batch) -> {
				network.forward(environment.observations(), 0, count);
				for (int lane = 0; lane < count; lane++) {
					batch.index[lane] = (greedy ? 0.5f : own.nextFloat()) < right(lane) ? 1 : 0;
				}
			};
		}

		@Override
		public Optional<ActorCritic> actorCritic(int count) {
			if (!open) {
				return Optional.empty();
			}
			return Optional.of(new ActorCritic() {

				@Override
				public int distributionSize() {
					return 2;
				}

				@Override
				public void evaluate(Lanes environment, float[] distribution, float[] values) {
					network.forward(environment.observations(), 0, environment.lanes());
					for (int row = 0; row < environment.lanes(); row++) {
						System.arraycopy(network.outputs(), row * network.outputStride(), distribution, 2 * row, 2);
						values[row] = (float) meanReward;
					}
				}
			});
		}

		@Override
		public void restart(boolean keepNormalisers) {
			network.resetOptimizer();
			updates = 0;
			if (!keepNormalisers) {
				meanReward = 0;
			}
		}

		@Override
		public void readKnowledge(DataInput knowledge, boolean policy) throws IOException {
			meanReward = knowledge.readDouble();
		}

		@Override
		public void writeKnowledge(DataOutput out) throws IOException {
			out.writeDouble(meanReward);
		}

		@Override
		public void writeState(DataOutput out) throws IOException {
			for (Network each : networks().values()) {
				each.writeState(out);
			}
			random.writeState(out);
			draws.writeState(out);
			replay.writeState(out);
			out.writeInt(steps);
			out.writeDouble(meanReward);
			out.writeLong(updates);
			for (int i = 0; i < steps * lanes; i++) {
				out.writeInt(actions[i]);
				out.writeFloat(rewards[i]);
				out.writeFloat(probabilities[i]);
			}
			for (int i = 0; i < steps * lanes * size; i++) {
				out.writeFloat(observations[i]);
			}
		}

		@Override
		public void readState(DataInput in) throws IOException {
			for (Network each : networks().values()) {
				each.readState(in);
			}
			random.readState(in);
			draws.readState(in);
			replay.readState(in);
			steps = in.readInt();
			meanReward = in.readDouble();
			updates = in.readLong();
			for (int i = 0; i < steps * lanes; i++) {
				actions[i] = in.readInt();
				rewards[i] = in.readFloat();
				probabilities[i] = in.readFloat();
			}
			for (int i = 0; i < steps * lanes * size; i++) {
				observations[i] = in.readFloat();
			}
		}
	}
}
