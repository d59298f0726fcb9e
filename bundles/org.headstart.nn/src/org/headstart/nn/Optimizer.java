package org.headstart.nn;

/** How gradients become steps. The learning rate is given with each step. */
public sealed interface Optimizer {

	/**
	 * Adam (Kingma and Ba 2015), in the form that DL4J has and that is given at the end of the paper's section 2: ε is added
	 * to √v without bias correction.
	 *
	 * @param beta1   decay of the first moment, in [0, 1)
	 * @param beta2   decay of the second moment, in [0, 1)
	 * @param epsilon above 0
	 */
	record Adam(double beta1, double beta2, double epsilon) implements Optimizer {

		/** Checks. */
		public Adam {
			if (!(beta1 >= 0 && beta1 < 1) || !(beta2 >= 0 && beta2 < 1)) {
				throw new IllegalArgumentException("Adam's beta1 and beta2 must be in [0, 1), are " + beta1 + " and " + beta2);
			}
			if (!(epsilon > 0)) {
				throw new IllegalArgumentException("Adam's epsilon must be above 0, is " + epsilon);
			}
		}

		/** The paper's defaults: 0.9, 0.999, 1e-8. */
		public Adam() {
			this(0.9, 0.999, 1e-8);
		}
	}

	/** Plain gradient descent, without momentum. */
	record GradientDescent() implements Optimizer {
	}
}
