package org.headstart.api.network;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headstart.api.checkpoint.Checkpointed;

/**
 * A trainable network: the graph that a backbone and a learner's heads describe, and an executor that runs it.
 *
 * <p><b>Names.</b> Vertices are named {@code backbone/TRUNK/…}, {@code trunk/TRUNK/…} and {@code head/NAME}; a <em>part</em> is
 * everything whose vertex name begins with a given text, so {@code "head/"} means all heads on every network.
 *
 * <p><b>Shapes.</b> Most networks have one input of {@link #inputSize()} floats a row, row-major; others have several, by name. All
 * heads share one output block: head {@code h} of row {@code r} begins at {@code r * outputStride() + headOffset(h)}. The rows
 * between heads are padding; their gradients must be left zero.
 *
 * <p><b>Use.</b> {@code forward} for acting and evaluating. For training: {@code forward(…, rows)}, fill
 * {@link #outputGradients()}, {@code backward(rows)}, then {@code update(…)}. Of several losses the first is back-propagated with
 * {@code backward} and each other one, after a forward of its own, with {@code accumulate}, before one update. Neither allocates
 * after warm-up. Thread-confined. Deterministic: equal state and input give equal bits.
 *
 * <p>{@link #writeState} writes weights and optimizer state; which parts are frozen is state too.
 */
public interface Network extends Checkpointed {

	/** @return the inputs; all forwards read the same number of rows of each */
	List<Input> inputs();

	/** @return elements in one row of the first input, the only one of most networks */
	default int inputSize() {
		return inputs().get(0).size();
	}

	/**
	 * Says where an input's rows lie, for the forwards to come. They must not change between a forward and its backward.
	 *
	 * @param input  index in {@link #inputs()}, of one of floats
	 * @param values holds the rows
	 * @param offset where the first row begins
	 * @param stride floats from one row to the next; a part of longer rows is read where it lies
	 */
	void input(int input, float[] values, int offset, int stride);

	/**
	 * As {@link #input(int, float[], int, int)}.
	 *
	 * @param input  index in {@link #inputs()}, of one of bytes
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
	 * Runs the network on the rows that {@code input} named. The outputs are in {@link #outputs()} until the next call.
	 *
	 * @param rows how many rows; any number, but growth beyond what was seen before allocates
	 */
	void forward(int rows);

	/**
	 * Runs the network; other inputs than the first are where {@code input} said. The outputs are in {@link #outputs()} until the next
	 * call.
	 *
	 * @param input  rows × {@link #inputSize()} floats, from {@code offset} on; must not change before {@code backward}
	 * @param offset where the first row begins
	 * @param rows   how many rows; any number, but growth beyond what was seen before allocates
	 */
	default void forward(float[] input, int offset, int rows) {
		input(0, input, offset, inputSize());
		forward(rows);
	}

	/**
	 * Whether the forwards to come run as in training, where that differs: dropout draws, batch normalisation measures the batch. At
	 * first they act. A backward goes through what its forward drew; after a forward that acted it goes through one more that trains.
	 * What is drawn depends on the network's initialisation, its optimizer steps and the training forwards since the last of them alone,
	 * so that a resumed run draws the same.
	 *
	 * @param on whether to train
	 */
	void training(boolean on);

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
	 * @param input       rows × {@link #inputSize()} floats, from {@code offset} on; other inputs are where {@code input} said
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
	 * As {@link #step(float[], int, float[], int, int)}, on the rows that {@code input} named.
	 *
	 * @param state       as there
	 * @param stateOffset as there
	 * @param rows        as there
	 */
	default void step(float[] state, int stateOffset, int rows) {
		forward(rows);
	}

	/**
	 * Runs sequences, to be back-propagated through time by {@link #backwardSequences}. Rows are time-major: row
	 * {@code t * sequences + s} is step t of sequence s, in the input as in the output block.
	 *
	 * @param input     steps × sequences × {@link #inputSize()} floats, from {@code offset} on; must not change before
	 *                  {@code backwardSequences}. Other inputs are where {@code input} said
	 * @param offset    where the first row begins
	 * @param steps     how many steps
	 * @param sequences how many sequences side by side
	 * @param states    sequences × {@link #stateSize()} floats: the states before the first step
	 * @param restarts  [steps × sequences], from the array's beginning: whether the state is set to zero before that step, so that
	 *                  no gradient crosses it either
	 */
	default void forwardSequences(float[] input, int offset, int steps, int sequences, float[] states, boolean[] restarts) {
		input(0, input, offset, inputSize());
		forwardSequences(steps, sequences, states, restarts);
	}

	/**
	 * As {@link #forwardSequences(float[], int, int, int, float[], boolean[])}, on the rows that {@code input} named.
	 *
	 * @param steps     as there
	 * @param sequences as there
	 * @param states    as there
	 * @param restarts  as there
	 */
	default void forwardSequences(int steps, int sequences, float[] states, boolean[] restarts) {
		forward(steps * sequences);
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
	 * As {@link #backward}, but adds to the parameters' gradients, of another loss or of other rows, instead of replacing them.
	 *
	 * @param rows the rows of the last {@code forward}
	 */
	void accumulate(int rows);

	/**
	 * As {@link #backwardSequences}, but adds to the parameters' gradients instead of replacing them.
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
	 * Back-propagates {@link #outputGradients()} through the last forward to the inputs instead of the parameters, whose gradients stay
	 * as they are.
	 *
	 * @param rows the rows of that forward
	 */
	void backwardToInputs(int rows);

	/**
	 * ∂loss/∂input of the last {@link #backwardToInputs}, row {@code r} at {@code r * inputGradientStride(input)}; of bytes, by their
	 * value between 0 and 1. Zero where nothing that is differentiable leads from the input to a head.
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
	 * Looks at a vertex inside the network. To be asked for once, not in a step.
	 *
	 * @param vertex a vertex of the graph that is no head
	 * @return the stage
	 * @throws IllegalArgumentException when there is no such vertex; the message lists those that there are
	 */
	Stage stage(String vertex);

	/**
	 * Computes anew what depends on a stage, from what stands in its {@link Stage#activations()}: perturbed, or kept from earlier. All
	 * else is as in the last forward. A backward that follows ends at the stage.
	 *
	 * @param stage a stage of this network, which has no memory
	 * @param rows  how many rows; at most as many as any forward had, and as the last one had if something that depends on the stage
	 *              reads other vertices too
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

	/**
	 * A network of its own with the same graph, the same parameters and the same frozen vertices; its optimizer begins anew. For target
	 * networks and averages.
	 *
	 * @return the copy
	 */
	Network copy();

	/**
	 * Moves parameters towards another network's, frozen ones too: θ ← (1 − share) θ + share θ′. 1 copies them; small shares, after
	 * every update, give a moving average. Allocates nothing while {@code vertices} is the same object. The optimizer's state stays.
	 *
	 * @param other    a {@link #copy}, or what this is a copy of
	 * @param share    θ′'s share, 0 to 1
	 * @param vertices says of a vertex's name whether its parameters are moved
	 */
	void moveTowards(Network other, float share, Predicate<String> vertices);

	/** Forgets the optimizer's state (moments and step count), as a warm start does. */
	void resetOptimizer();

	/** @return the names of all vertices with parameters, in the graph's order */
	List<String> parameterVertices();

	/**
	 * The vertices with parameters that lead to heads of one role and to no others, the heads themselves included. On a shared trunk the
	 * value's are its head alone; a critic of its own is all of its layers.
	 *
	 * @param role the role
	 * @return their names
	 */
	Set<String> verticesLeadingTo(Head.Role role);

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
