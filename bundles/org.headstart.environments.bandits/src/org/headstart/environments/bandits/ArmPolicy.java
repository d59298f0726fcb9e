package org.headstart.environments.bandits;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.Lanes;
import org.headstart.api.learner.Policy;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;

/** Plays a bandit by a rule on the record of the trial's pulls. A lane's actions do not depend on the number of lanes. */
final class ArmPolicy implements Policy {

	private final ArmRule rule;
	private final ArmRecord record;
	private final RandomStream[] random;
	private final int[] chosen;

	ArmPolicy(int lanes, int arms, RandomStreams streams, ArmRule rule) {
		this.rule = rule;
		record = new ArmRecord(lanes, arms);
		random = new RandomStream[lanes];
		for (int lane = 0; lane < lanes; lane++) {
			random[lane] = streams.stream("lane-" + lane);
		}
		chosen = new int[lanes];
	}

	@Override
	public void act(Lanes environment, ActionBatch actions) {
		for (int lane = 0; lane < chosen.length; lane++) {
			chosen[lane] = rule.choose(record, lane, random[lane]);
			actions.index[lane] = chosen[lane];
		}
	}

	@Override
	public void observe(Lanes environment) {
		for (int lane = 0; lane < chosen.length; lane++) {
			if (environment.terminated()[lane] || environment.truncated()[lane]) {
				record.forget(lane);
			} else {
				record.add(lane, chosen[lane], environment.rewards()[lane] > 0);
			}
		}
	}
}
