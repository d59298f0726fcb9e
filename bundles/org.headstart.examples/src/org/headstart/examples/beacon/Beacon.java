package org.headstart.examples.beacon;

import java.util.List;

import org.headstart.api.environment.Environment;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskFamily.ReturnShape;
import org.headstart.api.environment.TaskSet;

/** A field that is seen as an image: walk to the beacon. The task is in which half, left or right, it stands. */
public final class Beacon implements Environment<BeaconSettings> {

	@Override
	public TaskFamily create(BeaconSettings settings) {
		return new TaskFamily(new BeaconDynamics(settings.size(), settings.maxSteps()), List.of("right"),
				List.of(half("left", false, 0), half("right", true, 1)), new ReturnShape(-settings.maxSteps(), 0, Double.NaN));
	}

	private static TaskSet half(String name, boolean heldOut, double right) {
		return new TaskSet(name, "the beacon is in the " + name + " half", heldOut,
				(random, omega, offset) -> omega[offset] = right, omega -> omega[0] == right);
	}
}
