package org.headstart.api.network;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headstart.api.checkpoint.Checkpointed;

/**
 * A trainable network: the graph that a backbone and a learner's heads describe, and an executor that runs it.
 *
 * <p><b>Names.</b> Vertices are named {@code backbone/TRUNK/…} and {@code head/NAME}; a <em>part</em> is everything whose
 * vertex name begins with a given text, so {@code "head/"} means all heads on every network.
 *
 * <p><b>Shapes.</b> One input of {@link #inputSize()} floats a row, row-major and without padding. All heads share one
 * output block: head {@code h} of row {@code r} begins at {@code r * outputStride() + headOffset(h)}. The rows between
 * heads are padding; their gradients must be left zero.
 *
 * <p><b>Use.</b> {@code forward} for acting and evaluating. For training: {@code forward(…, rows)}, fill
 * {@link #outputGradients()}, {@code backward(rows)}, then {@code update(…)}. Neither allocates after warm-up.
 * Thread-confined. Deterministic: equal state and input give equal bits.
 *
 * <p>{@link #writeState} writes weights and optimizer state; which parts are frozen is state too.
 */
public interface Network extends Checkpointed {

	/** @return floats in one row of input */
	int inputSize();

	/** @return the heads in the order of the output block */
	List<String> heads();

	/**
	 * @param head index in {@link #heads()}
	 * @return floats in one row of that head
	 */
	int headSize(int head);

	/**
	 * @param head index in {@link #heads()}
	 * @return where that head begins in a row of the output block
	 */
	int headOffset(int head);

	/** @return floats from one row of the output block to the next */
	int outputStride();

	/**
	 * Runs the network. The outputs are in {@link #outputs()} until the next call.
	 *
	 * @param input  rows × {@link #inputSize()} floats, from {@code offset} on; must not change before {@code backward}
	 * @param offset where the first row begins
	 * @param rows   how many rows; any number, but growth beyond what was seen before allocates
	 */
	void forward(float[] input, int offset, int rows);

	/**
	 * @return floats of recurrent state of one sequence, all recurrent layers in the graph's order, each with its output and then
	 *         its cell; 0 for a feed-forward network
	 */
	default int stateSize() {
		return 0;
	}

	/**
	 * One step of acting with memory. On a feed-forward network the same as {@link #forward}; {@code forward} itself, on a
	 * recurrent network, takes each row for a sequence of length 1 that begins with the zero state.
	 *
	 * @param input       rows × {@link #inputSize()} floats, from {@code offset} on
	 * @param offset      where the first row begins
	 * @param state       rows × {@link #stateSize()} floats, from {@code stateOffset} on; replaced by the next state
	 * @param stateOffset where the first row's state begins
	 * @param rows        how many rows
	 */
	default void step(float[] input, int offset, float[] state, int stateOffset, int rows) {
		forward(input, offset, rows);
	}

	/**
	 * Runs sequences, to be back-propagated through time by {@link #backwardSequences}. Rows are time-major: row
	 * {@code t * sequences + s} is step t of sequence s, in the input as in the output block.
	 *
	 * @param input     steps × sequences × {@link #inputSize()} floats, from {@code offset} on; must not change before
	 *                  {@code backwardSequences}
	 * @param offset    where the first row begins
	 * @param steps     how many steps
	 * @param sequences how many sequences side by side
	 * @param states    sequences × {@link #stateSize()} floats: the states before the first step
	 * @param restarts  [steps × sequences], from the array's beginning: whether the state is set to zero before that step, so that
	 *                  no gradient crosses it either
	 */
	default void forwardSequences(float[] input, int offset, int steps, int sequences, float[] states, boolean[] restarts) {
		forward(input, offset, steps * sequences);
	}

	/**
	 * Back-propagates {@link #outputGradients()} through time through the last {@link #forwardSequences} and replaces the
	 * parameters' gradients. The states before the first step are taken for constants.
	 *
	 * @param steps     as in {@code forwardSequences}
	 * @param sequences as in {@code forwardSequences}
	 */
	default void backwardSequences(int steps, int sequences) {
		backward(steps * sequences);
	}

	/**
	 * @return floats of all parameters as one vector, in an order of the network's own that equal graphs on equal executors
	 *         share. It may hold padding, whose values and gradients are and must stay zero
	 */
	int parameterVectorSize();

	/**
	 * Copies all parameters out, for methods that compute with whole parameter vectors. Allocates nothing.
	 *
	 * @param to receives {@link #parameterVectorSize()} floats
	 */
	void copyParameters(float[] to);

	/**
	 * Replaces all parameters, frozen ones too. Allocates nothing; the optimizer's state stays.
	 *
	 * @param from as {@link #copyParameters} gave them
	 */
	void setParameters(float[] from);

	/**
	 * Copies the gradients of the last {@code backward} out, in the order of {@link #copyParameters}; zero where frozen.
	 *
	 * @param to receives {@link #parameterVectorSize()} floats
	 */
	void copyGradients(float[] to);

	/**
	 * Replaces the gradients, for {@link #update} to follow. Frozen parameters are not updated whatever stands there.
	 *
	 * @param from in the order of {@link #copyParameters}
	 */
	void setGradients(float[] from);

	/** @return the output block of the last {@code forward}; the array may be another one after a call with more rows */
	float[] outputs();

	/** @return the block to fill with ∂loss/∂output before {@code backward}, laid out as {@link #outputs()} */
	float[] outputGradients();

	/**
	 * Back-propagates {@link #outputGradients()} through the last {@code forward} and replaces the parameters' gradients.
	 *
	 * @param rows the rows of that {@code forward}
	 */
	void backward(int rows);

	/**
	 * The gradients' squared Euclidean norm over all parameters that are not frozen, summed in a fixed order.
	 *
	 * @return the squared norm
	 */
	double gradientSquaredNorm();

	/**
	 * One optimizer step on all parameters that are not frozen.
	 *
	 * @param gradientScale what to multiply the gradients by, for example {@code min(1, maxNorm / norm)}
	 * @param learningRate  the base rate; parts may have factors on it, see {@link #setLearningRateFactor}
	 */
	void update(float gradientScale, float learningRate);

	/**
	 * Keeps the chosen parts fixed from now on, and releases all others.
	 *
	 * @param vertices says of a vertex name whether it is frozen
	 */
	void freeze(Predicate<String> vertices);

	/**
	 * Multiplies the learning rate of the chosen parts.
	 *
	 * @param vertices says of a vertex name whether the factor applies to it
	 * @param factor   at least 0
	 */
	void setLearningRateFactor(Predicate<String> vertices, float factor);

	/** Forgets the optimizer's state (moments and step count), as a warm start does. */
	void resetOptimizer();

	/** @return the names of all vertices with parameters, in the graph's order */
	List<String> parameterVertices();

	/** @return the names of the vertices that {@link #freeze} fixed */
	Set<String> frozenVertices();

	/**
	 * One parameter tensor, copied out.
	 *
	 * @param vertex    a name of {@link #parameterVertices()}
	 * @param parameter DL4J's name within the vertex, for example {@code "W"} or {@code "b"}
	 * @return the values; a matrix in row-major order [in][out]
	 */
	float[] parameter(String vertex, String parameter);

	/**
	 * Replaces one parameter tensor.
	 *
	 * @param vertex    a name of {@link #parameterVertices()}
	 * @param parameter DL4J's name within the vertex
	 * @param values    as {@link #parameter} gives them
	 */
	void setParameter(String vertex, String parameter, float[] values);

	/**
	 * @param vertex a name of {@link #parameterVertices()}
	 * @return DL4J's names of its tensors, in order
	 */
	List<String> parameters(String vertex);

	/**
	 * @param vertex    a name of {@link #parameterVertices()}
	 * @param parameter DL4J's name within the vertex
	 * @return the tensor's shape
	 */
	int[] parameterShape(String vertex, String parameter);

	/**
	 * The graph with the present weights and optimizer state. A snapshot for reading, saving and surgery: training the
	 * network afterwards does not change it, nor the other way round.
	 *
	 * @return DL4J's graph
	 */
	ComputationGraph graph();

	/** @return what runs this network, for the result's provenance: for example {@code "compiled (Vector API, 16 lanes)"} */
	String executor();
}
