package org.headstart.learners.optimizer;

import java.util.List;

import org.headstart.api.backbone.Backbone;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.learner.Learner;
import org.headstart.api.settings.NoSettings;
import org.headstart.learners.optimizer.LearnedOptimizerSettings.Schedule;
import org.headstart.testkit.LearnerContract;

/** With a recurrent network, on a problem whose observations are gradients. */
class LearnedOptimizerContractTest extends LearnerContract<LearnedOptimizerSettings> {

	@Override
	protected Learner<LearnedOptimizerSettings> learner() {
		return new LearnedOptimizer();
	}

	@Override
	protected LearnedOptimizerSettings settings() {
		return new LearnedOptimizerSettings(4, 12, 1e-2, Schedule.LINEAR, 1, 10, 1, 1);
	}

	@Override
	protected Backbone<NoSettings> backbone() {
		return new SmallLstm(8);
	}

	@Override
	protected List<ActionSpace> actionSpaces() {
		return List.of(BoxSpace.uniform(1, -1, 1));
	}

	@Override
	protected Dynamics environment(ActionSpace space) {
		return new Bowl();
	}
}
