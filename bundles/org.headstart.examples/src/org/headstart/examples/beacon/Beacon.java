package org.headstart.examples.beacon;

import java.util.List;

import org.headstart.api.environment.Environment;
import org.headstart.api.environment.ParameterGroup;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskFamily.ReturnShape;
import org.headstart.api.environment.TaskRole;
import org.headstart.api.environment.TaskSet;

/** Walk to the beacon in a field that is observed as an image. The task is the half of the field, left or right, with the beacon. */
public final class Beacon implements Environment<BeaconSettings> {

	@Override
	public TaskFamily create(BeaconSettings settings) {
		return new TaskFamily(new BeaconDynamics(settings.size(), settings.maxSteps()),
				List.of(ParameterGroup.scalar("right", "", 0, 1, 0)),
				List.of(half("left", TaskRole.TRAIN, 0), half("right", TaskRole.TEST, 1)),
				new ReturnShape(-settings.maxSteps(), 0, Double.NaN));
	}

	private static TaskSet half(String name, TaskRole role, double right) {
		return new TaskSet(name, "the beacon is in the " + name + " half", role,
				(random, omega, offset) -> omega[offset] = right, omega -> omega[0] == right);
	}
}
