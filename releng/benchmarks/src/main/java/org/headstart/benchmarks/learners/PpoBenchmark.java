package org.headstart.benchmarks.learners;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;

import org.headstart.api.environment.TaskFamily;
import org.headstart.api.random.RandomStreams;
import org.headstart.benchmarks.learners.Training.Layers;
import org.headstart.benchmarks.nn.ProcessorPeak;
import org.headstart.learners.ppo.PpoSettings;
import org.headstart.learners.ppo.PpoSettings.Schedule;

/**
 * How fast PPO is on cart-pole with one thread, and what part of its time is its network's: two networks of 64 × 64 tanh units, 10
 * epochs, a rollout of 2,048 steps; and one network with 64 units of long short-term memory, 4 epochs, 32 lanes of 64 steps,
 * back-propagated through all 64. No bar was set for the recurrent case.
 *
 * <p>Blocks of one update each, in turn: one is measured as a whole in thread CPU time, which gives the steps a second; in the
 * next one the network's calls are measured within the whole, both in wall time. Their share is how near PPO comes to its network
 * alone, and cannot pass 100 %: they are the same calls of the same code in the same run. A loop of its own that makes "the same"
 * calls is compiled by itself, and was found to be slower than the whole on some starts of the JVM. Figures are medians.
 *
 * <p>Work is counted in multiply-adds of the matrices alone, two operations each, and held against what the processor does at
 * most ({@link ProcessorPeak}).
 */
public final class PpoBenchmark {

	private static final int ROLLOUT = 2048;
	private static final int UNITS = 64;
	private static final int WARM_UP_BLOCKS = 30;
	private static final int BLOCKS = 60;

	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	private PpoBenchmark() {}

	/**
	 * @param arguments none
	 */
	public static void main(String[] arguments) {
		double multiplyAdd = ProcessorPeak.multiplyAdd();
		double matrixProduct = ProcessorPeak.matrixProduct();
		System.out.printf(Locale.ROOT, "one thread, single precision: multiply-adds in registers %.1f GFLOP/s, sgemm of OpenBLAS %.1f%n",
				1e-9 * multiplyAdd, 1e-9 * matrixProduct);
		measure(multiplyAdd, matrixProduct, "1 lane × 2048, minibatches of 64", Layers.DENSE, 1, 64, 10, ", wanted 45,000");
		measure(multiplyAdd, matrixProduct, "8 lanes × 256, minibatches of 256", Layers.DENSE, 8, 256, 10, ", wanted 75,000");
		measure(multiplyAdd, matrixProduct, "recurrent, 32 lanes × 64, minibatches of 16 lanes", Layers.RECURRENT, 32, 16 * 64, 4, "");
	}

	private static void measure(double multiplyAdd, double matrixProduct, String name, Layers layers, int lanes, int minibatch, int epochs,
			String bar) {
		TaskFamily family = PpoLearning.cartPole();
		PpoSettings settings = new PpoSettings(lanes, ROLLOUT / lanes, 0, minibatch, epochs, 3e-4, Schedule.CONSTANT, 0.99, 0.95, 0.2, 0,
				0.5, 0, Schedule.CONSTANT, 0.5, 0, false, false, layers == Layers.RECURRENT, 0, 1e-5);
		TimedNetwork network = new TimedNetwork(Training.network(family, settings, layers, UNITS, new RandomStreams(1)));
		Training training = new Training(family, family.taskSets().get(0).sampler(), settings, network, 1L << 40, 1);
		double[] whole = new double[BLOCKS];
		double[] shares = new double[BLOCKS];
		double operations = 0;
		for (int block = -WARM_UP_BLOCKS; block < BLOCKS; block++) {
			network.time(false);
			long cpu = THREADS.getCurrentThreadCpuTime();
			update(training);
			cpu = THREADS.getCurrentThreadCpuTime() - cpu;
			network.time(true);
			long wall = System.nanoTime();
			update(training);
			wall = System.nanoTime() - wall;
			if (block >= 0) {
				whole[block] = cpu;
				shares[block] = network.nanoseconds() / (double) wall;
				operations = operations(network);
			}
		}
		double seconds = 1e-9 * median(whole);
		double steps = ROLLOUT / seconds;
		double share = median(shares);
		double rate = operations / (share * seconds);
		System.out.printf(Locale.ROOT,
				"%s: %,.0f steps/s%s; the network alone %,.0f steps/s; ratio %.1f %% (wanted 55 %%); %.1f GFLOP/s in the network: "
						+ "%.0f %% of multiply-adds in registers, %.0f %% of sgemm; %s%n",
				name, steps, bar, steps / share, 100 * share, 1e-9 * rate, 100 * rate / multiplyAdd, 100 * rate / matrixProduct,
				network.backend());
	}

	private static void update(Training training) {
		training.run(training.steps() + ROLLOUT, (metric, value) -> {
			// not of interest
		});
	}

	/**
	 * Of a matrix, for each row: a product on the way forward; on the way back one for its own gradient and, where its input is not
	 * the observation, one for the input's.
	 */
	private static double operations(TimedNetwork network) {
		double operations = 0;
		for (String vertex : network.parameterVertices()) {
			for (String parameter : network.parameters(vertex)) {
				int[] shape = network.parameterShape(vertex, parameter);
				if (shape.length == 2 && shape[0] > 1) {
					double product = 2.0 * shape[0] * shape[1];
					operations += product * network.forwardRows()
							+ product * network.backwardRows() * (shape[0] == network.inputSize() ? 1 : 2);
				}
			}
		}
		return operations;
	}

	private static double median(double[] values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		return 0.5 * (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]);
	}
}
