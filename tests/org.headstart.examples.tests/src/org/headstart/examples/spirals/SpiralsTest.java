package org.headstart.examples.spirals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.headstart.api.environment.DataSet;
import org.headstart.api.environment.DataSet.Selection;
import org.headstart.api.environment.DataSet.Split;
import org.headstart.api.environment.Examples;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.random.RandomStreams;
import org.headstart.testkit.EnvironmentContract;
import org.junit.jupiter.api.Test;

class SpiralsTest extends EnvironmentContract {

	@Override
	protected TaskFamily family() {
		return new Spirals().create(new Spirals.Settings(100, 0, 0.02));
	}

	@Test
	void theTasksAreTurnedAgainstEachOther() {
		float[] upright = place("train");
		float[] turned = place("test");
		assertNotEquals(upright[0], turned[0]);
		assertEquals(Math.hypot(upright[0], upright[1]), Math.hypot(turned[0], turned[1]), 1e-6);
	}

	private static float[] place(String task) {
		DataSet dataSet = new Spirals().create(new Spirals.Settings(100, 0, 0)).dataSets().get(task);
		try (Examples examples = dataSet.open(new Selection(Split.TRAIN, new RandomStreams(1)))) {
			float[] place = new float[2];
			examples.inputs(new int[] {5}, 1, place);
			return place;
		}
	}
}
