package org.headstart.backbones;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;

import org.headstart.api.backbone.Backbone;
import org.headstart.backbones.MlpSettings.Activation;
import org.headstart.testkit.BackboneContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MlpTest {

	@Nested
	class TwoTanhLayers extends BackboneContract<MlpSettings> {
		@Override
		protected Backbone<MlpSettings> backbone() {
			return new Mlp();
		}

		@Override
		protected MlpSettings settings() {
			return new MlpSettings(List.of(32, 32), Activation.TANH);
		}
	}

	/** Rectified linear units, layers of different widths. */
	@Nested
	class ThreeReluLayers extends BackboneContract<MlpSettings> {
		@Override
		protected Backbone<MlpSettings> backbone() {
			return new Mlp();
		}

		@Override
		protected MlpSettings settings() {
			return new MlpSettings(List.of(48, 20, 33), Activation.RELU);
		}
	}

	@Test
	void aLayerHasAtLeastOneUnit() {
		assertThrows(IllegalArgumentException.class, () -> new MlpSettings(List.of(64, 0), Activation.TANH));
	}
}
