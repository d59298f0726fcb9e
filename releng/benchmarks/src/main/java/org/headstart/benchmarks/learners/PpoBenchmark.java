package org.headstart.benchmarks.learners;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;

import org.headstart.api.environment.TaskFamily;
import org.headstart.api.network.Network;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.benchmarks.learners.Training.Layers;
import org.headstart.learners.ppo.PpoSettings;
import org.headstart.learners.ppo.PpoSettings.Schedule;

/**
 * How fast PPO is on cart-pole with one thread, beside what its network alone would allow: two networks of 64 × 64 tanh units, 10
 * epochs, a rollout of 2,048 steps; and one network with 64 units of long short-term memory, 4 epochs, 32 lanes of 64 steps,
 * back-propagated through all 64.
 *
 * <p>Both are measured in the same process in alternating blocks of one update each, in thread CPU time; figures are medians. "The
 * network alone" makes the same calls with the same numbers of rows: a forward for each step of the lanes, and forward, backward,
 * norm and update for each minibatch. No bar was set for the recurrent case.
 */
public final class PpoBenchmark {

	private static final int ROLLOUT = 2048;
	private static final int UNITS = 64;
	private static final int WARM_UP_BLOCKS = 30;
	private static final int BLOCKS = 60;

	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	private PpoBenchmark() {
	}

	/**
	 * @param arguments none
	 */
	public static void main(String[] arguments) {
		measure("1 lane × 2048, minibatches of 64", Layers.DENSE, 1, 64, 10, ", wanted 45,000");
		measure("8 lanes × 256, minibatches of 256", Layers.DENSE, 8, 256, 10, ", wanted 75,000");
		measure("recurrent, 32 lanes × 64, minibatches of 16 lanes", Layers.RECURRENT, 32, 16 * 64, 4, "");
	}

	private static void measure(String name, Layers layers, int lanes, int minibatch, int epochs, String bar) {
		TaskFamily family = PpoLearning.cartPole();
		PpoSettings settings = new PpoSettings(lanes, ROLLOUT / lanes, 0, minibatch, epochs, 3e-4, Schedule.CONSTANT, 0.99, 0.95, 0.2, 0,
				0.5, 0, Schedule.CONSTANT, 0.5, 0, false, false, layers == Layers.RECURRENT, 0, 1e-5);
		Training training = new Training(family, family.taskSets().get(0).sampler(), settings, layers, UNITS, 1L << 40, 1);
		Network alone = Training.agent(family, settings, layers, UNITS, 1, new RandomStreams(2)).network();
		float[] observations = new float[ROLLOUT * alone.inputSize()];
		RandomStream random = new RandomStream(3);
		for (int i = 0; i < observations.length; i++) {
			observations[i] = (float) (0.1 * random.nextGaussian());
		}
		double[] whole = new double[BLOCKS];
		double[] network = new double[BLOCKS];
		for (int block = -WARM_UP_BLOCKS; block < BLOCKS; block++) {
			long start = THREADS.getCurrentThreadCpuTime();
			training.run(training.steps() + ROLLOUT, (metric, value) -> {
				// not of interest
			});
			long middle = THREADS.getCurrentThreadCpuTime();
			networkAlone(alone, observations, lanes, minibatch, epochs);
			long end = THREADS.getCurrentThreadCpuTime();
			if (block >= 0) {
				whole[block] = middle - start;
				network[block] = end - middle;
			}
		}
		double steps = ROLLOUT / (median(whole) * 1e-9);
		double possible = ROLLOUT / (median(network) * 1e-9);
		System.out.printf(Locale.ROOT,
				"%s: %,.0f steps/s%s; the network alone %,.0f steps/s; ratio %.1f %% (wanted 55 %%); %s%n", name, steps, bar, possible,
				100 * steps / possible, alone.executor());
	}

	private static void networkAlone(Network network, float[] observations, int lanes, int minibatch, int epochs) {
		int size = network.inputSize();
		boolean recurrent = network.stateSize() > 0;
		int steps = recurrent ? ROLLOUT / lanes : 1;
		float[] states = new float[Math.max(lanes, minibatch / steps) * network.stateSize()];
		boolean[] restarts = new boolean[minibatch];
		for (int row = 0; row < ROLLOUT; row += lanes) {
			network.step(observations, row * size, states, 0, lanes);
		}
		for (int epoch = 0; epoch < epochs; epoch++) {
			for (int row = 0; row < ROLLOUT; row += minibatch) {
				network.forwardSequences(observations, row * size, steps, minibatch / steps, states, restarts);
				float[] outputs = network.outputs();
				float[] gradients = network.outputGradients();
				for (int r = 0; r < minibatch; r++) {
					for (int head = 0; head < network.heads().size(); head++) {
						int at = r * network.outputStride() + network.headOffset(head);
						for (int i = 0; i < network.headSize(head); i++) {
							gradients[at + i] = 1e-3f * outputs[at + i];
						}
					}
				}
				network.backwardSequences(steps, minibatch / steps);
				double norm = Math.sqrt(network.gradientSquaredNorm());
				network.update((float) Math.min(1, 0.5 / (norm + 1e-6)), 3e-4f);
			}
		}
	}

	private static double median(double[] values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		return 0.5 * (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]);
	}
}
