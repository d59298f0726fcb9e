package org.headstart.environments.optimization.rate;

/**
 * The optimizer of an inner training. Its whole state is in the given arrays, so that it can be part of a lane's state.
 * Allocates nothing.
 */
public enum InnerOptimizer {

	/** Adam, β₁ = 0.9, β₂ = 0.999, ε = 1e-8, with bias correction (Kingma and Ba 2015, the form at the end of section 2). */
	ADAM {
		@Override
		void update(float[] weights, float[] gradients, float[] first, float[] second, int length, float rate, long update) {
			double correction = Math.sqrt(1 - StrictMath.pow(0.999, update)) / (1 - StrictMath.pow(0.9, update));
			float step = (float) (rate * correction);
			for (int i = 0; i < length; i++) {
				float gradient = gradients[i];
				float mean = 0.9f * first[i] + 0.1f * gradient;
				float square = 0.999f * second[i] + 0.001f * gradient * gradient;
				first[i] = mean;
				second[i] = square;
				weights[i] -= step * mean / ((float) Math.sqrt(square) + 1e-8f);
			}
		}
	},

	/** RMSProp, decay 0.9, ε = 1e-8 (Tieleman and Hinton 2012, lecture 6.5). */
	RMSPROP {
		@Override
		void update(float[] weights, float[] gradients, float[] first, float[] second, int length, float rate, long update) {
			for (int i = 0; i < length; i++) {
				float gradient = gradients[i];
				float square = 0.9f * second[i] + 0.1f * gradient * gradient;
				second[i] = square;
				weights[i] -= rate * gradient / ((float) Math.sqrt(square) + 1e-8f);
			}
		}
	},

	/** Heavy-ball momentum 0.9 (Polyak 1964): v ← 0.9 v + g, w ← w − rate · v. */
	MOMENTUM {
		@Override
		void update(float[] weights, float[] gradients, float[] first, float[] second, int length, float rate, long update) {
			for (int i = 0; i < length; i++) {
				float velocity = 0.9f * first[i] + gradients[i];
				first[i] = velocity;
				weights[i] -= rate * velocity;
			}
		}
	},

	/** Plain stochastic gradient descent. */
	SGD {
		@Override
		void update(float[] weights, float[] gradients, float[] first, float[] second, int length, float rate, long update) {
			for (int i = 0; i < length; i++) {
				weights[i] -= rate * gradients[i];
			}
		}
	};

	/**
	 * One update.
	 *
	 * @param weights   the parameters
	 * @param gradients their gradients
	 * @param first     first moments, or other state of the optimizer; zeros at the start
	 * @param second    second moments, or other state of the optimizer; zeros at the start
	 * @param length    how many elements of the arrays
	 * @param rate      the learning rate
	 * @param update number of the update, from 1
	 */
	abstract void update(float[] weights, float[] gradients, float[] first, float[] second, int length, float rate, long update);
}
