package org.headstart.examples.corridor;

import java.util.List;
import java.util.Map;

import org.headstart.api.environment.ParameterRange;
import org.headstart.api.environment.TaskFamily;
import org.headstart.testkit.EnvironmentContract;

class CorridorTest extends EnvironmentContract {

	@Override
	protected TaskFamily family() {
		ParameterRange goal = ParameterRange.of(Map.of("train", List.of(0.0, 0.4), "validation", List.of(0.45, 0.55), "test",
				List.of(0.6, 1.0)));
		return new Corridor().create(new Corridor.Settings(10, goal, 50));
	}
}
