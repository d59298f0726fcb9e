package org.headstart.nn;

import org.headstart.api.random.RandomStream;

/**
 * Orthogonal initialisation (Saxe, McClelland and Ganguli 2014, "Exact solutions to the nonlinear dynamics of learning in
 * deep linear neural networks"): a random matrix whose rows, or columns where there are fewer of them, are orthogonal and
 * have the length of the gain.
 */
final class OrthogonalInitialization {

	private OrthogonalInitialization() {}

	/**
	 * Draws a matrix, uniformly among those of its kind: normal draws, made orthonormal by Gram and Schmidt's method (twice,
	 * which keeps the result orthogonal to rounding) in double precision.
	 *
	 * @param rows    rows
	 * @param columns columns
	 * @param gain    the length of each orthogonal vector
	 * @param random  where the draws come from; rows × columns of them
	 * @return row-major
	 */
	static float[] matrix(int rows, int columns, double gain, RandomStream random) {
		boolean byRows = rows <= columns;
		int count = Math.min(rows, columns);
		int length = Math.max(rows, columns);
		double[][] vectors = new double[count][length];
		for (int i = 0; i < count; i++) {
			do {
				for (int j = 0; j < length; j++) {
					vectors[i][j] = random.nextGaussian();
				}
			} while (!makeOrthonormal(vectors, i));
		}
		float[] matrix = new float[rows * columns];
		for (int i = 0; i < count; i++) {
			for (int j = 0; j < length; j++) {
				matrix[byRows ? i * columns + j : j * columns + i] = (float) (gain * vectors[i][j]);
			}
		}
		return matrix;
	}

	/** @return false when the vector is, to rounding, a combination of those before it, and must be drawn again */
	private static boolean makeOrthonormal(double[][] vectors, int i) {
		double[] vector = vectors[i];
		double before = Math.sqrt(dot(vector, vector));
		for (int pass = 0; pass < 2; pass++) {
			for (int k = 0; k < i; k++) {
				double[] other = vectors[k];
				double part = dot(vector, other);
				for (int j = 0; j < vector.length; j++) {
					vector[j] -= part * other[j];
				}
			}
		}
		double norm = Math.sqrt(dot(vector, vector));
		if (!(norm > 1e-10 * before)) {
			return false;
		}
		for (int j = 0; j < vector.length; j++) {
			vector[j] /= norm;
		}
		return true;
	}

	private static double dot(double[] a, double[] b) {
		double sum = 0;
		for (int j = 0; j < a.length; j++) {
			sum += a[j] * b[j];
		}
		return sum;
	}
}
