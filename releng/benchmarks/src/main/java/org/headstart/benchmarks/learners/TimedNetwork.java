package org.headstart.benchmarks.learners;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headstart.api.network.Head;
import org.headstart.api.network.Input;
import org.headstart.api.network.Network;
import org.headstart.api.network.Stage;

/**
 * A network that can say how long its work took: forward, backward, norm and update, as its user calls them. What only reads or
 * names something takes no time and is not counted.
 *
 * <p>Reading the clock costs some 25 ns before and after each call, half of which is counted as the network's.
 */
final class TimedNetwork implements Network {

	private final Network network;
	private boolean timed;
	private long nanoseconds;
	private long forwardRows;
	private long backwardRows;

	TimedNetwork(Network network) {
		this.network = network;
	}

	/** Begins to count from zero, or not to count. */
	void time(boolean on) {
		timed = on;
		nanoseconds = 0;
		forwardRows = 0;
		backwardRows = 0;
	}

	/** @return wall time of all calls */
	long nanoseconds() {
		return nanoseconds;
	}

	/** @return rows that were run forward */
	long forwardRows() {
		return forwardRows;
	}

	/** @return rows that were back-propagated */
	long backwardRows() {
		return backwardRows;
	}

	private long begin() {
		return timed ? System.nanoTime() : 0;
	}

	private void end(long begin) {
		if (timed) {
			nanoseconds += System.nanoTime() - begin;
		}
	}

	@Override
	public void forward(int rows) {
		long begin = begin();
		network.forward(rows);
		end(begin);
		forwardRows += rows;
	}

	@Override
	public void step(float[] state, int stateOffset, int rows) {
		long begin = begin();
		network.step(state, stateOffset, rows);
		end(begin);
		forwardRows += rows;
	}

	@Override
	public void forwardSequences(int steps, int sequences, float[] states, boolean[] restarts) {
		long begin = begin();
		network.forwardSequences(steps, sequences, states, restarts);
		end(begin);
		forwardRows += (long) steps * sequences;
	}

	@Override
	public void backward(int rows) {
		long begin = begin();
		network.backward(rows);
		end(begin);
		backwardRows += rows;
	}

	@Override
	public void backwardSequences(int steps, int sequences) {
		long begin = begin();
		network.backwardSequences(steps, sequences);
		end(begin);
		backwardRows += (long) steps * sequences;
	}

	@Override
	public double gradientSquaredNorm() {
		long begin = begin();
		double squares = network.gradientSquaredNorm();
		end(begin);
		return squares;
	}

	@Override
	public void update(float gradientScale, float learningRate) {
		long begin = begin();
		network.update(gradientScale, learningRate);
		end(begin);
	}

	@Override
	public void forwardFrom(Stage stage, int rows) {
		long begin = begin();
		network.forwardFrom(stage, rows);
		end(begin);
		forwardRows += rows;
	}

	@Override
	public void accumulate(int rows) {
		long begin = begin();
		network.accumulate(rows);
		end(begin);
		backwardRows += rows;
	}

	@Override
	public void accumulateSequences(int steps, int sequences) {
		long begin = begin();
		network.accumulateSequences(steps, sequences);
		end(begin);
		backwardRows += (long) steps * sequences;
	}

	@Override
	public void backwardToInputs(int rows) {
		long begin = begin();
		network.backwardToInputs(rows);
		end(begin);
		backwardRows += rows;
	}

	@Override
	public void training(boolean on) {
		network.training(on);
	}

	@Override
	public void zeroGradients() {
		network.zeroGradients();
	}

	@Override
	public float[] inputGradients(int input) {
		return network.inputGradients(input);
	}

	@Override
	public int inputGradientStride(int input) {
		return network.inputGradientStride(input);
	}

	@Override
	public Stage stage(String vertex) {
		return network.stage(vertex);
	}

	@Override
	public Set<String> verticesLeadingTo(Head.Role role) {
		return network.verticesLeadingTo(role);
	}

	@Override
	public Network copy() {
		return network.copy();
	}

	@Override
	public void moveTowards(Network other, float share, Predicate<String> vertices) {
		network.moveTowards(other, share, vertices);
	}

	@Override
	public List<Input> inputs() {
		return network.inputs();
	}

	@Override
	public void input(int input, float[] values, int offset, int stride) {
		network.input(input, values, offset, stride);
	}

	@Override
	public void input(int input, byte[] values, int offset, int stride) {
		network.input(input, values, offset, stride);
	}

	@Override
	public int inputSize() {
		return network.inputSize();
	}

	@Override
	public List<String> heads() {
		return network.heads();
	}

	@Override
	public int headSize(int head) {
		return network.headSize(head);
	}

	@Override
	public int headOffset(int head) {
		return network.headOffset(head);
	}

	@Override
	public int outputStride() {
		return network.outputStride();
	}

	@Override
	public int stateSize() {
		return network.stateSize();
	}

	@Override
	public float[] outputs() {
		return network.outputs();
	}

	@Override
	public float[] outputGradients() {
		return network.outputGradients();
	}

	@Override
	public int parameterVectorSize() {
		return network.parameterVectorSize();
	}

	@Override
	public void copyParameters(float[] to) {
		network.copyParameters(to);
	}

	@Override
	public void setParameters(float[] from) {
		network.setParameters(from);
	}

	@Override
	public void copyGradients(float[] to) {
		network.copyGradients(to);
	}

	@Override
	public void setGradients(float[] from) {
		network.setGradients(from);
	}

	@Override
	public void freeze(Predicate<String> vertices) {
		network.freeze(vertices);
	}

	@Override
	public void setLearningRateFactor(Predicate<String> vertices, float factor) {
		network.setLearningRateFactor(vertices, factor);
	}

	@Override
	public void resetOptimizer() {
		network.resetOptimizer();
	}

	@Override
	public List<String> parameterVertices() {
		return network.parameterVertices();
	}

	@Override
	public Set<String> frozenVertices() {
		return network.frozenVertices();
	}

	@Override
	public float[] parameter(String vertex, String parameter) {
		return network.parameter(vertex, parameter);
	}

	@Override
	public void setParameter(String vertex, String parameter, float[] values) {
		network.setParameter(vertex, parameter, values);
	}

	@Override
	public List<String> parameters(String vertex) {
		return network.parameters(vertex);
	}

	@Override
	public int[] parameterShape(String vertex, String parameter) {
		return network.parameterShape(vertex, parameter);
	}

	@Override
	public ComputationGraph graph() {
		return network.graph();
	}

	@Override
	public String backend() {
		return network.backend();
	}

	@Override
	public void writeState(DataOutput out) throws IOException {
		network.writeState(out);
	}

	@Override
	public void readState(DataInput in) throws IOException {
		network.readState(in);
	}
}
