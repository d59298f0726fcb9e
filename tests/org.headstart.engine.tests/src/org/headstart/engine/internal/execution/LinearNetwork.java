package org.headstart.engine.internal.execution;

import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headstart.api.backbone.Backbone;
import org.headstart.api.network.Architecture;
import org.headstart.api.network.Head;
import org.headstart.api.network.Input;
import org.headstart.api.network.Network;
import org.headstart.api.network.NetworkDescription;
import org.headstart.api.network.Stage;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.strategy.WarmStartRule;
import org.headstart.engine.internal.experiment.Choice;

/** One linear head, trained with momentum: a network with an optimizer state, without DL4J. */
final class LinearNetwork implements Network {

	private static final String VERTEX = "head/policy";

	private final int inputs;
	private final int outputSize;
	private final float[] weights;
	private final float[] momentum;
	private final float[] gradients;
	private float[] outputs = {};
	private float[] outputGradients = {};
	private float[] lastInput;
	private int lastOffset;

	/** Builds, keeps and warm-starts such networks. */
	static final class Factory implements Networks {

		@Override
		public Map<String, Network> build(Choice<Backbone<?>> backbone, List<NetworkDescription> networks,
				Optional<Architecture> architecture, RandomStreams streams) {
			NetworkDescription network = networks.get(0);
			return Map.of(network.name(), new LinearNetwork(network.observation().orElseThrow().size(),
					network.trunks().get(0).heads().get(0).size(), streams.stream(VERTEX)));
		}

		@Override
		public void save(Network network, Path folder) throws IOException {
			try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(folder.resolve("weights")))) {
				network.writeState(out);
			}
		}

		@Override
		public Network open(Path folder, List<Input> inputs, List<Head> heads) {
			return new LinearNetwork(inputs.get(0).size(), heads.get(0).size(), new RandomStreams(0).stream(VERTEX));
		}

		@Override
		public List<String> warmStart(String name, Network network, Path folder, List<WarmStartRule> rules) throws IOException {
			try (DataInputStream in = new DataInputStream(Files.newInputStream(folder.resolve("weights")))) {
				network.readState(in);
				network.resetOptimizer();
			}
			return List.of(VERTEX + " W: loaded");
		}
	}

	LinearNetwork(int inputs, int outputSize, RandomStream random) {
		this.inputs = inputs;
		this.outputSize = outputSize;
		weights = new float[inputs * outputSize];
		momentum = new float[weights.length];
		gradients = new float[weights.length];
		for (int i = 0; i < weights.length; i++) {
			weights[i] = (float) (0.1 * random.nextGaussian());
		}
	}

	@Override
	public List<Input> inputs() {
		return List.of(Input.vector("observation", inputs));
	}

	@Override
	public void input(int input, float[] values, int offset, int stride) {
		lastInput = values;
		lastOffset = offset;
	}

	@Override
	public void input(int input, byte[] values, int offset, int stride) {
		throw new UnsupportedOperationException();
	}

	@Override
	public List<String> heads() {
		return List.of("policy");
	}

	@Override
	public int headSize(int head) {
		return outputSize;
	}

	@Override
	public int headOffset(int head) {
		return 0;
	}

	@Override
	public int outputStride() {
		return outputSize;
	}

	@Override
	public void forward(int rows) {
		if (outputs.length < rows * outputSize) {
			outputs = new float[rows * outputSize];
			outputGradients = new float[rows * outputSize];
		}
		for (int row = 0; row < rows; row++) {
			for (int out = 0; out < outputSize; out++) {
				float sum = 0;
				for (int in = 0; in < inputs; in++) {
					sum += lastInput[lastOffset + row * inputs + in] * weights[in * outputSize + out];
				}
				outputs[row * outputSize + out] = sum;
			}
		}
	}

	@Override
	public float[] outputs() {
		return outputs;
	}

	@Override
	public float[] outputGradients() {
		return outputGradients;
	}

	@Override
	public void backward(int rows) {
		java.util.Arrays.fill(gradients, 0);
		for (int row = 0; row < rows; row++) {
			for (int out = 0; out < outputSize; out++) {
				for (int in = 0; in < inputs; in++) {
					gradients[in * outputSize + out] += lastInput[lastOffset + row * inputs + in]
							* outputGradients[row * outputSize + out];
				}
			}
		}
	}

	@Override
	public int parameterVectorSize() {
		return weights.length;
	}

	@Override
	public void copyParameters(float[] to) {
		System.arraycopy(weights, 0, to, 0, weights.length);
	}

	@Override
	public void setParameters(float[] from) {
		System.arraycopy(from, 0, weights, 0, weights.length);
	}

	@Override
	public void copyGradients(float[] to) {
		System.arraycopy(gradients, 0, to, 0, gradients.length);
	}

	@Override
	public void setGradients(float[] from) {
		System.arraycopy(from, 0, gradients, 0, gradients.length);
	}

	@Override
	public double gradientSquaredNorm() {
		double sum = 0;
		for (float gradient : gradients) {
			sum += gradient * gradient;
		}
		return sum;
	}

	@Override
	public void update(float gradientScale, float learningRate) {
		for (int i = 0; i < weights.length; i++) {
			momentum[i] = 0.9f * momentum[i] + gradientScale * gradients[i];
			weights[i] -= learningRate * momentum[i];
		}
	}

	@Override
	public void freeze(Predicate<String> vertices) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void setLearningRateFactor(Predicate<String> vertices, float factor) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void resetOptimizer() {
		java.util.Arrays.fill(momentum, 0);
	}

	@Override
	public List<String> parameterVertices() {
		return List.of(VERTEX);
	}

	@Override
	public Set<String> frozenVertices() {
		return Set.of();
	}

	@Override
	public float[] parameter(String vertex, String parameter) {
		return weights.clone();
	}

	@Override
	public void setParameter(String vertex, String parameter, float[] values) {
		System.arraycopy(values, 0, weights, 0, weights.length);
	}

	@Override
	public List<String> parameters(String vertex) {
		return List.of("W");
	}

	@Override
	public int[] parameterShape(String vertex, String parameter) {
		return new int[] {inputs, outputSize};
	}

	@Override
	public ComputationGraph graph() {
		throw new UnsupportedOperationException();
	}

	@Override
	public String backend() {
		return "linear";
	}

	@Override
	public void writeState(DataOutput out) throws IOException {
		for (int i = 0; i < weights.length; i++) {
			out.writeFloat(weights[i]);
			out.writeFloat(momentum[i]);
		}
	}

	@Override
	public void readState(DataInput in) throws IOException {
		for (int i = 0; i < weights.length; i++) {
			weights[i] = in.readFloat();
			momentum[i] = in.readFloat();
		}
	}

	@Override
	public void accumulate(int rows) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void training(boolean on) {
		// there is no difference
	}

	@Override
	public void zeroGradients() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void backwardToInputs(int rows) {
		throw new UnsupportedOperationException();
	}

	@Override
	public float[] inputGradients(int input) {
		throw new UnsupportedOperationException();
	}

	@Override
	public int inputGradientStride(int input) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Stage stage(String vertex) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void forwardFrom(Stage stage, int rows) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Set<String> verticesLeadingTo(Head.Role role) {
		return role == Head.Role.POLICY ? Set.of(VERTEX) : Set.of();
	}

	@Override
	public Network copy() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void moveTowards(Network other, float share, Predicate<String> vertices) {
		throw new UnsupportedOperationException();
	}
}
