package org.headstart.environments.optimization.rate;

import java.util.Arrays;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.headstart.api.network.Network;
import org.headstart.api.network.Optimizer;
import org.headstart.api.random.RandomStreams;
import org.headstart.environments.optimization.digits.DigitImages;
import org.headstart.environments.optimization.problems.SeededDraws;
import org.headstart.nn.NetworkBuilder;
import org.nd4j.linalg.activations.Activation;

/**
 * The training of a multilayer perceptron with rectified units that classifies digits by softmax and cross-entropy, with
 * scratch memory for one width. The state of a training consists of doubles in a lane's state: weights, first moments,
 * second moments, each as long as the network's parameter vector. Initial weights, minibatches (drawn with replacement) and
 * the evaluation batch are functions of the training's seed.
 *
 * <p>Weights begin uniform with the variance of He et al. 2015, the last layer's with a quarter of LeCun's 1/n, so that the
 * first loss is close to ln 10; biases are zero. Thread-confined; nothing allocates after the first use.
 */
final class InnerTraining {

	private static final int WEIGHTS = 0;
	private static final int ORDER = 1;
	private static final int EVALUATION = 2;

	/** Variance of a rectified layer's weights, times its inputs. */
	private static final double HIDDEN_VARIANCE = 2;
	private static final double OUTPUT_VARIANCE = 0.25;

	private final Network network;
	private final int parameters;
	private final int inputs;
	private final int batch;
	/** The bound b of each weight, which is uniform in [−b, b]; 0 for biases and padding. */
	private final float[] bounds;
	private final float[] weights;
	private final float[] gradients;
	private final float[] first;
	private final float[] second;
	private final float[] pictures;
	private final int[] labels;

	/**
	 * Allocates.
	 *
	 * @param settings the settings of the training
	 * @param width    units of a hidden layer
	 */
	InnerTraining(LearningRateControlSettings settings, int width) {
		network = network(settings, width);
		parameters = network.parameterVectorSize();
		inputs = network.inputSize();
		batch = settings.batch();
		bounds = bounds(network);
		weights = new float[parameters];
		gradients = new float[parameters];
		first = new float[parameters];
		second = new float[parameters];
		int rows = Math.max(batch, settings.evaluationImages());
		pictures = new float[rows * inputs];
		labels = new int[rows];
	}

	private static Network network(LearningRateControlSettings settings, int width) {
		int inputs = settings.imageSize() * settings.imageSize();
		GraphBuilder graph = new NeuralNetConfiguration.Builder().graphBuilder().addInputs("picture");
		String below = "picture";
		int size = inputs;
		for (int layer = 1; layer <= settings.depth(); layer++) {
			String name = "hidden-" + layer;
			graph.addLayer(name, new DenseLayer.Builder().nIn(size).nOut(width).activation(Activation.RELU).build(), below);
			below = name;
			size = width;
		}
		graph.addLayer("head/digit", new DenseLayer.Builder().nIn(size).nOut(DigitImages.CLASSES)
				.activation(Activation.IDENTITY).build(), below);
		// InnerOptimizer makes the steps; the initial weights are replaced
		return NetworkBuilder.of(graph.setOutputs("head/digit").build(), inputs).optimizer(new Optimizer.Sgd())
				.build(new RandomStreams(0));
	}

	/** The bounds of the initial weights, in the order of the network's parameters. */
	private static float[] bounds(Network network) {
		for (String vertex : network.parameterVertices()) {
			for (String parameter : network.parameters(vertex)) {
				float[] values = network.parameter(vertex, parameter);
				int fanIn = network.parameterShape(vertex, parameter)[0];
				double variance = (vertex.startsWith("head/") ? OUTPUT_VARIANCE : HIDDEN_VARIANCE) / fanIn;
				Arrays.fill(values, parameter.equals("W") ? (float) Math.sqrt(3 * variance) : 0);
				network.setParameter(vertex, parameter, values);
			}
		}
		float[] bounds = new float[network.parameterVectorSize()];
		network.copyParameters(bounds);
		return bounds;
	}

	/** @return floats of the parameters, padding included, for the wider of both widths */
	static int parameters(LearningRateControlSettings settings) {
		return network(settings, Math.max(settings.width(), settings.otherWidth())).parameterVectorSize();
	}

	/**
	 * Writes the initial state of a training.
	 *
	 * @param state  receives weights and moments
	 * @param offset where they begin
	 * @param seed   the training's seed
	 */
	void start(double[] state, int offset, long seed) {
		long drawn = SeededDraws.derive(seed, WEIGHTS);
		for (int i = 0; i < parameters; i++) {
			double uniform = (SeededDraws.bits(drawn, i) >>> 11) * 0x1.0p-52 - 1;
			// rounded to the network's precision
			state[offset + i] = (float) (bounds[i] * uniform);
		}
		Arrays.fill(state, offset + parameters, offset + 3 * parameters, 0);
	}

	/**
	 * Trains.
	 *
	 * @param state     weights and moments, replaced
	 * @param offset    where they begin
	 * @param seed      the training's seed
	 * @param images    the training pictures
	 * @param optimizer the optimizer
	 * @param rate      the learning rate
	 * @param done      number of earlier updates
	 * @param updates   number of updates to make
	 */
	void train(double[] state, int offset, long seed, DigitImages images, InnerOptimizer optimizer, double rate, long done,
			int updates) {
		read(state, offset, weights);
		read(state, offset + parameters, first);
		read(state, offset + 2 * parameters, second);
		long order = SeededDraws.derive(seed, ORDER);
		for (long update = done; update < done + updates; update++) {
			load(images, order, update * batch, batch);
			network.setParameters(weights);
			network.forward(pictures, 0, batch);
			fillGradients(batch);
			network.backward(batch);
			network.copyGradients(gradients);
			optimizer.update(weights, gradients, first, second, parameters, (float) rate, update + 1);
		}
		write(weights, state, offset);
		write(first, state, offset + parameters);
		write(second, state, offset + 2 * parameters);
	}

	/**
	 * The loss on the training's own evaluation batch, whose pictures may also occur in minibatches.
	 *
	 * @param state  the weights
	 * @param offset where they begin
	 * @param seed   the training's seed
	 * @param images the training pictures
	 * @param count  how many of them
	 * @return mean cross-entropy in nats; not finite when the training has diverged
	 */
	double loss(double[] state, int offset, long seed, DigitImages images, int count) {
		read(state, offset, weights);
		load(images, SeededDraws.derive(seed, EVALUATION), 0, count);
		network.setParameters(weights);
		network.forward(pictures, 0, count);
		float[] outputs = network.outputs();
		double sum = 0;
		for (int row = 0; row < count; row++) {
			int at = row * network.outputStride();
			sum += logSumExp(outputs, at) - outputs[at + labels[row]];
		}
		return sum / count;
	}

	/**
	 * The share of pictures that are classified correctly.
	 *
	 * @param state  the weights
	 * @param offset where they begin
	 * @param images held-out pictures
	 * @param count  the largest number of pictures, from the first
	 * @return from 0 to 1
	 */
	double accuracy(double[] state, int offset, DigitImages images, int count) {
		read(state, offset, weights);
		network.setParameters(weights);
		int right = 0;
		int asked = Math.min(count, images.count());
		for (int from = 0; from < asked; from += labels.length) {
			int rows = Math.min(labels.length, asked - from);
			for (int row = 0; row < rows; row++) {
				images.copy(from + row, pictures, row * inputs);
			}
			network.forward(pictures, 0, rows);
			for (int row = 0; row < rows; row++) {
				right += likeliest(network.outputs(), row * network.outputStride()) == images.label(from + row) ? 1 : 0;
			}
		}
		return (double) right / asked;
	}

	private void load(DigitImages images, long draws, long place, int rows) {
		for (int row = 0; row < rows; row++) {
			int image = SeededDraws.below(images.count(), draws, place + row);
			images.copy(image, pictures, row * inputs);
			labels[row] = images.label(image);
		}
	}

	/** ∂(mean cross-entropy)/∂(outputs): softmax minus one-hot, over the rows. */
	private void fillGradients(int rows) {
		float[] outputs = network.outputs();
		float[] into = network.outputGradients();
		for (int row = 0; row < rows; row++) {
			int at = row * network.outputStride();
			double logSum = logSumExp(outputs, at);
			for (int digit = 0; digit < DigitImages.CLASSES; digit++) {
				double probability = StrictMath.exp(outputs[at + digit] - logSum);
				into[at + digit] = (float) ((probability - (digit == labels[row] ? 1 : 0)) / rows);
			}
		}
	}

	private static double logSumExp(float[] outputs, int at) {
		double highest = outputs[at];
		for (int digit = 1; digit < DigitImages.CLASSES; digit++) {
			highest = Math.max(highest, outputs[at + digit]);
		}
		double sum = 0;
		for (int digit = 0; digit < DigitImages.CLASSES; digit++) {
			sum += StrictMath.exp(outputs[at + digit] - highest);
		}
		return highest + StrictMath.log(sum);
	}

	private static int likeliest(float[] outputs, int at) {
		int best = 0;
		for (int digit = 1; digit < DigitImages.CLASSES; digit++) {
			if (outputs[at + digit] > outputs[at + best]) {
				best = digit;
			}
		}
		return best;
	}

	private static void read(double[] state, int offset, float[] to) {
		for (int i = 0; i < to.length; i++) {
			to[i] = (float) state[offset + i];
		}
	}

	private static void write(float[] from, double[] state, int offset) {
		for (int i = 0; i < from.length; i++) {
			state[offset + i] = from[i];
		}
	}
}
