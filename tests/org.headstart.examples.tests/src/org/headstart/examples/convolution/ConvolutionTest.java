package org.headstart.examples.convolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;

import org.headstart.api.backbone.Backbone;
import org.headstart.api.environment.BoxSpace;
import org.headstart.testkit.BackboneContract;
import org.junit.jupiter.api.Test;

class ConvolutionTest extends BackboneContract<ConvolutionSettings> {

	@Override
	protected Backbone<ConvolutionSettings> backbone() {
		return new Convolution();
	}

	@Override
	protected ConvolutionSettings settings() {
		return new ConvolutionSettings(4, 16);
	}

	@Override
	protected List<BoxSpace> observationSpaces() {
		return List.of(BoxSpace.image(1, 5, 6, 0, 1), BoxSpace.image(3, 8, 8, 0, 1));
	}

	@Test
	void whatItCannotReadIsSaid() {
		assertEquals("the observation is a vector of 4 floats; two layers of convolutions read images of at least 5 × 5 pixels",
				refusal(BoxSpace.uniform(4, -1, 1)));
		assertEquals("the observation is an image of 3 × 4 × 9 (channels, height, width); two layers of convolutions read images of at"
				+ " least 5 × 5 pixels", refusal(BoxSpace.image(3, 4, 9, 0, 1)));
	}

	private String refusal(BoxSpace observation) {
		return assertThrows(IllegalArgumentException.class, () -> backbone().check(observation, settings())).getMessage();
	}
}
