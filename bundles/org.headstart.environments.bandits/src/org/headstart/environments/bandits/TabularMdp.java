package org.headstart.environments.bandits;

import java.util.ArrayList;
import java.util.List;

import org.headstart.api.environment.Environment;
import org.headstart.api.environment.ParameterGroup;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskFamily.ReturnShape;
import org.headstart.api.random.RandomStream;

/**
 * Random Markov decision processes with few states (Osband, Russo and Van Roy 2013, "(More) efficient reinforcement learning
 * via posterior sampling", section 6; Duan et al. 2016, "RL²", section 3.2). Id {@code tabular-mdp}. The mean reward of each
 * pair (state, action) is drawn from N(1, 1), the next states' probabilities from the flat Dirichlet distribution; rewards
 * have unit variance. An episode begins in the first state and lasts the horizon. The agent observes its state as a one-hot
 * vector.
 *
 * <p>ω is the whole process: the mean rewards, then the probabilities. Training, validation and test processes are three
 * quarters, an eighth and an eighth of all, separated by a hash of the first mean reward.
 */
public final class TabularMdp implements Environment<TabularMdpSettings> {

	@Override
	public TaskFamily create(TabularMdpSettings settings) {
		MdpSize size = new MdpSize(settings.states(), settings.actions(), settings.horizon());
		return new TaskFamily(new TabularMdpDynamics(size), parameters(size),
				HashedSplit.taskSets("processes", (random, omega, offset) -> sample(size, random, omega, offset),
						TabularMdp::meanReward, omega -> isProcess(size, omega)),
				new ReturnShape(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NaN), MdpReferences.all(size));
	}

	private static List<ParameterGroup> parameters(MdpSize size) {
		List<String> rewards = new ArrayList<>();
		List<String> transitions = new ArrayList<>();
		for (int state = 1; state <= size.states(); state++) {
			for (int action = 1; action <= size.actions(); action++) {
				rewards.add(state + "." + action);
				for (int next = 1; next <= size.states(); next++) {
					transitions.add(state + "." + action + "." + next);
				}
			}
		}
		return List.of(
				new ParameterGroup("reward", rewards, "", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NaN),
				new ParameterGroup("transition", transitions, "", 0, 1, Double.NaN));
	}

	private static double meanReward(RandomStream random) {
		return 1 + random.nextGaussian();
	}

	private static void sample(MdpSize size, RandomStream random, double[] omega, int offset) {
		for (int pair = 0; pair < size.pairs(); pair++) {
			omega[offset + pair] = meanReward(random);
			int first = offset + size.transitions(pair);
			double sum = 0;
			for (int next = 0; next < size.states(); next++) {
				omega[first + next] = Gamma.sample(1, random);
				sum += omega[first + next];
			}
			for (int next = 0; next < size.states(); next++) {
				omega[first + next] /= sum;
			}
		}
	}

	private static boolean isProcess(MdpSize size, double[] omega) {
		for (int pair = 0; pair < size.pairs(); pair++) {
			double sum = 0;
			for (int next = 0; next < size.states(); next++) {
				double probability = omega[size.transitions(pair) + next];
				if (!(probability >= 0)) {
					return false;
				}
				sum += probability;
			}
			if (Math.abs(sum - 1) > 1e-9) {
				return false;
			}
		}
		return true;
	}
}
