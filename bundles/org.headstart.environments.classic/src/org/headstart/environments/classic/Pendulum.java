package org.headstart.environments.classic;

import org.headstart.api.environment.Environment;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskFamily.ReturnShape;

/**
 * A pendulum that must swing up and stay upright, with a motor too weak to lift it at once (the task of Doya 2000,
 * "Reinforcement learning in continuous time and space", section 5.1), equal to Gymnasium's {@code Pendulum-v1}. Id
 * {@code pendulum}. Episodes never terminate.
 */
public final class Pendulum implements Environment<PendulumSettings> {

	@Override
	public TaskFamily create(PendulumSettings settings) {
		PhysicalContext context = new PhysicalContext(settings.context(),
				new PhysicalContext.Parameter("gravity", "m/s²", 10, settings.gravity(), 0, 1000),
				new PhysicalContext.Parameter("mass", "kg", 1, settings.mass(), 0.001, 1000),
				new PhysicalContext.Parameter("length", "m", 1, settings.length(), 0.01, 100),
				new PhysicalContext.Parameter("friction", "N·m·s", 0, settings.friction(), 0, 10));
		int steps = settings.maxEpisodeSteps();
		// the bounds of angle, velocity and torque bound a step's cost; no return counts as solved
		double worst = Math.PI * Math.PI + 0.1 * 8 * 8 + 0.001 * 2 * 2;
		return new TaskFamily(new PendulumDynamics(context, steps), context.groups(), context.taskSets(),
				new ReturnShape(-worst * steps, 0, Double.NaN));
	}
}
