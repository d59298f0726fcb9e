package org.headstart.strategies.maml;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.Lanes;
import org.headstart.api.network.Network;
import org.headstart.api.random.RandomStream;

/** Plays the lanes of several tasks, each task's with parameters of its own, and fills an {@link Episode} with it. */
final class Actor {

	private final Network network;
	private final ActionDensity density;
	private final int head;
	private final int stride;
	private final int observationSize;
	private final int lanesPerTask;
	private final int lanes;
	private final float[] seen;
	private final float[] done;
	private final double[] logProbabilities;

	Actor(Network network, ActionDensity density, int head, int observationSize, int tasks, int lanesPerTask) {
		this.network = network;
		this.density = density;
		this.head = head;
		this.observationSize = observationSize;
		this.lanesPerTask = lanesPerTask;
		stride = network.outputStride();
		lanes = tasks * lanesPerTask;
		seen = new float[lanes * observationSize];
		done = new float[lanes * density.actionSize()];
		logProbabilities = new double[lanes];
	}

	/** All lanes with the parameters that the network holds. */
	void act(float[] observations, double[] logStd, boolean greedy, RandomStream random, ActionBatch actions) {
		System.arraycopy(observations, 0, seen, 0, seen.length);
		network.forward(seen, 0, lanes);
		choose(0, lanes, logStd, greedy, random, actions);
	}

	/** Each task's lanes with the task's parameters; the network is left with the last one's. */
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
		density.use(logStd);
		int size = density.actionSize();
		for (int i = 0; i < count; i++) {
			int lane = first + i;
			int at = i * stride + head;
			if (greedy) {
				density.mode(outputs, at, done, lane * size, actions, lane);
			} else {
				density.sample(outputs, at, random, done, lane * size, actions, lane);
			}
			logProbabilities[lane] = density.logProbability(outputs, at, done, lane * size);
		}
	}

	/** Remembers the step that followed the last {@code act}. */
	void observe(Lanes environment, Episode into) {
		into.add(seen, done, logProbabilities, environment);
	}
}
