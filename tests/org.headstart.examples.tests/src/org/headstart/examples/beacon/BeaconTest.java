package org.headstart.examples.beacon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;

import org.headstart.api.environment.ObservationPart;
import org.headstart.api.environment.TaskFamily;
import org.headstart.testkit.EnvironmentContract;
import org.junit.jupiter.api.Test;

class BeaconTest extends EnvironmentContract {

	@Override
	protected TaskFamily family() {
		return new Beacon().create(new BeaconSettings(6, 20));
	}

	@Test
	void whatIsSeenIsAnImage() {
		BeaconDynamics law = new BeaconDynamics(5, 20);
		assertEquals(List.of(ObservationPart.image("field", 2, 5, 5)), law.observationParts());
		byte[] image = new byte[50];
		Arrays.fill(image, (byte) 7);
		law.draw(0, new double[] {1, 2, 4, 3}, 0, new double[1], 0, image, 0);
		assertEquals((byte) 255, image[1 * 5 + 2]);
		assertEquals((byte) 255, image[25 + 4 * 5 + 3]);
		int sum = 0;
		for (byte pixel : image) {
			sum += pixel & 0xFF;
		}
		assertEquals(2 * 255, sum);
	}
}
