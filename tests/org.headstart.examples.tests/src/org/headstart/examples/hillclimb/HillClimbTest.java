package org.headstart.examples.hillclimb;

import org.headstart.api.learner.Learner;
import org.headstart.testkit.LearnerContract;

class HillClimbTest extends LearnerContract<HillClimbSettings> {

	@Override
	protected Learner<HillClimbSettings> learner() {
		return new HillClimb();
	}

	@Override
	protected HillClimbSettings settings() {
		return new HillClimbSettings(0.3, 8);
	}
}
