package org.headstart.examples.dqn;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Predicate;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.Lanes;
import org.headstart.api.experience.ReplayBuffer;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentSite;
import org.headstart.api.learner.Metrics;
import org.headstart.api.learner.Policy;
import org.headstart.api.network.Network;
import org.headstart.api.random.RandomStream;

/** The agent of deep Q-learning: it makes an update on a minibatch of its replay after each step of the lanes. */
final class DqnAgent implements Agent {

	private static final double LARGEST_GRADIENT_NORM = 10;
	private static final Predicate<String> ALL = vertex -> true;

	private final DqnSettings settings;
	private final AgentSite site;
	private final Network network;
	private final Network target;
	private final int actionCount;
	private final ReplayBuffer replay;
	private final RandomStream exploration;
	private final RandomStream draws;
	private final int[] places;
	private final float[] observations;
	/** r + γ max Q(s′, ·), [minibatch]. */
	private final float[] targets;
	/** Environment steps since the start or {@link #restart}. */
	private long steps;
	private boolean collected;

	DqnAgent(DqnSettings settings, AgentSite site) {
		this.settings = settings;
		this.site = site;
		network = site.network();
		target = network.copy();
		actionCount = network.headSize(0);
		int size = site.observationSpace().rowSize();
		replay = new ReplayBuffer("replay", site.observationSpace(), site.actionSpace(), settings.capacity(), site.chunks());
		exploration = site.streams().stream("exploration");
		draws = site.streams().stream("replay");
		places = new int[settings.minibatch()];
		observations = new float[settings.minibatch() * size];
		targets = new float[settings.minibatch()];
	}

	@Override
	public Map<String, Network> networks() {
		return site.networks();
	}

	@Override
	public void begin(int lanes) {
		replay.begin(lanes);
		collected = false;
	}

	@Override
	public void act(Lanes lanes, ActionBatch actions) {
		choose(lanes, actions, epsilon(), exploration);
		replay.append(lanes, actions);
		steps += lanes.lanes();
	}

	private double epsilon() {
		double fall = settings.exploration() * site.plannedSteps();
		return fall > 0 ? Math.max(settings.leastEpsilon(), 1 - (1 - settings.leastEpsilon()) * steps / fall) : settings.leastEpsilon();
	}

	private void choose(Lanes lanes, ActionBatch actions, double epsilon, RandomStream random) {
		network.forward(lanes.observations(), 0, lanes.lanes());
		for (int lane = 0; lane < lanes.lanes(); lane++) {
			boolean explores = epsilon > 0 && random.nextDouble() < epsilon;
			actions.index[lane] = explores ? random.nextInt(actionCount) : best(network, lane);
		}
	}

	private int best(Network of, int row) {
		float[] outputs = of.outputs();
		int first = row * of.outputStride();
		int best = 0;
		for (int action = 1; action < actionCount; action++) {
			if (outputs[first + action] > outputs[first + best]) {
				best = action;
			}
		}
		return best;
	}

	@Override
	public void observe(Lanes lanes) {
		replay.observe(lanes);
		collected = true;
	}

	@Override
	public boolean ready() {
		return collected;
	}

	@Override
	public void update(Metrics metrics) {
		collected = false;
		if (replay.size() < settings.warmUp()) {
			return;
		}
		int rows = places.length;
		replay.draw(draws, places, rows);
		replay.nextObservations(places, rows, observations);
		target.forward(observations, 0, rows);
		for (int row = 0; row < rows; row++) {
			float next = replay.terminated(places[row]) ? 0 : target.outputs()[row * target.outputStride() + best(target, row)];
			targets[row] = replay.reward(places[row]) + (float) settings.gamma() * next;
		}
		replay.observations(places, rows, observations);
		network.forward(observations, 0, rows);
		float[] gradients = network.outputGradients();
		Arrays.fill(gradients, 0, rows * network.outputStride(), 0);
		double loss = 0;
		for (int row = 0; row < rows; row++) {
			int at = row * network.outputStride() + replay.choice(places[row]);
			float error = network.outputs()[at] - targets[row];
			// Huber's loss: quadratic near 0, linear beyond 1
			gradients[at] = Math.clamp(error, -1f, 1f) / rows;
			loss += Math.abs(error) < 1 ? 0.5 * error * error : Math.abs(error) - 0.5;
		}
		network.backward(rows);
		double norm = Math.sqrt(network.gradientSquaredNorm());
		network.update((float) Math.min(1, LARGEST_GRADIENT_NORM / (norm + 1e-6)), (float) settings.learningRate());
		target.moveTowards(network, (float) settings.targetShare(), ALL);
		metrics.report("q-loss", loss / rows);
		metrics.report("epsilon", epsilon());
	}

	@Override
	public Policy policy(int lanes, boolean greedy) {
		RandomStream random = site.streams().stream("evaluation/" + steps);
		return (shown, actions) -> choose(shown, actions, greedy ? 0 : epsilon(), random);
	}

	/** Drops the replay, which belongs to another task. */
	@Override
	public void restart(boolean keepNormalisers) {
		network.resetOptimizer();
		target.moveTowards(network, 1, ALL);
		replay.clear();
		steps = 0;
		collected = false;
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
		target.writeState(out);
		replay.writeState(out);
		exploration.writeState(out);
		draws.writeState(out);
		out.writeLong(steps);
		out.writeBoolean(collected);
	}

	@Override
	public void readState(DataInput in) throws IOException {
		network.readState(in);
		target.readState(in);
		replay.readState(in);
		exploration.readState(in);
		draws.readState(in);
		steps = in.readLong();
		collected = in.readBoolean();
	}
}
