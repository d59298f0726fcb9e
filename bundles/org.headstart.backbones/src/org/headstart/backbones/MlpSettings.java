package org.headstart.backbones;

import java.util.List;

import org.headstart.api.settings.Setting;

/**
 * Settings of {@link Mlp}.
 *
 * @param hidden     widths of the hidden layers, the lowest first
 * @param activation activation function of the hidden layers
 */
public record MlpSettings(
		@Setting(value = "width of each hidden layer", byDefault = "[64, 64]", min = 1, plausibleMax = 16384) List<Integer> hidden,
		@Setting(value = "activation of the hidden layers", byDefault = "tanh") Activation activation) {

	/** The activation function of the hidden layers. */
	public enum Activation {
		/** Hyperbolic tangent. */
		TANH,
		/** Rectified linear unit. */
		RELU,
		/** Logistic function. */
		SIGMOID;

		/** @return DL4J's constant for it */
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
