package org.headstart.nn.internal.kernels;

/**
 * The numeric work of the compiled backend; one tier of speed each. Everything that knows how a tier computes is behind
 * this interface.
 *
 * <p>Every operation has one defined order of IEEE 754 operations, the same in all tiers, so tiers agree bit by bit.
 * Stateless, except for what {@link #dense} returns, which is thread-confined.
 */
public interface Kernels {

	/** Rows of weights and activations are padded with zeros to a multiple of this, in every tier. */
	int PADDING = 16;

	/** How many partial sums {@link #squaredNorm} keeps. */
	int NORM_LANES = 64;

	/**
	 * @param size floats
	 * @return the size with padding
	 */
	static int padded(int size) {
		return (size + PADDING - 1) / PADDING * PADDING;
	}

	/**
	 * @param rows   rows
	 * @param stride floats of each
	 * @return their product
	 * @throws IllegalArgumentException when no array is so long
	 */
	static int floats(long rows, long stride) {
		long floats = rows * stride;
		if (floats > Integer.MAX_VALUE - 8) {
			throw new IllegalArgumentException(rows + " rows of " + stride
					+ " floats are more than an array can hold: lower the network's width, or the rows that it is given at once");
		}
		return (int) floats;
	}

	/** @return the tier, for the provenance: for example {@code "Vector API, 16 lanes"} */
	String tier();

	/**
	 * A dense block over a weight array that it keeps reading from.
	 *
	 * @param weights      all weights
	 * @param matrixOffset where the matrix [in][padded(out)] begins
	 * @param biasOffset   where the padded(out) biases begin; negative for a matrix without
	 * @param in           inputs
	 * @param out          outputs, without padding
	 * @return the block
	 */
	DenseKernel dense(float[] weights, int matrixOffset, int biasOffset, int in, int out);

	/**
	 * Applies an activation function in place.
	 *
	 * @param function the function
	 * @param values   rows × width floats
	 * @param offset   where the first row begins
	 * @param stride   floats from row to row
	 * @param rows     how many rows
	 * @param width    floats a row; a multiple of {@link #PADDING}
	 */
	void activate(Nonlinearity function, float[] values, int offset, int stride, int rows, int width);

	/**
	 * Multiplies gradients in place by the derivative of an activation function, which is known from its outputs.
	 *
	 * @param function        the function
	 * @param outputs         its outputs
	 * @param outputOffset    where their first row begins
	 * @param outputStride    floats from row to row
	 * @param gradients       ∂loss/∂output before, ∂loss/∂input after
	 * @param gradientOffset  where their first row begins
	 * @param gradientStride  floats from row to row
	 * @param rows            how many rows
	 * @param width           floats a row; a multiple of {@link #PADDING}
	 */
	void multiplyByDerivative(Nonlinearity function, float[] outputs, int outputOffset, int outputStride,
			float[] gradients, int gradientOffset, int gradientStride, int rows, int width);

	/**
	 * Σ x², as {@link #NORM_LANES} partial sums in single precision (element i goes to sum i mod 64), added in order in
	 * double precision.
	 *
	 * @param values the array
	 * @param from   first element
	 * @param to     end, exclusive
	 * @param lanes  scratch of {@link #NORM_LANES} floats
	 * @return the sum
	 */
	double squaredNorm(float[] values, int from, int to, float[] lanes);

	/**
	 * Adam on a range of flat arrays (Kingma and Ba 2015, the form at the end of their section 2, which is DL4J's too):
	 * m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², w ← w − α·m / (√v + ε), with g scaled first.
	 *
	 * @param weights   w
	 * @param gradients g before scaling
	 * @param first     m
	 * @param second    v
	 * @param from      first element
	 * @param to        end, exclusive
	 * @param scale     what to multiply the gradients by
	 * @param alpha     the rate with the bias correction in it: rate · √(1−β₂ᵗ) / (1−β₁ᵗ)
	 * @param beta1     β₁
	 * @param beta2     β₂
	 * @param epsilon   ε
	 */
	void adam(float[] weights, float[] gradients, float[] first, float[] second, int from, int to, float scale,
			float alpha, float beta1, float beta2, float epsilon);

	/**
	 * w ← w − rate · (scale · g).
	 *
	 * @param weights   w
	 * @param gradients g
	 * @param from      first element
	 * @param to        end, exclusive
	 * @param scale     what to multiply the gradients by
	 * @param rate      the learning rate
	 */
	void gradientDescent(float[] weights, float[] gradients, int from, int to, float scale, float rate);

	/**
	 * The gates, cells and outputs of a layer with long short-term memory, as DL4J computes them: with a, f, o, i from the gates,
	 * c = f·c′ + i·a and h = o·tanh(c). The gates' sums are replaced by their activations, c and h go to the next step's rows.
	 *
	 * @param memory  what the layer keeps of each row
	 * @param row     first row; its state before the step is there
	 * @param rows    how many rows, at most as many as there are sequences
	 * @param outputs receives h, rows × padded(units)
	 * @param offset  where its first row begins
	 * @param stride  floats from row to row
	 */
	void rememberForward(LstmMemory memory, int row, int rows, float[] outputs, int offset, int stride);

	/**
	 * ∂loss/∂(sums of the gates) from ∂loss/∂h and ∂loss/∂c, and ∂loss/∂c′ in the place of ∂loss/∂c.
	 *
	 * @param memory          what the forward pass kept of each row
	 * @param row             first row
	 * @param rows            how many rows
	 * @param gradients       ∂loss/∂h without what comes from the next step
	 * @param offset          where its first row begins
	 * @param stride          floats from row to row
	 * @param later           sequences × padded(units): ∂loss/∂h from the next step
	 * @param laterCells      sequences × padded(units): ∂loss/∂c from the next step; replaced
	 * @param laterOffset     where their first row begins
	 * @param gateGradients   receives the result, laid out as the memory's gates
	 * @param gateOffset      where its first row begins
	 */
	void rememberBackward(LstmMemory memory, int row, int rows, float[] gradients, int offset, int stride, float[] later,
			float[] laterCells, int laterOffset, float[] gateGradients, int gateOffset);

	/** One dense block: y = x·W + b and its gradients. */
	interface DenseKernel {

		/**
		 * y = x·W + b.
		 *
		 * @param x       rows × in
		 * @param xOffset where its first row begins
		 * @param xStride floats from row to row
		 * @param y       rows × padded(out); the padding is written too
		 * @param yOffset where its first row begins
		 * @param yStride floats from row to row
		 * @param rows    how many rows
		 */
		void forward(float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride, int rows);

		/**
		 * y ← y + x·W.
		 *
		 * @param x       rows × in
		 * @param xOffset where its first row begins
		 * @param xStride floats from row to row
		 * @param y       rows × padded(out)
		 * @param yOffset where its first row begins
		 * @param yStride floats from row to row
		 * @param rows    how many rows
		 */
		void addProduct(float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride, int rows);

		/**
		 * ∂loss/∂x = ∂loss/∂y · Wᵀ.
		 *
		 * @param dy         rows × out
		 * @param dyOffset   where its first row begins
		 * @param dyStride   floats from row to row
		 * @param dx         rows × padded(in)
		 * @param dxOffset   where its first row begins
		 * @param dxStride   floats from row to row
		 * @param rows       how many rows
		 * @param accumulate whether to add to what is there
		 */
		void inputGradient(float[] dy, int dyOffset, int dyStride, float[] dx, int dxOffset, int dxStride, int rows,
				boolean accumulate);

		/**
		 * ∂loss/∂W = xᵀ · ∂loss/∂y and, where there are biases, ∂loss/∂b = Σ over rows, in the order of the rows.
		 *
		 * @param x          rows × in
		 * @param xOffset    where its first row begins
		 * @param xStride    floats from row to row
		 * @param dy         rows × padded(out); the padding must be zero
		 * @param dyOffset   where its first row begins
		 * @param dyStride   floats from row to row
		 * @param gradients  laid out as the weight array
		 * @param rows       how many rows
		 * @param accumulate whether to add to what is there
		 */
		void parameterGradient(float[] x, int xOffset, int xStride, float[] dy, int dyOffset, int dyStride,
				float[] gradients, int rows, boolean accumulate);

		/** Must be called after the weights have changed; the block may keep copies in another order. */
		void weightsChanged();
	}
}
