package org.headstart.nn.internal.training;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headstart.api.network.Input;
import org.headstart.api.network.Stage;
import org.headstart.nn.internal.state.NetworkState;

/** What runs a network: forward, backward, and the layout of its parameters. {@link TrainableNetwork} has all the rest. */
public interface NetworkBackend {

	/** @return the network's parameters, which this backend reads, and whose gradients it writes */
	NetworkParameters parameters();

	/** @return as {@link Network#inputs()} */
	List<Input> inputs();

	/**
	 * As {@link Network#input(int, float[], int, int)}, of an input of floats.
	 *
	 * @param input  its index
	 * @param values holds the rows
	 * @param offset where the first row begins
	 * @param stride from one row to the next
	 */
	void input(int input, float[] values, int offset, int stride);

	/**
	 * As {@link Network#input(int, byte[], int, int)}, of an input of bytes.
	 *
	 * @param input  its index
	 * @param values holds the rows
	 * @param offset where the first row begins
	 * @param stride from one row to the next
	 */
	void input(int input, byte[] values, int offset, int stride);

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
	 * @param on as in {@link Network#training}
	 */
	void training(boolean on);

	/**
	 * Runs sequences, steps × sequences rows of each input, time-major.
	 *
	 * @param steps       how many steps
	 * @param sequences   rows a step
	 * @param states      the states before the first step, or null for zeros
	 * @param stateOffset where the first sequence's state begins
	 * @param restarts    for each row whether its state is set to zero before it, or null for none
	 */
	void forward(int steps, int sequences, float[] states, int stateOffset, boolean[] restarts);

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
	 * Replaces the gradients of all trained parameters that lead to an output, or adds to them; the others are zero already.
	 *
	 * @param add whether to add
	 * @return whether the same forward can be back-propagated once more
	 */
	boolean backward(boolean add);

	/** As {@link Network#backwardToInputs}. */
	void backwardToInputs();

	/**
	 * @param input its index
	 * @return as {@link Network#inputGradients}
	 */
	float[] inputGradients(int input);

	/**
	 * @param input its index
	 * @return as {@link Network#inputGradientStride}
	 */
	int inputGradientStride(int input);

	/**
	 * @param vertex its name
	 * @return as {@link Network#stage}
	 */
	Stage stage(String vertex);

	/**
	 * As {@link Network#forwardFrom}, of a network without memory.
	 *
	 * @param stage a stage that this backend gave
	 * @param rows  how many rows
	 */
	void forwardFrom(Stage stage, int rows);

	/** @return a backend of the same graph with parameters of its own */
	NetworkBackend copy();

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

	/** @return as {@link Network#backend()} */
	String name();
}
