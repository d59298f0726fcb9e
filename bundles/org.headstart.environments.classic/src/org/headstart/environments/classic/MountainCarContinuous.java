package org.headstart.environments.classic;

import org.headstart.api.environment.Environment;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskFamily.ReturnShape;

/**
 * The car in the valley (Moore 1990) with a continuous force, equal to Gymnasium's {@code MountainCarContinuous-v0}. Id
 * {@code mountain-car-continuous}. The reward is −0.1 a² for each step, and +100 at the goal, where an episode terminates.
 *
 * <p>As in Gymnasium the force is clipped but its cost is not: an action of 5 has the force of 1 and costs 2.5. So returns
 * have no lower bound.
 */
public final class MountainCarContinuous implements Environment<MountainCarContinuousSettings> {

	@Override
	public TaskFamily create(MountainCarContinuousSettings settings) {
		PhysicalContext context = new PhysicalContext(settings.context(),
				new PhysicalContext.Parameter("gravity", "length/step²", 0.0025, settings.gravity(), 0, 1),
				new PhysicalContext.Parameter("power", "length/step²", 0.0015, settings.power(), 0, 1),
				new PhysicalContext.Parameter("friction", "", 0, settings.friction(), 0, 1),
				new PhysicalContext.Parameter("goal-position", "length", 0.45, settings.goalPosition(), -0.35, 0.6));
		int steps = settings.maxEpisodeSteps();
		// In Gymnasium 90 counts as solved, with a limit of 999 steps.
		return new TaskFamily(new MountainCarContinuousDynamics(context, steps), context.groups(), context.taskSets(),
				new ReturnShape(Double.NEGATIVE_INFINITY, 100, steps == 999 ? 90 : Double.NaN));
	}
}
