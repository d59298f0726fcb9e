package org.headstart.environments.classic;

import org.headstart.api.environment.Environment;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskFamily.ReturnShape;

/**
 * A car in a valley, too weak to climb the right hill without a run-up from the left one (Moore 1990, "Efficient
 * memory-based learning for robot control"; as in Sutton and Barto 2018, example 10.1), equal to Gymnasium's
 * {@code MountainCar-v0}. Id {@code mountain-car}. The reward is −1 for each step; an episode terminates at the goal.
 */
public final class MountainCar implements Environment<MountainCarSettings> {

	@Override
	public TaskFamily create(MountainCarSettings settings) {
		PhysicalContext context = new PhysicalContext(settings.context(),
				new PhysicalContext.Parameter("gravity", "length/step²", 0.0025, settings.gravity(), 0, 1),
				new PhysicalContext.Parameter("force", "length/step²", 0.001, settings.force(), 0, 1),
				new PhysicalContext.Parameter("friction", "", 0, settings.friction(), 0, 1),
				new PhysicalContext.Parameter("goal-position", "length", 0.5, settings.goalPosition(), -0.35, 0.6));
		int steps = settings.maxEpisodeSteps();
		// In Gymnasium −110 counts as solved, with a limit of 200 steps.
		return new TaskFamily(new MountainCarDynamics(context, steps), context.groups(), context.taskSets(),
				new ReturnShape(-steps, -1, steps == 200 ? -110 : Double.NaN));
	}
}
