package org.headstart.examples.corridor;

import java.util.List;

import org.headstart.api.environment.Environment;
import org.headstart.api.environment.ParameterRange.Interval;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskFamily.ReturnShape;
import org.headstart.api.environment.TaskSet;

/** A corridor to walk along to a goal. The goal's place is the task: learn on near goals, be judged on far ones. */
public final class Corridor implements Environment<CorridorSettings> {

	@Override
	public TaskFamily create(CorridorSettings settings) {
		CorridorDynamics dynamics = new CorridorDynamics(settings.length(), settings.maxSteps());
		return new TaskFamily(dynamics, List.of("goal"),
				List.of(goals("train", "goals to learn on", false, settings.goal().train()),
						goals("validation", "goals to choose settings by", true, settings.goal().validation()),
						goals("test", "goals to judge by", true, settings.goal().test())),
				new ReturnShape(-settings.maxSteps(), 0, Double.NaN));
	}

	private static TaskSet goals(String name, String description, boolean heldOut, List<Interval> shares) {
		return new TaskSet(name, description, heldOut, (random, omega, offset) -> {
			Interval share = shares.get(random.nextInt(shares.size()));
			omega[offset] = random.uniform(share.low(), share.high());
		}, omega -> shares.stream().anyMatch(share -> share.low() <= omega[0] && omega[0] <= share.high()));
	}
}
