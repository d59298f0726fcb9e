package org.headstart.environments.classic;

import org.headstart.api.environment.Environment;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskFamily.ReturnShape;

/**
 * Two links with a motor in the joint between them, which must swing up (Sutton 1996, "Generalization in reinforcement
 * learning: successful examples using sparse coarse coding", with the equations of Sutton and Barto's book), equal to
 * Gymnasium's {@code Acrobot-v1}. Id {@code acrobot}. The reward is −1 for each step, and 0 for the step that lifts the tip
 * above the pivot by the first link's length and ends the episode.
 */
public final class Acrobot implements Environment<AcrobotSettings> {

	@Override
	public TaskFamily create(AcrobotSettings settings) {
		PhysicalContext context = new PhysicalContext(settings.context(),
				new PhysicalContext.Parameter("gravity", "m/s²", 9.8, settings.gravity(), 0, 100),
				new PhysicalContext.Parameter("link1-length", "m", 1, settings.link1Length(), 0.1, 10),
				new PhysicalContext.Parameter("link2-length", "m", 1, settings.link2Length(), 0.1, 10),
				new PhysicalContext.Parameter("link1-mass", "kg", 1, settings.link1Mass(), 0.1, 10),
				new PhysicalContext.Parameter("link2-mass", "kg", 1, settings.link2Mass(), 0.1, 10),
				new PhysicalContext.Parameter("link1-centre", "", 0.5, settings.link1Centre(), 0.05, 1),
				new PhysicalContext.Parameter("link2-centre", "", 0.5, settings.link2Centre(), 0.05, 1),
				new PhysicalContext.Parameter("inertia", "kg·m²", 1, settings.inertia(), 0.01, 100),
				new PhysicalContext.Parameter("torque", "N·m", 1, settings.torque(), 0, 100),
				new PhysicalContext.Parameter("friction", "N·m·s", 0, settings.friction(), 0, 10));
		int steps = settings.maxEpisodeSteps();
		// In Gymnasium −100 counts as solved, with a limit of 500 steps.
		return new TaskFamily(new AcrobotDynamics(context, steps), context.groups(), context.taskSets(),
				new ReturnShape(-steps, 0, steps == 500 ? -100 : Double.NaN));
	}
}
