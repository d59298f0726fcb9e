package org.headstart.nn.training;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headstart.api.network.Network;
import org.headstart.nn.state.NetworkState;

/** What runs a network: forward, backward, and the layout of its parameters. {@link TrainableNetwork} has all the rest. */
public interface Executor {

	/** @return the network's parameters, which this executor reads, and whose gradients it writes */
	NetworkParameters parameters();

	/** @return floats in one row of input */
	int inputSize();

	/** @return the heads in the order of the output block */
	List<String> heads();

	/**
	 * @param head its index
	 * @return floats in one row of that head
	 */
	int headSize(int head);

	/**
	 * @param head its index
	 * @return where that head begins in a row of the output block
	 */
	int headOffset(int head);

	/** @return floats from one row of the output block to the next */
	int outputStride();

	/** @return floats of recurrent state of one sequence */
	int stateSize();

	/**
	 * Runs sequences.
	 *
	 * @param input       steps × sequences rows, time-major, from {@code offset} on
	 * @param offset      where the first row begins
	 * @param steps       how many steps
	 * @param sequences   rows a step
	 * @param states      the states before the first step, or null for zeros
	 * @param stateOffset where the first sequence's state begins
	 * @param restarts    for each row whether its state is set to zero before it, or null for none
	 */
	void forward(float[] input, int offset, int steps, int sequences, float[] states, int stateOffset, boolean[] restarts);

	/**
	 * Copies the states out after a forward of one step.
	 *
	 * @param states receives them
	 * @param offset where the first sequence's state begins
	 */
	void readStates(float[] states, int offset);

	/** @return the output block of the last forward */
	float[] outputs();

	/** @return ∂loss/∂output, laid out as the outputs */
	float[] outputGradients();

	/**
	 * Replaces the gradients of all trained parameters that lead to an output; the others are zero already.
	 *
	 * @return whether the same forward can be back-propagated once more
	 */
	boolean backward();

	/** Called after any weights were replaced. */
	void weightsChanged();

	/** Called after an optimizer step, which changes nothing that is frozen. */
	void trainedWeightsChanged();

	/** Called after a change of what is frozen; the last forward is not back-propagated any more. */
	void frozenChanged();

	/**
	 * @param state the network's state
	 * @return a DL4J graph with it
	 */
	ComputationGraph graph(NetworkState state);

	/**
	 * @param state the network's state
	 * @return the entries of the graph's archive, where they can be written without ND4J
	 */
	Optional<Map<String, byte[]>> archive(NetworkState state);

	/** @return as {@link Network#executor()} */
	String name();
}
