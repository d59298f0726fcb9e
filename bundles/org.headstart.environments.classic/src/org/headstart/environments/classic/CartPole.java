package org.headstart.environments.classic;

import org.headstart.api.environment.Environment;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskFamily.ReturnShape;

/**
 * A pole on a cart, kept upright by pushing the cart left or right (Barto, Sutton and Anderson 1983, "Neuronlike adaptive
 * elements that can solve difficult learning control problems"), equal to Gymnasium's {@code CartPole-v1}. Id
 * {@code cart-pole}. The reward is 1 for each step; an episode terminates when the cart leaves ±2.4 m or the pole leaves
 * ±12°.
 */
public final class CartPole implements Environment<CartPoleSettings> {

	@Override
	public TaskFamily create(CartPoleSettings settings) {
		PhysicalContext context = new PhysicalContext(settings.context(),
				new PhysicalContext.Parameter("gravity", "m/s²", 9.8, settings.gravity(), 0, 1000),
				new PhysicalContext.Parameter("cart-mass", "kg", 1, settings.cartMass(), 0.001, 1000),
				new PhysicalContext.Parameter("pole-mass", "kg", 0.1, settings.poleMass(), 0.001, 1000),
				new PhysicalContext.Parameter("pole-half-length", "m", 0.5, settings.poleHalfLength(), 0.01, 100),
				new PhysicalContext.Parameter("force", "N", 10, settings.force(), 0, 1000),
				new PhysicalContext.Parameter("cart-friction", "N", 0, settings.cartFriction(), 0, 10),
				new PhysicalContext.Parameter("pole-friction", "N·m·s", 0, settings.poleFriction(), 0, 10));
		int steps = settings.maxEpisodeSteps();
		// In Gymnasium 475 of 500 counts as solved.
		return new TaskFamily(new CartPoleDynamics(context, steps), context.groups(), context.taskSets(),
				new ReturnShape(1, steps, steps == 500 ? 475 : Double.NaN));
	}
}
