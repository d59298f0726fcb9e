package org.headstart.examples.gan;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.headstart.api.backbone.Layers;
import org.headstart.api.checkpoint.Checkpointed;
import org.headstart.api.learner.Metrics;
import org.headstart.api.network.Head;
import org.headstart.api.network.Head.Role;
import org.headstart.api.network.Input;
import org.headstart.api.network.Network;
import org.headstart.api.network.NetworkDescription;
import org.headstart.api.network.Optimizer;
import org.headstart.api.network.Trunk;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.nd4j.linalg.activations.Activation;

/**
 * A generative adversarial network (Goodfellow et al. 2014): a generator makes points from noise, a discriminator tells real
 * points from generated ones, and the two learn in alternation, each with an optimizer of its own. The generator learns by
 * the gradient at the discriminator's input, with the non-saturating loss (section 3 of the paper). Allocates nothing after
 * its construction.
 */
public final class Gan implements Checkpointed {

	/** Floats of noise for a point. */
	public static final int NOISE = 4;

	private static final String GENERATOR = "generator";
	private static final String DISCRIMINATOR = "discriminator";
	private static final Layers LAYERS = new Layers.Dense(List.of(64, 64), Activation.RELU);
	/** Radford et al. 2016, section 3: less momentum than usual. */
	private static final Optimizer ADAM = new Optimizer.Adam(0.5, 0.999, 1e-8);

	private final Network generator;
	private final Network discriminator;
	private final Ring ring;
	private final int rows;
	private final RandomStream random;
	private final float[] noise;
	private final float[] points;

	/**
	 * A generator and a discriminator before their first step.
	 *
	 * @param networks the networks described by {@link #networks}
	 * @param ring     the distribution of real points
	 * @param rows     points of a step
	 * @param streams  the root of the randomness
	 */
	public Gan(Map<String, Network> networks, Ring ring, int rows, RandomStreams streams) {
		generator = networks.get(GENERATOR);
		discriminator = networks.get(DISCRIMINATOR);
		this.ring = ring;
		this.rows = rows;
		random = streams.stream("points");
		noise = new float[rows * NOISE];
		points = new float[rows * 2];
	}

	/** @return the two networks; neither has a backbone */
	public static List<NetworkDescription> networks() {
		return List.of(network(GENERATOR, Input.vector("noise", NOISE), new Head("point", Role.AUXILIARY, 2, 1)),
				network(DISCRIMINATOR, Input.vector("point", 2), new Head("real", Role.AUXILIARY, 1, 1)));
	}

	private static NetworkDescription network(String name, Input input, Head head) {
		return new NetworkDescription(name, Optional.empty(), List.of(input),
				List.of(new Trunk("layers", LAYERS, List.of(input.name()), List.of(head))), ADAM);
	}

	/**
	 * One step of the discriminator, then one of the generator.
	 *
	 * @param learningRate the learning rate of both networks
	 * @param metrics      receives both losses, in nats
	 */
	public void update(float learningRate, Metrics metrics) {
		ring.sample(random, points, rows);
		double judged = judge(1);
		discriminator.backward(rows);
		generate();
		judged += judge(0);
		discriminator.accumulate(rows);
		discriminator.update(1, learningRate);
		metrics.report("discriminator-loss", judged);
		metrics.report("generator-loss", learnToDeceive());
		generator.update(1, learningRate);
	}

	/** The generator's loss on fresh points, and its gradients. */
	double learnToDeceive() {
		generate();
		double deceived = judge(1);
		discriminator.backwardToInputs(rows);
		float[] ofPoints = discriminator.inputGradients(0);
		float[] into = generator.outputGradients();
		for (int row = 0; row < rows; row++) {
			System.arraycopy(ofPoints, row * discriminator.inputGradientStride(0), into, row * generator.outputStride(), 2);
		}
		generator.backward(rows);
		return deceived;
	}

	/** Generates {@link #points} from noise. */
	private void generate() {
		for (int i = 0; i < noise.length; i++) {
			noise[i] = (float) random.nextGaussian();
		}
		generator.forward(noise, 0, rows);
		for (int row = 0; row < rows; row++) {
			System.arraycopy(generator.outputs(), row * generator.outputStride(), points, 2 * row, 2);
		}
	}

	/** The mean cross-entropy of the discriminator's logits for points that are all real (1) or all generated (0), and its gradient. */
	private double judge(int real) {
		discriminator.forward(points, 0, rows);
		double loss = 0;
		for (int row = 0; row < rows; row++) {
			int at = row * discriminator.outputStride();
			double logit = discriminator.outputs()[at];
			double probability = 1 / (1 + Math.exp(-logit));
			loss -= Math.log(real == 1 ? probability : 1 - probability);
			discriminator.outputGradients()[at] = (float) ((probability - real) / rows);
		}
		return loss / rows;
	}

	/**
	 * Makes points.
	 *
	 * @param count   how many, at most the rows of a step
	 * @param counted receives the number of points of each of the ring's modes; the last element is the number without a
	 *                mode
	 */
	public void count(int count, int[] counted) {
		Arrays.fill(counted, 0);
		generate();
		for (int row = 0; row < count; row++) {
			int mode = ring.mode(points[2 * row], points[2 * row + 1]);
			counted[mode < 0 ? ring.modes() : mode]++;
		}
	}

	@Override
	public void writeState(DataOutput out) throws IOException {
		generator.writeState(out);
		discriminator.writeState(out);
		random.writeState(out);
	}

	@Override
	public void readState(DataInput in) throws IOException {
		generator.readState(in);
		discriminator.readState(in);
		random.readState(in);
	}
}
