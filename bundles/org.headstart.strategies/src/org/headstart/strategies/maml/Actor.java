package org.headstart.strategies.maml;

import org.headstart.api.distribution.ActionDistribution;
import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.Lanes;
import org.headstart.api.network.Network;
import org.headstart.api.random.RandomStream;

/** Acts in the lanes of several tasks, with separate parameters for each task, and records the steps in an {@link Episode}. */
final class Actor {

	private final Network network;
	private final ActionDistribution distribution;
	private final int head;
	private final int stride;
	private final int observationSize;
	private final int lanesPerTask;
	private final int lanes;
	private final float[] seen;
	private final float[] done;
	private final double[] logProbabilities;
	/** Log-probabilities of the last actions. */
	private final double[] chosen;
	private final float[] unread;

	Actor(Network network, ActionDistribution distribution, int head, int observationSize, int tasks, int lanesPerTask) {
		this.network = network;
		this.distribution = distribution;
		this.head = head;
		this.observationSize = observationSize;
		this.lanesPerTask = lanesPerTask;
		stride = network.outputStride();
		lanes = tasks * lanesPerTask;
		seen = new float[lanes * observationSize];
		done = new float[lanes * distribution.actionSize()];
		logProbabilities = new double[lanes];
		chosen = new double[lanes];
		unread = new float[lanes];
	}

	/** Chooses actions for all lanes with the network's present parameters. */
	void act(float[] observations, double[] logStd, boolean greedy, RandomStream random, ActionBatch actions) {
		System.arraycopy(observations, 0, seen, 0, seen.length);
		network.forward(seen, 0, lanes);
		choose(0, lanes, logStd, greedy, random, actions);
	}

	/** Chooses actions for each task's lanes with the task's parameters; afterwards the network has those of the last task. */
	void act(float[] observations, PolicyVector[] parameters, boolean greedy, RandomStream random, ActionBatch actions) {
		System.arraycopy(observations, 0, seen, 0, seen.length);
		for (int task = 0; task * lanesPerTask < lanes; task++) {
			network.setParameters(parameters[task].network);
			network.forward(seen, task * lanesPerTask * observationSize, lanesPerTask);
			choose(task * lanesPerTask, lanesPerTask, parameters[task].logStd, greedy, random, actions);
		}
	}

	private void choose(int first, int count, double[] logStd, boolean greedy, RandomStream random, ActionBatch actions) {
		float[] outputs = network.outputs();
		distribution.use(logStd);
		if (greedy) {
			distribution.mode(outputs, head, stride, count, actions, first, done, first);
		} else {
			distribution.sample(outputs, head, stride, count, random, actions, first, done, unread, first);
		}
		distribution.evaluate(outputs, head, stride, count, done, first, chosen);
		System.arraycopy(chosen, 0, logProbabilities, first, count);
	}

	/** Records the step that followed the last {@code act}. */
	void observe(Lanes environment, Episode into) {
		into.add(seen, done, logProbabilities, environment);
	}
}
