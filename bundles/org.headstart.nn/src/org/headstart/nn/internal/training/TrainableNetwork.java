package org.headstart.nn.internal.training;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headstart.api.network.Head;
import org.headstart.api.network.Input;
import org.headstart.api.network.Network;
import org.headstart.api.network.Stage;
import org.headstart.nn.internal.graph.HeadRoles;
import org.headstart.nn.internal.state.NetworkState;

/** A network: a backend that computes outputs and gradients, and its parameters, which are trained alike whatever computes. */
public final class TrainableNetwork implements Network {

	private final NetworkBackend backend;
	private final HeadRoles roles;
	private final NetworkParameters parameters;
	/** Rows of the forward that a backward may follow; −1 for none. */
	private int forwardRows = -1;
	private int forwardSequences;
	/** Whether the gradients are somebody else's: a backward pass does not reach all of them. */
	private boolean gradientsReplaced;
	/** Whether the last forward began at a stage. */
	private boolean fromStage;
	private final int inputSize;
	/** Whether an input has rows. */
	private final boolean[] given;

	/**
	 * @param backend what runs it; used by no other network
	 * @param roles    what its vertices lead to
	 */
	public TrainableNetwork(NetworkBackend backend, HeadRoles roles) {
		this.backend = backend;
		this.roles = roles;
		parameters = backend.parameters();
		inputSize = backend.inputs().get(0).size();
		given = new boolean[backend.inputs().size()];
	}

	@Override
	public List<Input> inputs() {
		return backend.inputs();
	}

	@Override
	public int inputSize() {
		return inputSize;
	}

	@Override
	public void input(int input, float[] values, int offset, int stride) {
		requireKind(input, false);
		backend.input(input, values, offset, stride);
		given[input] = true;
		forwardRows = -1;
	}

	@Override
	public void input(int input, byte[] values, int offset, int stride) {
		requireKind(input, true);
		backend.input(input, values, offset, stride);
		given[input] = true;
		forwardRows = -1;
	}

	private void requireKind(int input, boolean bytes) {
		if (backend.inputs().get(input).bytes() != bytes) {
			throw new IllegalArgumentException("input '" + backend.inputs().get(input).name() + "' is of "
					+ (bytes ? "floats, not of bytes" : "bytes, not of floats"));
		}
	}

	@Override
	public List<String> heads() {
		return backend.heads();
	}

	@Override
	public int headSize(int head) {
		return backend.headSize(head);
	}

	@Override
	public int headOffset(int head) {
		return backend.headOffset(head);
	}

	@Override
	public int outputStride() {
		return backend.outputStride();
	}

	@Override
	public int stateSize() {
		return backend.stateSize();
	}

	@Override
	public void training(boolean on) {
		backend.training(on);
	}

	@Override
	public void forward(int rows) {
		run(1, rows, null, 0, null);
	}

	@Override
	public void step(float[] input, int offset, float[] state, int stateOffset, int rows) {
		input(0, input, offset, inputSize);
		step(state, stateOffset, rows);
	}

	@Override
	public void step(float[] state, int stateOffset, int rows) {
		run(1, rows, state, stateOffset, null);
		backend.readStates(state, stateOffset);
	}

	@Override
	public void forwardSequences(float[] input, int offset, int steps, int sequences, float[] states, boolean[] restarts) {
		input(0, input, offset, inputSize);
		forwardSequences(steps, sequences, states, restarts);
	}

	@Override
	public void forwardSequences(int steps, int sequences, float[] states, boolean[] restarts) {
		run(steps, sequences, states, 0, restarts);
	}

	private void run(int steps, int sequences, float[] states, int stateOffset, boolean[] restarts) {
		forwardRows = -1;
		for (int i = 0; i < given.length; i++) {
			if (!given[i]) {
				throw new IllegalStateException("input '" + backend.inputs().get(i).name() + "' has no rows: call input(" + i
						+ ", …) before the forward");
			}
		}
		backend.forward(steps, sequences, states, stateOffset, restarts);
		forwardRows = steps * sequences;
		forwardSequences = sequences;
		fromStage = false;
	}

	@Override
	public Stage stage(String vertex) {
		return backend.stage(vertex);
	}

	@Override
	public void forwardFrom(Stage stage, int rows) {
		if (stateSize() > 0) {
			throw new UnsupportedOperationException("a network with memory runs from its inputs only");
		}
		forwardRows = -1;
		backend.forwardFrom(stage, rows);
		forwardRows = rows;
		forwardSequences = rows;
		fromStage = true;
	}

	@Override
	public float[] outputs() {
		return backend.outputs();
	}

	@Override
	public float[] outputGradients() {
		return backend.outputGradients();
	}

	@Override
	public void backward(int rows) {
		requireForward(rows);
		backward(false);
	}

	@Override
	public void accumulate(int rows) {
		requireForward(rows);
		backward(true);
	}

	private void requireForward(int rows) {
		if (rows != forwardRows || stateSize() > 0 && rows != forwardSequences) {
			throw new IllegalStateException(forwardRows < 0 ? "backward without a forward before it"
					: "backward of " + rows + " rows after a forward of " + forwardRows
							+ (forwardRows == forwardSequences ? "" : " rows in " + forwardSequences + " sequences"));
		}
	}

	@Override
	public void backwardSequences(int steps, int sequences) {
		requireForward(steps, sequences);
		backward(false);
	}

	@Override
	public void accumulateSequences(int steps, int sequences) {
		requireForward(steps, sequences);
		backward(true);
	}

	private void requireForward(int steps, int sequences) {
		if (steps * sequences != forwardRows || stateSize() > 0 && sequences != forwardSequences) {
			throw new IllegalStateException(forwardRows < 0 ? "backward without a forward before it"
					: "backward of " + steps + " steps of " + sequences + " sequences after a forward of " + forwardRows
							+ " rows in " + forwardSequences + " sequences");
		}
	}

	private void backward(boolean add) {
		if (!add && (forwardRows == 0 || gradientsReplaced || fromStage)) {
			zeroGradients();
		}
		if (!backend.backward(add)) {
			forwardRows = -1;
		}
	}

	@Override
	public void zeroGradients() {
		parameters.clearGradients();
		gradientsReplaced = false;
	}

	@Override
	public void backwardToInputs(int rows) {
		if (rows != forwardRows) {
			throw new IllegalStateException(forwardRows < 0 ? "backward without a forward before it"
					: "backward of " + rows + " rows after a forward of " + forwardRows);
		}
		backend.backwardToInputs();
	}

	@Override
	public float[] inputGradients(int input) {
		return backend.inputGradients(input);
	}

	@Override
	public int inputGradientStride(int input) {
		return backend.inputGradientStride(input);
	}

	@Override
	public double gradientSquaredNorm() {
		return parameters.gradientSquaredNorm();
	}

	@Override
	public void update(float gradientScale, float learningRate) {
		parameters.update(gradientScale, learningRate);
		backend.trainedWeightsChanged();
	}

	@Override
	public void freeze(Predicate<String> chosen) {
		parameters.freeze(chosen);
		frozenChanged();
	}

	private void frozenChanged() {
		backend.frozenChanged();
		forwardRows = -1;
		gradientsReplaced = false;
	}

	@Override
	public void setLearningRateFactor(Predicate<String> chosen, float factor) {
		parameters.setLearningRateFactor(chosen, factor);
	}

	@Override
	public Network copy() {
		TrainableNetwork copy = new TrainableNetwork(backend.copy(), roles);
		copy.setParameters(parameters.weights());
		Set<String> frozen = frozenVertices();
		copy.freeze(frozen::contains);
		return copy;
	}

	@Override
	public void moveTowards(Network other, float share, Predicate<String> vertices) {
		if (!(other instanceof TrainableNetwork same) || same.backend.getClass() != backend.getClass()) {
			throw new IllegalArgumentException("a network moves towards one that the same backend runs, not towards "
					+ other.backend());
		}
		parameters.moveTowards(same.parameters, share, vertices);
		backend.weightsChanged();
	}

	@Override
	public void resetOptimizer() {
		parameters.resetOptimizer();
	}

	@Override
	public List<String> parameterVertices() {
		return parameters.vertices();
	}

	@Override
	public Set<String> verticesLeadingTo(Head.Role role) {
		Set<String> vertices = new LinkedHashSet<>(parameters.vertices());
		vertices.retainAll(roles.leadingTo(role));
		return vertices;
	}

	@Override
	public Set<String> frozenVertices() {
		return parameters.frozenVertices();
	}

	@Override
	public List<String> parameters(String vertex) {
		return parameters.names(vertex);
	}

	@Override
	public int[] parameterShape(String vertex, String parameter) {
		return parameters.tensor(vertex, parameter).shape().clone();
	}

	@Override
	public float[] parameter(String vertex, String parameter) {
		return parameters.tensor(vertex, parameter).read(parameters.weights());
	}

	/**
	 * The gradients of one parameter tensor from the last {@link #backward}.
	 *
	 * @param vertex    a name of {@link #parameterVertices()}
	 * @param parameter a name of {@link #parameters}
	 * @return a copy, row-major
	 */
	public float[] gradient(String vertex, String parameter) {
		return parameters.tensor(vertex, parameter).read(parameters.gradients());
	}

	@Override
	public void setParameter(String vertex, String parameter, float[] values) {
		parameters.set(vertex, parameter, values);
		backend.weightsChanged();
	}

	@Override
	public int parameterVectorSize() {
		return parameters.weights().length;
	}

	@Override
	public void copyParameters(float[] to) {
		parameters.copyWeights(to);
	}

	@Override
	public void setParameters(float[] from) {
		parameters.setWeights(from);
		backend.weightsChanged();
	}

	@Override
	public void copyGradients(float[] to) {
		parameters.copyGradients(to);
	}

	@Override
	public void setGradients(float[] from) {
		parameters.setGradients(from);
		gradientsReplaced = true;
	}

	@Override
	public void writeState(DataOutput out) throws IOException {
		parameters.state().write(out);
	}

	@Override
	public void readState(DataInput in) throws IOException {
		parameters.setState(NetworkState.read(in));
		backend.weightsChanged();
		frozenChanged();
	}

	/** @return the entries of {@link #graph()}'s archive, in order; empty where only DL4J itself can write it */
	public Optional<Map<String, byte[]>> archive() {
		return backend.archive(parameters.state());
	}

	@Override
	public ComputationGraph graph() {
		return backend.graph(parameters.state());
	}

	@Override
	public String backend() {
		return backend.name();
	}
}
