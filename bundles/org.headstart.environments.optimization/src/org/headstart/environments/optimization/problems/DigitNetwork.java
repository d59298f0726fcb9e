package org.headstart.environments.optimization.problems;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.headstart.api.backbone.Backbone;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.Outcome;
import org.headstart.api.network.Head;
import org.headstart.api.network.Network;
import org.headstart.api.network.Optimizer;
import org.headstart.api.network.Trunk;
import org.headstart.api.random.RandomStreams;
import org.headstart.environments.optimization.digits.DigitImages;
import org.headstart.environments.optimization.digits.DrawnDigits;
import org.headstart.nn.NetworkBuilder;
import org.nd4j.linalg.activations.Activation;

/**
 * f(θ) is the mean cross-entropy, in nats, of a small network on a minibatch of digits (Andrychowicz et al. 2016, section
 * 3.2; there MNIST with one hidden layer of 20 sigmoid units and minibatches of 128). θ is all weights and biases, layer by
 * layer, a matrix [in][out] and then its biases. The seed determines θ₀ and the order of the pictures, so the state contains
 * nothing else.
 *
 * <p>θ₀: weights from a normal distribution of variance 1 / in, biases 0. (The authors' code has a standard deviation of
 * 0.01 everywhere, from which deeper networks learn very slowly.)
 */
final class DigitNetwork implements Objective {

	/** In nats; a guess among ten digits costs 2.3. */
	private static final double HIGHEST_LOSS = 10;

	private static final int START = 0;
	private static final int PICTURES = 1;

	private final DigitNetworkSettings settings;
	private final int dimension;
	/** Null in the description, which has no pictures and no scratch memory. */
	private final Scratch scratch;

	DigitNetwork(DigitNetworkSettings settings) {
		this(settings, false);
	}

	private DigitNetwork(DigitNetworkSettings settings, boolean works) {
		this.settings = settings;
		int parameters = 0;
		int in = settings.side() * settings.side();
		List<Integer> layers = new ArrayList<>(settings.hidden());
		layers.add(DigitImages.CLASSES);
		for (int out : layers) {
			parameters += (in + 1) * out;
			in = out;
		}
		dimension = parameters;
		scratch = works ? new Scratch(settings, parameters) : null;
	}

	/** The scratch memory with which one thread computes f. */
	private static final class Scratch {

		final DigitImages images;
		final Network network;
		/** Offsets of θ's coordinates in the network's vector, which has padding, [D]. */
		final int[] places;
		/** Standard deviations of θ₀. [D] */
		final double[] deviations;
		/** Parameters or gradients in the network's order; its padding is zero in both. */
		final float[] vector;
		final float[] inputs;
		final int[] labels;
		final float[] testInputs;
		final DigitImages testImages;
		final double[] exponentials = new double[DigitImages.CLASSES];

		Scratch(DigitNetworkSettings settings, int dimension) {
			images = DrawnDigits.train(settings.style(), settings.side());
			testImages = DrawnDigits.test(settings.style(), settings.side());
			int pixels = images.pixels();
			network = NetworkBuilder.of(new HiddenLayers(), settings, BoxSpace.uniform(pixels, 0, 1))
					.trunk(new Trunk("digits", List.of(new Head("class", Head.Role.AUXILIARY, DigitImages.CLASSES, 1))))
					.optimizer(new Optimizer.Sgd()).build(new RandomStreams(0));
			places = new int[dimension];
			deviations = new double[dimension];
			vector = new float[network.parameterVectorSize()];
			inputs = new float[settings.minibatch() * pixels];
			labels = new int[settings.minibatch()];
			testInputs = new float[testImages.count() * pixels];
			for (int i = 0; i < testImages.count(); i++) {
				testImages.copy(i, testInputs, i * pixels);
			}
			// allocates now and not within an episode
			network.forward(testInputs, 0, testImages.count());
			findPlaces();
		}

		/** Finds the offsets: it sets each coordinate to its number and searches the vector for it. */
		private void findPlaces() {
			int coordinate = 0;
			for (String vertex : network.parameterVertices()) {
				for (String parameter : network.parameters(vertex)) {
					int[] shape = network.parameterShape(vertex, parameter);
					boolean matrix = parameter.equals("W");
					float[] numbers = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
					for (int i = 0; i < numbers.length; i++) {
						deviations[coordinate] = matrix ? Math.sqrt(1.0 / shape[0]) : 0;
						numbers[i] = ++coordinate;
					}
					network.setParameter(vertex, parameter, numbers);
				}
			}
			network.copyParameters(vector);
			for (int i = 0; i < vector.length; i++) {
				if (vector[i] != 0) {
					places[(int) vector[i] - 1] = i;
				}
			}
			Arrays.fill(vector, 0);
		}

		void load(double[] theta, int at) {
			for (int i = 0; i < places.length; i++) {
				vector[places[i]] = (float) theta[at + i];
			}
			network.setParameters(vector);
		}
	}

	/** Dense layers, one after the other. */
	private static final class HiddenLayers implements Backbone<DigitNetworkSettings> {

		@Override
		public Features build(GraphBuilder graph, String prefix, String input, BoxSpace observation,
				DigitNetworkSettings settings) {
			Activation activation = switch (settings.activation()) {
				case SIGMOID -> Activation.SIGMOID;
				case TANH -> Activation.TANH;
				case RELU -> Activation.RELU;
			};
			String vertex = input;
			int in = observation.size();
			for (int i = 0; i < settings.hidden().size(); i++) {
				int out = settings.hidden().get(i);
				String next = prefix + "hidden-" + (i + 1);
				graph.addLayer(next, new DenseLayer.Builder().nIn(in).nOut(out).activation(activation).build(), vertex);
				vertex = next;
				in = out;
			}
			return new Features(vertex, in);
		}
	}

	private Scratch scratch() {
		if (scratch == null) {
			throw new IllegalStateException("ask for an instance() to work with");
		}
		return scratch;
	}

	@Override
	public Objective instance() {
		return new DigitNetwork(settings, true);
	}

	@Override
	public int dimension() {
		return dimension;
	}

	@Override
	public int size() {
		return 0;
	}

	@Override
	public double highestLoss() {
		return HIGHEST_LOSS;
	}

	@Override
	public void draw(long seed, double[] function, int at, double[] theta, int thetaAt) {
		double[] deviations = scratch().deviations;
		long start = SeededDraws.derive(seed, START);
		for (int i = 0; i < dimension; i++) {
			theta[thetaAt + i] = deviations[i] == 0 ? 0 : deviations[i] * SeededDraws.gaussian(start, i);
		}
	}

	@Override
	public double evaluate(long seed, int step, double[] function, int at, double[] theta, int thetaAt, double[] gradient,
			int to) {
		Scratch work = scratch();
		Network network = work.network;
		int rows = settings.minibatch();
		long pictures = SeededDraws.derive(seed, PICTURES);
		for (int row = 0; row < rows; row++) {
			int image = SeededDraws.below(work.images.count(), pictures, (long) step * rows + row);
			work.images.copy(image, work.inputs, row * work.images.pixels());
			work.labels[row] = work.images.label(image);
		}
		work.load(theta, thetaAt);
		network.forward(work.inputs, 0, rows);
		double loss = 0;
		for (int row = 0; row < rows; row++) {
			loss += crossEntropy(work, row, 1.0 / rows);
		}
		network.backward(rows);
		network.copyGradients(work.vector);
		for (int i = 0; i < dimension; i++) {
			gradient[to + i] = work.vector[work.places[i]];
		}
		return loss;
	}

	/** A row's weighted cross-entropy, and its gradient with respect to the logits. */
	private static double crossEntropy(Scratch work, int row, double weight) {
		float[] logits = work.network.outputs();
		float[] gradients = work.network.outputGradients();
		double[] exponentials = work.exponentials;
		int at = row * work.network.outputStride() + work.network.headOffset(0);
		double largest = logits[at];
		for (int k = 1; k < DigitImages.CLASSES; k++) {
			largest = Math.max(largest, logits[at + k]);
		}
		double sum = 0;
		for (int k = 0; k < DigitImages.CLASSES; k++) {
			exponentials[k] = StrictMath.exp(logits[at + k] - largest);
			sum += exponentials[k];
		}
		int label = work.labels[row];
		for (int k = 0; k < DigitImages.CLASSES; k++) {
			gradients[at + k] = (float) (weight * (exponentials[k] / sum - (k == label ? 1 : 0)));
		}
		return weight * (StrictMath.log(sum) - (logits[at + label] - largest));
	}

	@Override
	public List<Outcome> outcomes() {
		return List.of(new Outcome("accuracy", "Share of held-out digits that the network classifies correctly after the last step", "",
				Outcome.InTrial.LAST));
	}

	@Override
	public void outcomes(double[] theta, int thetaAt, double[] outcomes, int outcomesAt) {
		Scratch work = scratch();
		work.load(theta, thetaAt);
		int count = work.testImages.count();
		work.network.forward(work.testInputs, 0, count);
		float[] logits = work.network.outputs();
		int right = 0;
		for (int image = 0, at = work.network.headOffset(0); image < count; image++, at += work.network.outputStride()) {
			int best = 0;
			for (int k = 1; k < DigitImages.CLASSES; k++) {
				if (logits[at + k] > logits[at + best]) {
					best = k;
				}
			}
			if (best == work.testImages.label(image)) {
				right++;
			}
		}
		outcomes[outcomesAt] = (double) right / count;
	}
}
