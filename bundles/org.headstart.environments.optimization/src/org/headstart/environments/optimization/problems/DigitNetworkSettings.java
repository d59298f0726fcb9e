package org.headstart.environments.optimization.problems;

import java.util.List;

import org.headstart.api.settings.Setting;
import org.headstart.environments.optimization.digits.DigitStyle;

/**
 * Settings of {@link DigitNetwork}.
 *
 * @param style      the style of the digits
 * @param side       pixels along each edge of a picture
 * @param hidden     units of each hidden layer
 * @param activation their activation function
 * @param minibatch number of pictures over which a gradient is averaged
 */
public record DigitNetworkSettings(
		@Setting(value = "Style of the digits", byDefault = "plain") DigitStyle style,
		@Setting(value = "Pixels along each edge of a picture", byDefault = "8", unit = "pixels", min = 8, max = 28) int side,
		@Setting(value = "Units of each hidden layer", byDefault = "[20]", min = 1, max = 500) List<Integer> hidden,
		@Setting(value = "Activation function of the hidden layers: sigmoid, tanh or relu", byDefault = "sigmoid") Activation activation,
		@Setting(value = "Number of pictures over which a gradient is averaged, drawn with replacement", byDefault = "64", min = 1,
				max = 1024) int minibatch) {

	private static final int MOST_LAYERS = 10;
	private static final int MOST_UNITS = 500;

	/** Activation functions of hidden layers. */
	public enum Activation {
		/** 1 / (1 + exp(−x)). */
		SIGMOID,
		/** Hyperbolic tangent. */
		TANH,
		/** max(0, x). */
		RELU
	}

	/**
	 * Checks the settings against each other.
	 *
	 * @throws IllegalArgumentException when the layers are too many or too large
	 */
	public DigitNetworkSettings {
		hidden = List.copyOf(hidden);
		if (hidden.isEmpty() || hidden.size() > MOST_LAYERS) {
			throw new IllegalArgumentException("hidden needs 1 to " + MOST_LAYERS + " layers, not " + hidden.size());
		}
		for (int units : hidden) {
			if (units < 1 || units > MOST_UNITS) {
				throw new IllegalArgumentException("hidden: a layer has 1 to " + MOST_UNITS + " units, not " + units);
			}
		}
	}
}
