package org.headstart.backbones;

import java.util.List;

import org.headstart.api.settings.Setting;

/**
 * Settings of {@link Mlp}.
 *
 * @param hidden     width of each hidden layer, from the observation on
 * @param activation what follows each hidden layer
 */
public record MlpSettings(
		@Setting(value = "width of each hidden layer", byDefault = "[64, 64]", min = 1, plausibleMax = 16384) List<Integer> hidden,
		@Setting(value = "activation of the hidden layers", byDefault = "tanh") Activation activation) {

	/** What follows a hidden layer. */
	public enum Activation {
		/** Hyperbolic tangent. */
		TANH,
		/** Rectified linear unit. */
		RELU,
		/** Logistic function. */
		SIGMOID;

		/** @return DL4J's word for it */
		org.nd4j.linalg.activations.Activation inGraph() {
			return switch (this) {
				case TANH -> org.nd4j.linalg.activations.Activation.TANH;
				case RELU -> org.nd4j.linalg.activations.Activation.RELU;
				case SIGMOID -> org.nd4j.linalg.activations.Activation.SIGMOID;
			};
		}
	}

	/** Checks and copies. */
	public MlpSettings {
		hidden = List.copyOf(hidden);
		for (int width : hidden) {
			if (width < 1) {
				throw new IllegalArgumentException("a hidden layer needs a width of at least 1, not " + width);
			}
		}
	}
}
