package org.headstart.learners.optimizer;

/**
 * The preprocessing of gradients whose magnitudes span many decades (Andrychowicz et al. 2016, appendix A):
 *
 * <pre>
 * (log|g| / p, sign g)  where |g| ≥ exp(−p),  else  (−1, exp(p) g)
 * </pre>
 *
 * @param p the number of powers of e below 1 on the logarithmic scale
 */
record GradientPreprocessing(double p) {

	/** Floats for each gradient. */
	static final int SIZE = 2;

	/** Writes {@code count} gradients as {@link #SIZE} floats each. */
	void apply(float[] gradients, int from, float[] inputs, int to, int count) {
		double least = StrictMath.exp(-p);
		double steep = StrictMath.exp(p);
		double scale = 1 / p;
		for (int i = 0; i < count; i++, to += SIZE) {
			float g = gradients[from + i];
			double magnitude = Math.abs(g);
			if (magnitude >= least) {
				// StrictMath: the same bits in interpreted and compiled code
				inputs[to] = (float) (scale * StrictMath.log(magnitude));
				inputs[to + 1] = Math.signum(g);
			} else {
				inputs[to] = -1;
				inputs[to + 1] = (float) (steep * g);
			}
		}
	}
}
