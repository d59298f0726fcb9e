package org.headstart.api.network;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headstart.api.checkpoint.Checkpointed;

/**
 * A trainable network: the graph that a backbone and a learner's heads describe, and a backend that runs it.
 *
 * <p><b>Names.</b> Vertices are named {@code backbone/TRUNK/…}, {@code trunk/TRUNK/…} and {@code head/NAME}; a <em>part</em>
 * is the set of vertices whose names begin with a given text, so {@code "head/"} means all heads of every network.
 *
 * <p><b>Shapes.</b> Most networks have one input of {@link #inputSize()} floats a row, row-major; others have several, by
 * name. All heads share one output block: head {@code h} of row {@code r} begins at
 * {@code r * outputStride() + headOffset(h)}. Elements between heads are padding; their gradients must stay zero.
 *
 * <p><b>Use.</b> {@code forward} for acting and evaluating. For training: {@code forward(…, rows)}, fill
 * {@link #outputGradients()}, {@code backward(rows)}, then {@code update(…)}. If there are several losses, back-propagate
 * the first with {@code backward} and each further one, after a forward of its own, with {@code accumulate}; then update
 * once. None of these calls allocates after warm-up. Thread-confined. Deterministic: equal state and input give equal bits.
 *
 * <p>{@link #writeState} writes the weights, the optimizer state and the frozen vertices.
 */
public interface Network extends Checkpointed {

	/** @return the inputs; every forward reads the same number of rows from each */
	List<Input> inputs();

	/** @return elements in one row of the first input, which is the only input of most networks */
	default int inputSize() {
		return inputs().get(0).size();
	}

	/**
	 * Sets the location of an input's rows for the next forwards. The rows must not change between a forward and its
	 * backward.
	 *
	 * @param input  index in {@link #inputs()} of an input of floats
	 * @param values holds the rows
	 * @param offset where the first row begins
	 * @param stride floats from one row to the next; may exceed the input's size, to read a part of longer rows without a
	 *               copy
	 */
	void input(int input, float[] values, int offset, int stride);

	/**
	 * Like {@link #input(int, float[], int, int)}, for bytes.
	 *
	 * @param input  index in {@link #inputs()} of an input of bytes
	 * @param values holds the rows
	 * @param offset where the first row begins
	 * @param stride bytes from one row to the next
	 */
	void input(int input, byte[] values, int offset, int stride);

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
	 * Runs the network on the rows set by {@code input}. The outputs are in {@link #outputs()} until the next call.
	 *
	 * @param rows how many rows; any number, but a larger number than in all earlier calls allocates
	 */
	void forward(int rows);

	/**
	 * Runs the network; inputs other than the first are at the locations set by {@code input}. The outputs are in
	 * {@link #outputs()} until the next call.
	 *
	 * @param input  rows × {@link #inputSize()} floats, from {@code offset} on; must not change before {@code backward}
	 * @param offset where the first row begins
	 * @param rows   how many rows; any number, but a larger number than in all earlier calls allocates
	 */
	default void forward(float[] input, int offset, int rows) {
		input(0, input, offset, inputSize());
		forward(rows);
	}

	/**
	 * Sets whether the next forwards run as in training: dropout draws, and batch normalisation measures the batch.
	 * Initially they run as in acting. A backward uses the draws of its forward; after a forward that ran as in acting, it
	 * runs another forward as in training first. Draws depend only on the network's initialisation, the number of its
	 * optimizer steps, and the training forwards since the last step, so that a resumed run has the same draws.
	 *
	 * @param on whether to train
	 */
	void training(boolean on);

	/**
	 * @return floats of the recurrent state of one sequence: for each recurrent layer, in the graph's order, its output and
	 *         then its cell; 0 for a feed-forward network
	 */
	default int stateSize() {
		return 0;
	}

	/**
	 * Runs one step with recurrent state. On a feed-forward network it is the same as {@link #forward}. On a recurrent
	 * network, {@code forward} itself treats each row as a sequence of length 1 from the zero state.
	 *
	 * @param input       rows × {@link #inputSize()} floats, from {@code offset} on; other inputs are at the locations set
	 *                    by {@code input}
	 * @param offset      where the first row begins
	 * @param state       rows × {@link #stateSize()} floats, from {@code stateOffset} on; replaced by the next state
	 * @param stateOffset where the first row's state begins
	 * @param rows        how many rows
	 */
	default void step(float[] input, int offset, float[] state, int stateOffset, int rows) {
		input(0, input, offset, inputSize());
		step(state, stateOffset, rows);
	}

	/**
	 * Like {@link #step(float[], int, float[], int, int)}, on the rows set by {@code input}.
	 *
	 * @param state as in that method
	 * @param stateOffset as in that method
	 * @param rows as in that method
	 */
	default void step(float[] state, int stateOffset, int rows) {
		forward(rows);
	}

	/**
	 * Runs sequences, to be back-propagated through time by {@link #backwardSequences}. Rows are time-major: row
	 * {@code t * sequences + s} is step t of sequence s, in the input and in the output block.
	 *
	 * @param input     steps × sequences × {@link #inputSize()} floats, from {@code offset} on; must not change before
	 *                  {@code backwardSequences}. Other inputs are at the locations set by {@code input}
	 * @param offset    where the first row begins
	 * @param steps     how many steps
	 * @param sequences how many parallel sequences
	 * @param states    sequences × {@link #stateSize()} floats: the states before the first step
	 * @param restarts  [steps × sequences], from the array's beginning: whether the state is set to zero before that step, so that
	 *                  no gradient crosses it either
	 */
	default void forwardSequences(float[] input, int offset, int steps, int sequences, float[] states, boolean[] restarts) {
		input(0, input, offset, inputSize());
		forwardSequences(steps, sequences, states, restarts);
	}

	/**
	 * Like {@link #forwardSequences(float[], int, int, int, float[], boolean[])}, on the rows set by {@code input}.
	 *
	 * @param steps as in that method
	 * @param sequences as in that method
	 * @param states as in that method
	 * @param restarts as in that method
	 */
	default void forwardSequences(int steps, int sequences, float[] states, boolean[] restarts) {
		forward(steps * sequences);
	}

	/**
	 * Back-propagates {@link #outputGradients()} through time through the last {@link #forwardSequences} and replaces the
	 * parameters' gradients. No gradient flows into the states before the first step.
	 *
	 * @param steps     as in {@code forwardSequences}
	 * @param sequences as in {@code forwardSequences}
	 */
	default void backwardSequences(int steps, int sequences) {
		backward(steps * sequences);
	}

	/**
	 * @return floats of all parameters as one vector. The order is internal; equal graphs on equal backends have the same
	 *         order. The vector may contain padding, whose values and gradients must stay zero
	 */
	int parameterVectorSize();

	/**
	 * Copies all parameters, for methods that compute with whole parameter vectors. Allocates nothing.
	 *
	 * @param to receives {@link #parameterVectorSize()} floats
	 */
	void copyParameters(float[] to);

	/**
	 * Replaces all parameters, including frozen ones. Allocates nothing; the optimizer's state stays.
	 *
	 * @param from the parameters, in the order of {@link #copyParameters}
	 */
	void setParameters(float[] from);

	/**
	 * Copies the gradients of the last {@code backward}, in the order of {@link #copyParameters}; zero where frozen.
	 *
	 * @param to receives {@link #parameterVectorSize()} floats
	 */
	void copyGradients(float[] to);

	/**
	 * Replaces the gradients for the next {@link #update}. Frozen parameters are not updated, whatever their gradients are.
	 *
	 * @param from in the order of {@link #copyParameters}
	 */
	void setGradients(float[] from);

	/** @return the output block of the last {@code forward}; the array may be another one after a call with more rows */
	float[] outputs();

	/** @return the block to fill with ∂loss/∂output before {@code backward}, in the layout of {@link #outputs()} */
	float[] outputGradients();

	/**
	 * Back-propagates {@link #outputGradients()} through the last {@code forward} and replaces the parameters' gradients.
	 *
	 * @param rows the rows of that {@code forward}
	 */
	void backward(int rows);

	/**
	 * Like {@link #backward}, but adds to the parameters' gradients from another loss or other rows instead of replacing
	 * them.
	 *
	 * @param rows the rows of the last {@code forward}
	 */
	void accumulate(int rows);

	/**
	 * Like {@link #backwardSequences}, but adds to the parameters' gradients instead of replacing them.
	 *
	 * @param steps     as in {@code forwardSequences}
	 * @param sequences as in {@code forwardSequences}
	 */
	default void accumulateSequences(int steps, int sequences) {
		accumulate(steps * sequences);
	}

	/** Sets the parameters' gradients to zero, so that every loss can {@link #accumulate}. */
	void zeroGradients();

	/**
	 * Back-propagates {@link #outputGradients()} through the last forward to the inputs. The parameters' gradients stay as
	 * they are.
	 *
	 * @param rows the rows of that forward
	 */
	void backwardToInputs(int rows);

	/**
	 * ∂loss/∂input of the last {@link #backwardToInputs}, row {@code r} at {@code r * inputGradientStride(input)}; for an
	 * input of bytes, with respect to its values scaled to 0 to 1. Zero if there is no differentiable path from the input to
	 * a head.
	 *
	 * @param input index in {@link #inputs()}
	 * @return the rows; the array may be another one after a call with more rows
	 */
	float[] inputGradients(int input);

	/**
	 * @param input index in {@link #inputs()}
	 * @return floats from one row of {@link #inputGradients} to the next
	 */
	int inputGradientStride(int input);

	/**
	 * Gives access to a vertex inside the network. Call it once and not in every step.
	 *
	 * @param vertex a vertex of the graph that is no head
	 * @return the stage
	 * @throws IllegalArgumentException when there is no such vertex; the message lists the vertices
	 */
	Stage stage(String vertex);

	/**
	 * Recomputes all vertices that depend on a stage from the present content of its {@link Stage#activations()}, for
	 * example perturbed or cached values. All other vertices keep their values of the last forward. A following backward
	 * ends at the stage.
	 *
	 * @param stage a stage of this network, which has no memory
	 * @param rows  how many rows; at most the largest number of any forward; if a vertex that depends on the stage also
	 *              reads other vertices, at most the number of the last forward
	 * @throws UnsupportedOperationException when the network has memory
	 */
	void forwardFrom(Stage stage, int rows);

	/**
	 * The gradients' squared Euclidean norm over all parameters that are not frozen, summed in a fixed order.
	 *
	 * @return the squared norm
	 */
	double gradientSquaredNorm();

	/**
	 * One optimizer step on all parameters that are not frozen.
	 *
	 * @param gradientScale the factor for the gradients, for example {@code min(1, maxNorm / norm)}
	 * @param learningRate  the base rate; parts may have factors, see {@link #setLearningRateFactor}
	 */
	void update(float gradientScale, float learningRate);

	/**
	 * Freezes the chosen vertices and releases all others.
	 *
	 * @param vertices whether a vertex is frozen, by its name
	 */
	void freeze(Predicate<String> vertices);

	/**
	 * Sets a factor on the learning rate of the chosen vertices.
	 *
	 * @param vertices whether the factor applies to a vertex, by its name
	 * @param factor   at least 0
	 */
	void setLearningRateFactor(Predicate<String> vertices, float factor);

	/**
	 * Copies the network, for target networks and averages. The copy has the same graph, parameters and frozen vertices, and
	 * a fresh optimizer.
	 *
	 * @return the copy
	 */
	Network copy();

	/**
	 * Moves parameters, including frozen ones, towards another network's: θ ← (1 − share) θ + share θ′. A share of 1 copies
	 * them; a small share after every update gives a moving average. Allocates nothing while {@code vertices} is the same
	 * object. The optimizer's state stays.
	 *
	 * @param other    a {@link #copy} of this network, or the network of which this is a copy
	 * @param share    the share of θ′, 0 to 1
	 * @param vertices whether a vertex's parameters are moved, by its name
	 */
	void moveTowards(Network other, float share, Predicate<String> vertices);

	/** Resets the optimizer's state (moments and step count), as in a warm start. */
	void resetOptimizer();

	/** @return the names of all vertices with parameters, in the graph's order */
	List<String> parameterVertices();

	/**
	 * The vertices with parameters that lead to heads of one role and to no others, the heads themselves included. For the
	 * value on a shared trunk this is its head alone; for a separate critic, all of its layers.
	 *
	 * @param role the role
	 * @return their names
	 */
	Set<String> verticesLeadingTo(Head.Role role);

	/** @return the names of the vertices that {@link #freeze} fixed */
	Set<String> frozenVertices();

	/**
	 * Copies one parameter tensor.
	 *
	 * @param vertex    a name of {@link #parameterVertices()}
	 * @param parameter DL4J's name within the vertex, for example {@code "W"} or {@code "b"}
	 * @return the values; for a matrix in row-major order [in][out]
	 */
	float[] parameter(String vertex, String parameter);

	/**
	 * Replaces one parameter tensor.
	 *
	 * @param vertex    a name of {@link #parameterVertices()}
	 * @param parameter DL4J's name within the vertex
	 * @param values    the values, in the layout of {@link #parameter}
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
	 * The graph with the present weights and optimizer state. It is a snapshot for reading, saving and surgery: later
	 * training of the network does not change the graph, and changes of the graph do not affect the network.
	 *
	 * @return DL4J's graph
	 */
	ComputationGraph graph();

	/**
	 * @return the name of the backend that runs this network, for the result's provenance, for example
	 *         {@code "compiled (Vector API, 16 lanes)"}
	 */
	String backend();
}
