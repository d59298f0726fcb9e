package org.headstart.examples.lift;

import java.util.List;

import org.headstart.api.environment.Environment;
import org.headstart.api.environment.ParameterGroup;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskFamily.ReturnShape;
import org.headstart.api.environment.TaskRole;
import org.headstart.api.environment.TaskSet;

/** A lift must reach a floor; another process simulates it. The task is the floor: low floors for training, high floors for testing. */
public final class Lift implements Environment<LiftSettings> {

	@Override
	public TaskFamily create(LiftSettings settings) {
		int middle = settings.floors() / 2;
		return new TaskFamily(new LiftSimulator(settings.floors(), settings.failures(), settings.maxSteps()),
				List.of(ParameterGroup.scalar("floor", "", 0, settings.floors() - 1, Double.NaN)),
				List.of(floors("low", TaskRole.TRAIN, 0, middle), floors("high", TaskRole.TEST, middle, settings.floors())),
				new ReturnShape(-settings.maxSteps(), 0, Double.NaN));
	}

	private static TaskSet floors(String name, TaskRole role, int from, int to) {
		return new TaskSet(name, "floors from " + from + " to " + (to - 1), role,
				(random, omega, offset) -> omega[offset] = from + random.nextInt(to - from),
				omega -> from <= omega[0] && omega[0] < to);
	}
}
