package org.headstart.examples.beacon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

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
		assertEquals(List.of(2, 5, 5), law.observationSpace().shape());
		float[] image = new float[50];
		law.observe(new double[] { 1, 2, 4, 3 }, 0, new double[1], 0, image, 0);
		assertEquals(1, image[1 * 5 + 2]);
		assertEquals(1, image[25 + 4 * 5 + 3]);
		float sum = 0;
		for (float pixel : image) {
			sum += pixel;
		}
		assertEquals(2, sum);
	}
}
