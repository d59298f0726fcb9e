package org.headstart.engine.internal.execution;

import org.headstart.api.distribution.ActionDistribution;
import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.Lanes;
import org.headstart.api.learner.ActorCritic;
import org.headstart.api.learner.Policy;
import org.headstart.api.random.RandomStream;

/** Draws from an agent's distribution. It has no memory, so it can continue in any lanes. */
final class SampledPolicy implements Policy {

	private final ActorCritic agent;
	private final ActionDistribution distribution;
	private final RandomStream random;
	private final float[] parameters;
	private final float[] values;
	private final double[] logStd;
	private final float[] stored;
	private final float[] logProbabilities = new float[1];

	SampledPolicy(ActorCritic agent, ActionSpace space, int lanes, RandomStream random) {
		this.agent = agent;
		this.random = random;
		distribution = ActionDistribution.of(space);
		int size = distribution.headSize() + distribution.logStdSize();
		if (agent.distributionSize() != size) {
			throw new IllegalStateException("a distribution over " + space + " has " + size + " parameters; actorCritic gives "
					+ agent.distributionSize());
		}
		parameters = new float[lanes * size];
		values = new float[lanes];
		logStd = new double[distribution.logStdSize()];
		stored = new float[distribution.actionSize()];
	}

	@Override
	public void act(Lanes environment, ActionBatch actions) {
		int rows = environment.lanes();
		agent.evaluate(environment, parameters, values);
		int size = agent.distributionSize();
		for (int row = 0; row < rows; row++) {
			int at = row * size;
			for (int i = 0; i < logStd.length; i++) {
				logStd[i] = parameters[at + distribution.headSize() + i];
			}
			distribution.use(logStd);
			distribution.sample(parameters, at, size, 1, random, actions, row, stored, logProbabilities, 0);
		}
	}
}
