package org.headstart.nn.kernels;

import org.headstart.api.network.Optimizer;

/** The part of Adam's step that does not depend on the parameter. */
public final class AdamStep {

	private AdamStep() {
	}

	/**
	 * √(1−β₂ᵗ) / (1−β₁ᵗ), with StrictMath: the same bits on every processor, interpreted or compiled.
	 *
	 * @param adam the settings
	 * @param step t, from 1
	 * @return what to multiply the learning rate by
	 */
	public static double rate(Optimizer.Adam adam, long step) {
		return Math.sqrt(1 - StrictMath.pow(adam.beta2(), step)) / (1 - StrictMath.pow(adam.beta1(), step));
	}
}
