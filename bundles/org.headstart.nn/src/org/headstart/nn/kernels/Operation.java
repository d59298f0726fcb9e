package org.headstart.nn.kernels;

import java.util.List;

import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;

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
	 * @param row   first row
	 * @param rows  how many
	 * @param first whether this is the first chunk, which replaces the parameters' gradients; others add to them
	 */
	void backward(int row, int rows, boolean first);

	/** Tells which inputs' gradients other operations have begun, so that this one has to add: parallel to inputs. */
	void accumulate(boolean[] inputs);

	/** y = f(x·W + b), for one dense vertex or for all heads on one vertex together. */
	final class Dense implements Operation {

		private final Kernels kernels;
		private final Kernels.DenseKernel kernel;
		private final Nonlinearity function;
		private final Rows input;
		private final Rows output;
		private final float[] gradients;
		private boolean accumulate;
		/** Whether any parameter of this block is not frozen. */
		boolean trainable = true;

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
		public void accumulate(boolean[] inputs) {
			accumulate = inputs[0];
		}

		void weightsChanged() {
			kernel.weightsChanged();
		}

		@Override
		public void forward(int row, int rows) {
			int at = output.at(row);
			kernel.forward(input.values, input.at(row), input.stride, output.values, at, output.stride, rows);
			kernels.activate(function, output.values, at, output.stride, rows, output.width);
		}

		@Override
		public void backward(int row, int rows, boolean first) {
			int dy = output.gradientsAt(row);
			int dyStride = output.gradientStride();
			kernels.multiplyByDerivative(function, output.values, output.at(row), output.stride, output.gradients, dy,
					dyStride, rows, output.width);
			if (trainable) {
				kernel.parameterGradient(input.values, input.at(row), input.stride, output.gradients, dy, dyStride,
						gradients, rows, !first);
			}
			if (input.gradientNeeded) {
				kernel.inputGradient(output.gradients, dy, dyStride, input.gradients, input.gradientsAt(row),
						input.gradientStride(), rows, accumulate);
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
		private boolean accumulate;

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
		public void accumulate(boolean[] inputs) {
			accumulate = inputs[0];
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
		public void backward(int row, int rows, boolean first) {
			int dyStart = output.gradientsAt(row);
			kernels.multiplyByDerivative(function, output.values, output.at(row), output.stride, output.gradients, dyStart,
					output.gradientStride(), rows, output.width);
			if (!input.gradientNeeded) {
				return;
			}
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
		private final boolean[] accumulate;

		Merge(List<Rows> inputs, Rows output) {
			this.inputs = inputs.toArray(Rows[]::new);
			this.output = output;
			accumulate = new boolean[inputs.size()];
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
		public void accumulate(boolean[] flags) {
			System.arraycopy(flags, 0, accumulate, 0, accumulate.length);
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
		public void backward(int row, int rows, boolean first) {
			int column = output.gradientsAt(row);
			for (int i = 0; i < inputs.length; i++) {
				Rows input = inputs[i];
				if (input.gradientNeeded) {
					for (int r = 0; r < rows; r++) {
						int dy = column + r * output.gradientStride();
						int dx = input.gradientsAt(row) + r * input.gradientStride();
						for (int j = 0; j < input.size; j++) {
							float before = accumulate[i] ? input.gradients[dx + j] : 0;
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
		private final boolean[] accumulate;

		ElementWise(ElementWiseVertex.Op operation, List<Rows> inputs, Rows output) {
			this.operation = operation;
			this.inputs = inputs.toArray(Rows[]::new);
			this.output = output;
			accumulate = new boolean[inputs.size()];
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
		public void accumulate(boolean[] flags) {
			System.arraycopy(flags, 0, accumulate, 0, accumulate.length);
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
		public void backward(int row, int rows, boolean first) {
			for (int i = 0; i < inputs.length; i++) {
				Rows input = inputs[i];
				if (!input.gradientNeeded) {
					continue;
				}
				for (int r = 0; r < rows; r++) {
					int dy = output.gradientsAt(row) + r * output.gradientStride();
					int dx = input.gradientsAt(row) + r * input.gradientStride();
					for (int j = 0; j < output.size; j++) {
						float before = accumulate[i] ? input.gradients[dx + j] : 0;
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
