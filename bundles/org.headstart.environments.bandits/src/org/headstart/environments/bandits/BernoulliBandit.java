package org.headstart.environments.bandits;

import java.util.List;

import org.headstart.api.environment.Environment;
import org.headstart.api.environment.ParameterGroup;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskFamily.ReturnShape;
import org.headstart.api.random.RandomStream;

/**
 * A bandit of k arms; arm i pays 1 with probability p_i, else 0 (Duan et al. 2016, "RL²", section 3.1). Id
 * {@code bernoulli-bandit}. ω is (p_1, …, p_k), each uniform in [0, 1). An episode is one pull, and its observation says
 * nothing, so all information is in the trial's history: an experiment with {@code trial: {episodes: n}} plays the paper's
 * bandits of n pulls.
 *
 * <p>Training, validation and test bandits are three quarters, an eighth and an eighth of all bandits, separated by a hash
 * of p_1: each set is infinite, and no bandit belongs to two of them.
 */
public final class BernoulliBandit implements Environment<BernoulliBanditSettings> {

	@Override
	public TaskFamily create(BernoulliBanditSettings settings) {
		int arms = settings.arms();
		return new TaskFamily(new BernoulliBanditDynamics(arms), List.of(ParameterGroup.numbered("arm", arms, "", 0, 1, Double.NaN)),
				HashedSplit.taskSets("bandits", (random, omega, offset) -> sample(arms, random, omega, offset),
						RandomStream::nextDouble, BernoulliBandit::isBandit),
				new ReturnShape(0, 1, Double.NaN), BanditReferences.all());
	}

	private static void sample(int arms, RandomStream random, double[] omega, int offset) {
		for (int arm = 0; arm < arms; arm++) {
			omega[offset + arm] = random.nextDouble();
		}
	}

	private static boolean isBandit(double[] omega) {
		for (double probability : omega) {
			if (!(probability >= 0 && probability < 1)) {
				return false;
			}
		}
		return true;
	}
}
