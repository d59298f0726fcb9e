package org.headstart.backbones;

import java.util.List;

import org.headstart.api.settings.Setting;
import org.headstart.backbones.MlpSettings.Activation;

/**
 * Settings of {@link Lstm}.
 *
 * @param units       units of each recurrent layer
 * @param layers      how many stacked recurrent layers
 * @param hidden      width of each dense layer between the observation and the recurrent layers
 * @param hiddenAfter width of each dense layer between the recurrent layers and the heads
 * @param activation  activation function of the dense layers
 * @param forgetBias  initial bias of the forget gates
 */
public record LstmSettings(
		@Setting(value = "units of each recurrent layer", byDefault = "64", min = 1, plausibleMax = 8192) int units,
		@Setting(value = "number of stacked recurrent layers", byDefault = "1", min = 1, plausibleMax = 16) int layers,
		@Setting(value = "width of each dense layer before the recurrent ones", byDefault = "[]", min = 1,
				plausibleMax = 16384) List<Integer> hidden,
		@Setting(value = "width of each dense layer after the recurrent ones", byDefault = "[]", min = 1,
				plausibleMax = 16384) List<Integer> hiddenAfter,
		@Setting(value = "activation of the dense layers", byDefault = "tanh") Activation activation,
		@Setting(value = "initial bias of the forget gates; with 1 an untrained network keeps its memory", byDefault = "1",
				plausibleMin = -10,
				plausibleMax = 10) double forgetBias) {

	/** Checks and copies. */
	public LstmSettings {
		hidden = List.copyOf(hidden);
		hiddenAfter = List.copyOf(hiddenAfter);
		if (units < 1 || layers < 1) {
			throw new IllegalArgumentException(
					"a recurrent backbone needs at least 1 layer of at least 1 unit, not " + layers + " of " + units);
		}
		for (List<Integer> widths : List.of(hidden, hiddenAfter)) {
			for (int width : widths) {
				if (width < 1) {
					throw new IllegalArgumentException("a hidden layer needs a width of at least 1, not " + width);
				}
			}
		}
	}
}
