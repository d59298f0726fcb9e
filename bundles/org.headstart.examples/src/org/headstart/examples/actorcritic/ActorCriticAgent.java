package org.headstart.examples.actorcritic;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.function.Predicate;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.Lanes;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentSite;
import org.headstart.api.learner.Metrics;
import org.headstart.api.learner.Policy;
import org.headstart.api.network.Network;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;

/** The agent with its actor and critic. Actions are tanh of the actor's head, scaled so that the box's bounds are −1 and 1. */
final class ActorCriticAgent implements Agent {

	private static final Predicate<String> ALL = vertex -> true;

	private final ActorCriticSettings settings;
	private final Map<String, Network> networks;
	private final Network actor;
	private final Network critic;
	private final Network targetActor;
	private final Network targetCritic;
	private final RandomStreams streams;
	private final RandomStream noise;
	private final int observationSize;
	private final int actionSize;
	private final float[] middle;
	private final float[] halfRange;
	private long updates;

	private int lanes;
	private int horizon;
	/** Collected steps of the rollout; all arrays below are [horizon × lanes], row {@code step × lanes + lane}. */
	private int steps;
	private float[] observations = {};
	private float[] nextObservations = {};
	private float[] actions = {};
	private float[] rewards = {};
	private boolean[] terminated = {};
	/** Of an update: the actor's actions, and the critic's targets. */
	private float[] chosen = {};
	private float[] targets = {};

	ActorCriticAgent(ActorCriticSettings settings, AgentSite site) {
		this.settings = settings;
		networks = site.networks();
		actor = site.network(ActorCritic.ACTOR);
		critic = site.network(ActorCritic.CRITIC);
		targetActor = actor.copy();
		targetCritic = critic.copy();
		streams = site.streams();
		noise = streams.stream("noise");
		observationSize = site.observationSpace().rowSize();
		BoxSpace box = (BoxSpace) site.actionSpace();
		actionSize = box.size();
		middle = new float[actionSize];
		halfRange = new float[actionSize];
		for (int i = 0; i < actionSize; i++) {
			if (!Float.isFinite(box.low()[i]) || !Float.isFinite(box.high()[i])) {
				throw new IllegalArgumentException("component " + i + " of the actions has no bounds, which the actor's tanh needs");
			}
			middle[i] = 0.5f * (box.low()[i] + box.high()[i]);
			halfRange[i] = 0.5f * (box.high()[i] - box.low()[i]);
		}
	}

	@Override
	public Map<String, Network> networks() {
		return networks;
	}

	@Override
	public void begin(int count) {
		makeRoom(count);
		if (updates == 0) {
			// a warm start may have changed the weights since the copies were made
			follow(1);
		}
	}

	private void makeRoom(int count) {
		steps = 0;
		if (count == lanes) {
			return;
		}
		lanes = count;
		horizon = Math.max(1, settings.lanes() * settings.rolloutSteps() / lanes);
		int rows = horizon * lanes;
		observations = new float[rows * observationSize];
		nextObservations = new float[rows * observationSize];
		actions = new float[rows * actionSize];
		rewards = new float[rows];
		terminated = new boolean[rows];
		chosen = new float[rows * actionSize];
		targets = new float[rows];
	}

	private void follow(float share) {
		targetActor.moveTowards(actor, share, ALL);
		targetCritic.moveTowards(critic, share, ALL);
	}

	/** Fills {@code into} with tanh of the head, in rows of an action. */
	private void choose(Network network, float[] from, int offset, int rows, float[] into, int at) {
		network.forward(from, offset, rows);
		for (int row = 0; row < rows; row++) {
			for (int i = 0; i < actionSize; i++) {
				into[at + row * actionSize + i] = (float) Math.tanh(network.outputs()[row * network.outputStride() + i]);
			}
		}
	}

	private void give(float[] unit, int offset, int rows, ActionBatch batch) {
		for (int row = 0; row < rows; row++) {
			for (int i = 0; i < actionSize; i++) {
				batch.values[row * actionSize + i] = middle[i] + halfRange[i] * unit[offset + row * actionSize + i];
			}
		}
	}

	@Override
	public void act(Lanes environment, ActionBatch batch) {
		int row = steps * lanes;
		System.arraycopy(environment.observations(), 0, observations, row * observationSize, lanes * observationSize);
		choose(actor, observations, row * observationSize, lanes, actions, row * actionSize);
		for (int i = row * actionSize; i < (row + lanes) * actionSize; i++) {
			actions[i] = (float) Math.clamp(actions[i] + settings.noise() * noise.nextGaussian(), -1, 1);
		}
		give(actions, row * actionSize, lanes, batch);
	}

	@Override
	public void observe(Lanes environment) {
		for (int lane = 0; lane < lanes; lane++) {
			int row = steps * lanes + lane;
			rewards[row] = environment.rewards()[lane];
			terminated[row] = environment.terminated()[lane];
			float[] next = environment.truncated()[lane] ? environment.finalObservations() : environment.observations();
			System.arraycopy(next, lane * observationSize, nextObservations, row * observationSize, observationSize);
		}
		steps++;
	}

	@Override
	public boolean ready() {
		return lanes > 0 && steps == horizon;
	}

	@Override
	public void update(Metrics metrics) {
		int rows = steps * lanes;
		double error = 0;
		double value = 0;
		for (int epoch = 0; epoch < settings.epochs(); epoch++) {
			error += learnToJudge(rows) / settings.epochs();
			value += learnToAct(rows) / settings.epochs();
			follow((float) settings.targetShare());
		}
		steps = 0;
		updates++;
		metrics.report("critic-loss", error);
		metrics.report("value", value);
	}

	/** Computes ½ E[(Q(s, a) − r − γ Q′(s′, μ′(s′)))²], and makes a step down. */
	private double learnToJudge(int rows) {
		choose(targetActor, nextObservations, 0, rows, chosen, 0);
		targetCritic.input(1, chosen, 0, actionSize);
		targetCritic.forward(nextObservations, 0, rows);
		for (int row = 0; row < rows; row++) {
			float beyond = terminated[row] ? 0 : targetCritic.outputs()[row * targetCritic.outputStride()];
			targets[row] = rewards[row] + (float) settings.gamma() * beyond;
		}
		critic.input(1, actions, 0, actionSize);
		critic.forward(observations, 0, rows);
		double squares = 0;
		for (int row = 0; row < rows; row++) {
			int at = row * critic.outputStride();
			float difference = critic.outputs()[at] - targets[row];
			critic.outputGradients()[at] = difference / rows;
			squares += difference * difference;
		}
		critic.backward(rows);
		critic.update(1, (float) settings.criticLearningRate());
		return 0.5 * squares / rows;
	}

	/** Computes E[Q(s, μ(s))], and makes a step up: ∂Q / ∂μ · ∂μ / ∂θ (Silver et al. 2014, eq. 9). */
	private double learnToAct(int rows) {
		choose(actor, observations, 0, rows, chosen, 0);
		critic.input(1, chosen, 0, actionSize);
		critic.forward(observations, 0, rows);
		double value = 0;
		for (int row = 0; row < rows; row++) {
			int at = row * critic.outputStride();
			value += critic.outputs()[at];
			critic.outputGradients()[at] = -1f / rows;
		}
		critic.backwardToInputs(rows);
		float[] ofActions = critic.inputGradients(1);
		for (int row = 0; row < rows; row++) {
			for (int i = 0; i < actionSize; i++) {
				float action = chosen[row * actionSize + i];
				actor.outputGradients()[row * actor.outputStride() + i] = ofActions[row * critic.inputGradientStride(1) + i]
						* (1 - action * action);
			}
		}
		actor.backward(rows);
		actor.update(1, (float) settings.actorLearningRate());
		return value / rows;
	}

	@Override
	public Policy policy(int count, boolean greedy) {
		RandomStream own = streams.stream("evaluation/" + updates);
		float[] unit = new float[count * actionSize];
		return (environment, batch) -> {
			int rows = environment.lanes();
			choose(actor, environment.observations(), 0, rows, unit, 0);
			if (!greedy) {
				for (int i = 0; i < rows * actionSize; i++) {
					unit[i] = (float) Math.clamp(unit[i] + settings.noise() * own.nextGaussian(), -1, 1);
				}
			}
			give(unit, 0, rows, batch);
		};
	}

	@Override
	public void restart(boolean keepNormalisers) {
		actor.resetOptimizer();
		critic.resetOptimizer();
		follow(1);
		updates = 0;
		steps = 0;
	}

	@Override
	public void readKnowledge(DataInput knowledge, boolean policy) {
		// all knowledge is in the networks
	}

	@Override
	public void writeKnowledge(DataOutput out) {
		// all knowledge is in the networks
	}

	@Override
	public void writeState(DataOutput out) throws IOException {
		for (Network network : new Network[] {actor, critic, targetActor, targetCritic}) {
			network.writeState(out);
		}
		noise.writeState(out);
		out.writeLong(updates);
		out.writeInt(lanes);
		out.writeInt(steps);
		for (int row = 0; row < steps * lanes; row++) {
			for (int i = 0; i < observationSize; i++) {
				out.writeFloat(observations[row * observationSize + i]);
				out.writeFloat(nextObservations[row * observationSize + i]);
			}
			for (int i = 0; i < actionSize; i++) {
				out.writeFloat(actions[row * actionSize + i]);
			}
			out.writeFloat(rewards[row]);
			out.writeBoolean(terminated[row]);
		}
	}

	@Override
	public void readState(DataInput in) throws IOException {
		for (Network network : new Network[] {actor, critic, targetActor, targetCritic}) {
			network.readState(in);
		}
		noise.readState(in);
		updates = in.readLong();
		int count = in.readInt();
		int made = in.readInt();
		if (count < 0 || count > settings.lanes() * settings.rolloutSteps() || made < 0) {
			throw new IOException("the state cannot be of " + made + " steps of " + count + " lanes");
		}
		if (count == 0) {
			return;
		}
		makeRoom(count);
		if (made > horizon) {
			throw new IOException("the state has " + made + " steps of a rollout of " + horizon);
		}
		steps = made;
		for (int row = 0; row < steps * lanes; row++) {
			for (int i = 0; i < observationSize; i++) {
				observations[row * observationSize + i] = in.readFloat();
				nextObservations[row * observationSize + i] = in.readFloat();
			}
			for (int i = 0; i < actionSize; i++) {
				actions[row * actionSize + i] = in.readFloat();
			}
			rewards[row] = in.readFloat();
			terminated[row] = in.readBoolean();
		}
	}
}
