package org.headstart.nn.internal.compiled;

import java.util.Arrays;
import java.util.List;

import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.headstart.nn.internal.kernels.Kernels;
import org.headstart.nn.internal.kernels.LstmMemory;
import org.headstart.nn.internal.kernels.Nonlinearity;

/** One step of a compiled graph, on a chunk of rows. */
sealed interface Operation {

	/** @return what it reads */
	List<Rows> inputs();

	/** @return what it writes */
	Rows output();

	/** Computes rows from {@code row} on. */
	void forward(int row, int rows);

	/**
	 * Back-propagates a chunk of rows. The output's gradient is complete and may be overwritten.
	 *
	 * @param task    which gradients are asked for
	 * @param row     first row
	 * @param rows    how many
	 * @param replace whether the parameters' gradients are replaced; otherwise they are added to
	 */
	void backward(Task task, int row, int rows, boolean replace);

	/**
	 * An operation's part of a backward pass.
	 *
	 * @param operation  the operation
	 * @param parameters whether its parameters' gradients are asked for
	 * @param needed     for each of its inputs whether the gradient is asked for
	 * @param accumulate for each of its inputs whether another operation has begun its gradient, so that this one has to add
	 */
	record Task(Operation operation, boolean parameters, boolean[] needed, boolean[] accumulate) {}

	/** An operation with parameters. */
	sealed interface Parameterized extends Operation {

		/** Must be called after its weights have changed. */
		void weightsChanged();
	}

	/** Floats from 0 to 1 out of unsigned bytes. */
	final class Bytes implements Operation {

		private final Rows output;
		private byte[] values;
		private int offset;
		private int stride;

		Bytes(Rows output) {
			this.output = output;
		}

		void read(byte[] bytes, int at, int rowStride) {
			values = bytes;
			offset = at;
			stride = rowStride;
		}

		@Override
		public List<Rows> inputs() {
			return List.of();
		}

		@Override
		public Rows output() {
			return output;
		}

		@Override
		public void forward(int row, int rows) {
			for (int r = row; r < row + rows; r++) {
				int x = offset + r * stride;
				int y = output.at(r);
				for (int j = 0; j < output.size; j++) {
					output.values[y + j] = (values[x + j] & 0xFF) / 255f;
				}
			}
		}

		@Override
		public void backward(Task task, int row, int rows, boolean replace) {
			// here it ends: the gradient of the floats is what is asked for
		}
	}

	/** y = f(x·W + b), for one dense vertex or for all heads on one vertex together. */
	final class Dense implements Parameterized {

		private final Kernels kernels;
		private final Kernels.DenseKernel kernel;
		private final Nonlinearity function;
		private final Rows input;
		private final Rows output;
		private final float[] gradients;

		Dense(Kernels kernels, Kernels.DenseKernel kernel, Nonlinearity function, Rows input, Rows output,
				float[] gradients) {
			this.kernels = kernels;
			this.kernel = kernel;
			this.function = function;
			this.input = input;
			this.output = output;
			this.gradients = gradients;
		}

		@Override
		public List<Rows> inputs() {
			return List.of(input);
		}

		@Override
		public Rows output() {
			return output;
		}

		@Override
		public void weightsChanged() {
			kernel.weightsChanged();
		}

		@Override
		public void forward(int row, int rows) {
			int at = output.at(row);
			kernel.forward(input.values, input.at(row), input.stride, output.values, at, output.stride, rows);
			kernels.activate(function, output.values, at, output.stride, rows, output.width);
		}

		@Override
		public void backward(Task task, int row, int rows, boolean replace) {
			int dy = output.gradientsAt(row);
			int dyStride = output.gradientStride();
			kernels.multiplyByDerivative(function, output.values, output.at(row), output.stride, output.gradients, dy,
					dyStride, rows, output.width);
			if (task.parameters()) {
				kernel.parameterGradient(input.values, input.at(row), input.stride, output.gradients, dy, dyStride,
						gradients, rows, !replace);
			}
			if (task.needed()[0]) {
				kernel.inputGradient(output.gradients, dy, dyStride, input.gradients, input.gradientsAt(row),
						input.gradientStride(), rows, task.accumulate()[0]);
			}
		}
	}

	/**
	 * A layer with long short-term memory ({@link KnownGraph.Lstm}). Rows are time-major. A chunk of rows holds whole steps, or a
	 * part of one step; chunks come in order in the forward pass and in the reverse order in the backward pass.
	 */
	final class Lstm implements Parameterized {

		private final Kernels kernels;
		private final Kernels.DenseKernel fromInput;
		private final Kernels.DenseKernel fromHidden;
		private final int units;
		private final Rows input;
		private final Rows output;
		private final float[] gradients;
		private final LstmMemory memory;
		private boolean[] restarts;

		/** ∂loss/∂(sums of the gates) of one chunk. */
		private float[] gateGradients = {};
		/** ∂loss/∂h and ∂loss/∂c that come from the next step, for each sequence. */
		private float[] later = {};
		private float[] laterCells = {};

		Lstm(Kernels kernels, Kernels.DenseKernel fromInput, Kernels.DenseKernel fromHidden, int units, Rows input, Rows output,
				float[] gradients) {
			this.kernels = kernels;
			this.fromInput = fromInput;
			this.fromHidden = fromHidden;
			this.units = units;
			this.input = input;
			this.output = output;
			this.gradients = gradients;
			memory = new LstmMemory(units);
		}

		@Override
		public List<Rows> inputs() {
			return List.of(input);
		}

		@Override
		public Rows output() {
			return output;
		}

		@Override
		public void weightsChanged() {
			fromInput.weightsChanged();
			fromHidden.weightsChanged();
		}

		/** @return floats of state of one sequence: the output and the cell */
		int stateSize() {
			return 2 * units;
		}

		/**
		 * Before the first chunk of a forward pass.
		 *
		 * @param steps         how many steps
		 * @param sequences     rows a step
		 * @param states        the states before the first step, or null for zeros
		 * @param offset        where the first sequence's state of this layer begins
		 * @param stride        floats from sequence to sequence
		 * @param restartsOfAll for each row whether its state is zero before it; null for none
		 */
		void begin(int steps, int sequences, float[] states, int offset, int stride, boolean[] restartsOfAll) {
			memory.reserve(steps * sequences, sequences);
			restarts = restartsOfAll;
			if (states == null) {
				Arrays.fill(memory.hidden, 0, sequences * memory.width, 0);
				Arrays.fill(memory.cells, 0, sequences * memory.width, 0);
				return;
			}
			for (int s = 0; s < sequences; s++) {
				int to = s * memory.width;
				System.arraycopy(states, offset + s * stride, memory.hidden, to, units);
				System.arraycopy(states, offset + s * stride + units, memory.cells, to, units);
				// other numbers of sequences have left theirs here
				Arrays.fill(memory.hidden, to + units, to + memory.width, 0);
				Arrays.fill(memory.cells, to + units, to + memory.width, 0);
			}
		}

		/** Copies the states after the first step out. */
		void readStates(float[] states, int offset, int stride) {
			for (int s = 0; s < memory.sequences; s++) {
				int from = (memory.sequences + s) * memory.width;
				System.arraycopy(memory.hidden, from, states, offset + s * stride, units);
				System.arraycopy(memory.cells, from, states, offset + s * stride + units, units);
			}
		}

		@Override
		public void forward(int row, int rows) {
			int width = memory.width;
			int gateStride = memory.gateStride;
			fromInput.forward(input.values, input.at(row), input.stride, memory.gates, row * gateStride, gateStride, rows);
			for (int at = row; at < row + rows; at += memory.sequences) {
				int count = Math.min(memory.sequences, row + rows - at);
				forget(at, count, at, memory.hidden, memory.cells);
				fromHidden.addProduct(memory.hidden, at * width, width, memory.gates, at * gateStride, gateStride, count);
				kernels.rememberForward(memory, at, count, output.values, output.at(at), output.stride);
			}
		}

		/** Sets the rows of sequences to zero that restart. */
		private void forget(int row, int rows, int to, float[] hidden, float[] cells) {
			if (restarts == null) {
				return;
			}
			for (int r = 0; r < rows; r++) {
				if (restarts[row + r]) {
					int from = (to + r) * memory.width;
					Arrays.fill(hidden, from, from + memory.width, 0);
					Arrays.fill(cells, from, from + memory.width, 0);
				}
			}
		}

		/** Before the first chunk of a backward pass, which is the last of the forward pass. */
		void beginBackward(int chunk) {
			int length = memory.sequences * memory.width;
			if (later.length < length) {
				later = new float[length];
				laterCells = new float[length];
			}
			if (gateGradients.length < chunk * memory.gateStride) {
				gateGradients = new float[chunk * memory.gateStride];
			}
			Arrays.fill(later, 0, length, 0);
			Arrays.fill(laterCells, 0, length, 0);
		}

		@Override
		public void backward(Task task, int row, int rows, boolean replace) {
			int width = memory.width;
			int gateStride = memory.gateStride;
			int sequences = memory.sequences;
			int dy = output.gradientsAt(row);
			int dyStride = output.gradientStride();
			for (int at = row + (rows - 1) / sequences * sequences; at >= row; at -= sequences) {
				int count = Math.min(sequences, row + rows - at);
				int sequence = at % sequences;
				int gates = (at - row) * gateStride;
				kernels.rememberBackward(memory, at, count, output.gradients, dy + (at - row) * dyStride, dyStride, later,
						laterCells, sequence * width, gateGradients, gates);
				if (at >= sequences) {
					fromHidden.inputGradient(gateGradients, gates, gateStride, later, sequence * width, width, count, false);
					forget(at, count, sequence, later, laterCells);
				}
			}
			if (task.parameters()) {
				fromInput.parameterGradient(input.values, input.at(row), input.stride, gateGradients, 0, gateStride, gradients,
						rows, !replace);
				fromHidden.parameterGradient(memory.hidden, row * width, width, gateGradients, 0, gateStride, gradients, rows,
						!replace);
			}
			if (task.needed()[0]) {
				fromInput.inputGradient(gateGradients, 0, gateStride, input.gradients, input.gradientsAt(row),
						input.gradientStride(), rows, task.accumulate()[0]);
			}
		}
	}

	/** y = f(factor · x + shift): activation layers, scale and shift vertices, and heads that stand in another buffer. */
	final class Map implements Operation {

		private final Kernels kernels;
		private final Nonlinearity function;
		private final float factor;
		private final float shift;
		private final Rows input;
		private final Rows output;

		Map(Kernels kernels, Nonlinearity function, float factor, float shift, Rows input, Rows output) {
			this.kernels = kernels;
			this.function = function;
			this.factor = factor;
			this.shift = shift;
			this.input = input;
			this.output = output;
		}

		@Override
		public List<Rows> inputs() {
			return List.of(input);
		}

		@Override
		public Rows output() {
			return output;
		}

		@Override
		public void forward(int row, int rows) {
			for (int r = row; r < row + rows; r++) {
				int x = input.at(r);
				int y = output.at(r);
				for (int j = 0; j < output.size; j++) {
					output.values[y + j] = Math.fma(factor, input.values[x + j], shift);
				}
			}
			kernels.activate(function, output.values, output.at(row), output.stride, rows, output.width);
		}

		@Override
		public void backward(Task task, int row, int rows, boolean replace) {
			int dyStart = output.gradientsAt(row);
			kernels.multiplyByDerivative(function, output.values, output.at(row), output.stride, output.gradients, dyStart,
					output.gradientStride(), rows, output.width);
			if (!task.needed()[0]) {
				return;
			}
			boolean accumulate = task.accumulate()[0];
			int dxStart = input.gradientsAt(row);
			for (int r = 0; r < rows; r++) {
				int dy = dyStart + r * output.gradientStride();
				int dx = dxStart + r * input.gradientStride();
				for (int j = 0; j < output.size; j++) {
					float before = accumulate ? input.gradients[dx + j] : 0;
					input.gradients[dx + j] = Math.fma(factor, output.gradients[dy + j], before);
				}
			}
		}
	}

	/** Its inputs side by side. */
	final class Merge implements Operation {

		private final Rows[] inputs;
		private final Rows output;

		Merge(List<Rows> inputs, Rows output) {
			this.inputs = inputs.toArray(Rows[]::new);
			this.output = output;
		}

		@Override
		public List<Rows> inputs() {
			return List.of(inputs);
		}

		@Override
		public Rows output() {
			return output;
		}

		@Override
		public void forward(int row, int rows) {
			for (int r = row; r < row + rows; r++) {
				int y = output.at(r);
				for (Rows input : inputs) {
					System.arraycopy(input.values, input.at(r), output.values, y, input.size);
					y += input.size;
				}
			}
		}

		@Override
		public void backward(Task task, int row, int rows, boolean replace) {
			int column = output.gradientsAt(row);
			for (int i = 0; i < inputs.length; i++) {
				Rows input = inputs[i];
				if (task.needed()[i]) {
					for (int r = 0; r < rows; r++) {
						int dy = column + r * output.gradientStride();
						int dx = input.gradientsAt(row) + r * input.gradientStride();
						for (int j = 0; j < input.size; j++) {
							float before = task.accumulate()[i] ? input.gradients[dx + j] : 0;
							input.gradients[dx + j] = before + output.gradients[dy + j];
						}
					}
				}
				column += input.size;
			}
		}
	}

	/** Its inputs, combined element by element. The maximum's gradient goes to the first of equal inputs, as in DL4J. */
	final class ElementWise implements Operation {

		private final ElementWiseVertex.Op operation;
		private final Rows[] inputs;
		private final Rows output;

		ElementWise(ElementWiseVertex.Op operation, List<Rows> inputs, Rows output) {
			this.operation = operation;
			this.inputs = inputs.toArray(Rows[]::new);
			this.output = output;
		}

		@Override
		public List<Rows> inputs() {
			return List.of(inputs);
		}

		@Override
		public Rows output() {
			return output;
		}

		@Override
		public void forward(int row, int rows) {
			for (int r = row; r < row + rows; r++) {
				int y = output.at(r);
				for (int j = 0; j < output.size; j++) {
					output.values[y + j] = combine(r, j);
				}
			}
		}

		private float combine(int row, int column) {
			float result = inputs[0].values[inputs[0].at(row) + column];
			for (int i = 1; i < inputs.length; i++) {
				float x = inputs[i].values[inputs[i].at(row) + column];
				result = switch (operation) {
					case Add, Average -> result + x;
					case Subtract -> result - x;
					case Product -> result * x;
					case Max -> Math.max(result, x);
				};
			}
			return operation == ElementWiseVertex.Op.Average ? result / inputs.length : result;
		}

		@Override
		public void backward(Task task, int row, int rows, boolean replace) {
			for (int i = 0; i < inputs.length; i++) {
				Rows input = inputs[i];
				if (!task.needed()[i]) {
					continue;
				}
				for (int r = 0; r < rows; r++) {
					int dy = output.gradientsAt(row) + r * output.gradientStride();
					int dx = input.gradientsAt(row) + r * input.gradientStride();
					for (int j = 0; j < output.size; j++) {
						float before = task.accumulate()[i] ? input.gradients[dx + j] : 0;
						input.gradients[dx + j] = Math.fma(output.gradients[dy + j], derivative(i, row + r, j), before);
					}
				}
			}
		}

		/** ∂y/∂xᵢ. */
		private float derivative(int i, int row, int column) {
			return switch (operation) {
				case Add -> 1;
				case Subtract -> i == 0 ? 1 : -1;
				case Average -> 1f / inputs.length;
				case Product -> {
					float product = 1;
					for (int k = 0; k < inputs.length; k++) {
						if (k != i) {
							product *= inputs[k].values[inputs[k].at(row) + column];
						}
					}
					yield product;
				}
				case Max -> firstMaximum(row, column) == i ? 1 : 0;
			};
		}

		private int firstMaximum(int row, int column) {
			int best = 0;
			for (int k = 1; k < inputs.length; k++) {
				if (inputs[k].values[inputs[k].at(row) + column] > inputs[best].values[inputs[best].at(row) + column]) {
					best = k;
				}
			}
			return best;
		}
	}
}
