package org.headstart.benchmarks.nn;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.headstart.api.network.Network;
import org.headstart.api.network.Optimizer;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.nn.NetworkBuilder;
import org.headstart.nn.internal.kernels.KernelTier;
import org.headstart.nn.internal.kernels.Kernels;
import org.headstart.nn.internal.kernels.PlainKernels;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * The compiled backend in both tiers against DL4J, on 8 → 64 → 64 → (5, 1) with tanh, and on 8 → LSTM 64 → (5, 1): thread CPU
 * time per call in microseconds, the median of blocks that are interleaved, so that a change of the machine's clock hits all
 * alike. "train" is forward, backward with external errors and one Adam step, for the LSTM through all its steps; {@link Network}
 * gradients are filled before.
 *
 * <p>DL4J is called directly, in the cheapest way that is known, not through Headstart's DL4J backend.
 *
 * <p>Run with {@code --add-modules jdk.incubator.vector}; the argument is the number of blocks (default 9). Exit code 1 when
 * a target is missed: 200 × for one row, 20 × for training on 64 rows, 8 × on 1,024; 40 µs for a step of 32 sequences, 8 × for
 * training on 100 steps of 32.
 */
public final class NetworkBenchmark {

	private static final int INPUTS = 8;
	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	/** A row of the table. */
	private record Measure(String name, int rows, boolean train, double target) {}

	/** A row of the table of the LSTM: of one step, or of training on many. */
	private record SequenceMeasure(String name, int steps, int sequences, double target, double microseconds) {}

	private static final List<SequenceMeasure> SEQUENCE_MEASURES = List.of(
			new SequenceMeasure("step, 32 lanes", 1, 32, 0, 40), new SequenceMeasure("train, 100 × 32", 100, 32, 8, 0));

	private static final List<Measure> MEASURES = List.of(new Measure("forward, 1 row", 1, false, 200),
			new Measure("forward, 16 rows", 16, false, 0), new Measure("train, 64 rows", 64, true, 20),
			new Measure("train, 256 rows", 256, true, 0), new Measure("train, 1024 rows", 1024, true, 8));

	private NetworkBenchmark() {}

	/**
	 * Runs the benchmark.
	 *
	 * @param args how many blocks
	 */
	public static void main(String[] args) {
		int blocks = args.length > 0 ? Integer.parseInt(args[0]) : 9;
		ComputationGraphConfiguration configuration = configuration();
		Network fast = compiled(configuration, KernelTier.fastest());
		Network plain = compiled(configuration, new PlainKernels());
		ComputationGraph graph = fast.graph();
		System.out.printf("%s; Java %s; %d blocks%n", fast.backend(), Runtime.version(), blocks);
		System.out.printf("%-18s %10s %12s %10s %9s %9s %8s%n", "µs a call", "DL4J", "compiled", "plain", "ratio", "plain's",
				"target");
		boolean met = true;
		for (Measure measure : MEASURES) {
			double[] times = measure(blocks, List.of(dl4j(graph, measure), network(fast, measure), network(plain, measure)));
			double ratio = times[0] / times[1];
			met &= ratio >= measure.target();
			System.out.printf(Locale.ROOT, "%-18s %10.1f %12.2f %10.2f %8.0f× %8.0f× %8s%n", measure.name(), times[0],
					times[1], times[2], ratio, times[0] / times[2], measure.target() > 0 ? (int) measure.target() + "×" : "");
		}
		ComputationGraphConfiguration memory = memory();
		Network fastMemory = compiled(memory, KernelTier.fastest());
		Network plainMemory = compiled(memory, new PlainKernels());
		ComputationGraph memoryGraph = fastMemory.graph();
		System.out.println("LSTM");
		for (SequenceMeasure measure : SEQUENCE_MEASURES) {
			double[] times = measure(blocks, List.of(dl4j(memoryGraph, measure), network(fastMemory, measure),
					network(plainMemory, measure)));
			double ratio = times[0] / times[1];
			boolean absolute = measure.microseconds() > 0;
			met &= absolute ? times[1] <= measure.microseconds() : ratio >= measure.target();
			System.out.printf(Locale.ROOT, "%-18s %10.1f %12.2f %10.2f %8.0f× %8.0f× %8s%n", measure.name(), times[0], times[1],
					times[2], ratio, times[0] / times[2],
					absolute ? (int) measure.microseconds() + " µs" : (int) measure.target() + "×");
		}
		System.out.println(met ? "all targets met" : "A TARGET IS MISSED");
		System.exit(met ? 0 : 1);
	}

	private static ComputationGraphConfiguration configuration() {
		return new NeuralNetConfiguration.Builder().miniBatch(false).updater(new Adam(1e-4)).graphBuilder()
				.addInputs("observation")
				.addLayer("hidden-1", new DenseLayer.Builder().nIn(INPUTS).nOut(64).activation(Activation.TANH).build(),
						"observation")
				.addLayer("hidden-2", new DenseLayer.Builder().nIn(64).nOut(64).activation(Activation.TANH).build(), "hidden-1")
				.addLayer("head/policy", new DenseLayer.Builder().nIn(64).nOut(5).activation(Activation.IDENTITY).build(),
						"hidden-2")
				.addLayer("head/value", new DenseLayer.Builder().nIn(64).nOut(1).activation(Activation.IDENTITY).build(),
						"hidden-2")
				.setOutputs("head/policy", "head/value").build();
	}

	private static ComputationGraphConfiguration memory() {
		return new NeuralNetConfiguration.Builder().miniBatch(false).updater(new Adam(1e-4)).graphBuilder()
				.addInputs("observation")
				.addLayer("memory", new LSTM.Builder().nIn(INPUTS).nOut(64).activation(Activation.TANH).build(), "observation")
				.addVertex("features", new PreprocessorVertex(new RnnToFeedForwardPreProcessor()), "memory")
				.addLayer("head/policy", new DenseLayer.Builder().nIn(64).nOut(5).activation(Activation.IDENTITY).build(),
						"features")
				.addLayer("head/value", new DenseLayer.Builder().nIn(64).nOut(1).activation(Activation.IDENTITY).build(),
						"features")
				.setOutputs("head/policy", "head/value").build();
	}

	private static Network compiled(ComputationGraphConfiguration configuration, Kernels kernels) {
		return NetworkBuilder.of(configuration, INPUTS).optimizer(new Optimizer.Adam(0.9, 0.999, 1e-8)).kernels(kernels)
				.build(new RandomStreams(1));
	}

	private static Runnable dl4j(ComputationGraph graph, Measure measure) {
		INDArray x = Nd4j.create(draw(measure.rows() * INPUTS), new long[] {measure.rows(), INPUTS}, 'c');
		if (!measure.train()) {
			return () -> graph.output(false, x);
		}
		INDArray[] errors = {Nd4j.create(draw(measure.rows() * 5), new long[] {measure.rows(), 5}, 'c'),
				Nd4j.create(draw(measure.rows()), new long[] {measure.rows(), 1}, 'c')};
		return training(graph, x, errors, measure.rows());
	}

	private static Runnable training(ComputationGraph graph, INDArray x, INDArray[] errors, int rows) {
		int[] step = {0};
		return () -> {
			Map<String, INDArray> outputs = graph.feedForward(new INDArray[] {x}, true, false);
			if (outputs.isEmpty()) {
				throw new IllegalStateException("no outputs");
			}
			Gradient gradient = graph.backpropGradient(errors);
			graph.getUpdater().update(gradient, step[0]++, 0, rows, LayerWorkspaceMgr.noWorkspaces());
			graph.params().subi(gradient.gradient());
		};
	}

	private static Runnable dl4j(ComputationGraph graph, SequenceMeasure measure) {
		int sequences = measure.sequences();
		INDArray x = Nd4j.create(draw(measure.steps() * sequences * INPUTS), new long[] {sequences, INPUTS, measure.steps()}, 'c');
		if (measure.steps() == 1) {
			return () -> graph.rnnTimeStep(x);
		}
		int rows = measure.steps() * sequences;
		INDArray[] errors = {Nd4j.create(draw(rows * 5), new long[] {rows, 5}, 'c'),
				Nd4j.create(draw(rows), new long[] {rows, 1}, 'c')};
		return training(graph, x, errors, rows);
	}

	private static Runnable network(Network network, SequenceMeasure measure) {
		int steps = measure.steps();
		int sequences = measure.sequences();
		float[] x = draw(steps * sequences * INPUTS);
		float[] states = new float[sequences * network.stateSize()];
		if (steps == 1) {
			return () -> network.step(x, 0, states, 0, sequences);
		}
		boolean[] restarts = new boolean[steps * sequences];
		network.forwardSequences(x, 0, steps, sequences, states, restarts);
		fillErrors(network, steps * sequences);
		return () -> {
			network.forwardSequences(x, 0, steps, sequences, states, restarts);
			network.backwardSequences(steps, sequences);
			network.update(1, 1e-4f);
		};
	}

	private static Runnable network(Network network, Measure measure) {
		float[] x = draw(measure.rows() * INPUTS);
		int rows = measure.rows();
		if (!measure.train()) {
			return () -> network.forward(x, 0, rows);
		}
		network.forward(x, 0, rows);
		fillErrors(network, rows);
		return () -> {
			network.forward(x, 0, rows);
			network.backward(rows);
			network.update(1, 1e-4f);
		};
	}

	private static void fillErrors(Network network, int rows) {
		for (int h = 0; h < network.heads().size(); h++) {
			float[] errors = draw(rows * network.headSize(h));
			for (int r = 0; r < rows; r++) {
				System.arraycopy(errors, r * network.headSize(h), network.outputGradients(),
						r * network.outputStride() + network.headOffset(h), network.headSize(h));
			}
		}
	}

	private static float[] draw(int length) {
		RandomStream random = new RandomStream(length);
		float[] values = new float[length];
		for (int i = 0; i < length; i++) {
			values[i] = (float) random.nextGaussian() / 100;
		}
		return values;
	}

	/** Warms up, chooses how many calls make a block of about 20 ms, then measures in turns. */
	private static double[] measure(int blocks, List<Runnable> candidates) {
		int[] calls = new int[candidates.size()];
		List<double[]> times = new ArrayList<>();
		for (int c = 0; c < calls.length; c++) {
			warmUp(candidates.get(c));
			calls[c] = (int) Math.max(1, 20e6 / Math.max(1, time(candidates.get(c), 50)));
			times.add(new double[blocks]);
		}
		for (int block = 0; block < blocks; block++) {
			for (int c = 0; c < calls.length; c++) {
				times.get(c)[block] = time(candidates.get(c), calls[c]) / 1e3;
			}
		}
		return times.stream().mapToDouble(t -> {
			Arrays.sort(t);
			return t[t.length / 2];
		}).toArray();
	}

	/** Until the last quarter of the calls is not faster than the third: C2 compiles beside, on a busy machine late. */
	private static void warmUp(Runnable work) {
		double before = Double.POSITIVE_INFINITY;
		int calls = 20;
		double spent = 0;
		while (true) {
			double now = time(work, calls);
			spent += now * calls;
			if (spent > 1e9 && now > 0.95 * before || spent > 5e9) {
				return;
			}
			before = now;
			calls = (int) Math.max(20, 0.25e9 / now);
		}
	}

	/** @return nanoseconds of thread CPU time a call */
	private static double time(Runnable work, int calls) {
		long start = THREADS.getCurrentThreadCpuTime();
		for (int i = 0; i < calls; i++) {
			work.run();
		}
		return (THREADS.getCurrentThreadCpuTime() - start) / (double) calls;
	}
}
