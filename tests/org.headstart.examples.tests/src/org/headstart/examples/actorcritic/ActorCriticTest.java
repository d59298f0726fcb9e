package org.headstart.examples.actorcritic;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.learner.Learner;
import org.headstart.testkit.LearnerContract;
import org.junit.jupiter.api.Test;

class ActorCriticTest extends LearnerContract<ActorCriticSettings> {

	@Override
	protected Learner<ActorCriticSettings> learner() {
		return new ActorCritic();
	}

	@Override
	protected ActorCriticSettings settings() {
		return new ActorCriticSettings(8, 16, 20, 3e-3, 1e-2, 0.3, 0.5, 0.05);
	}

	@Override
	protected List<ActionSpace> actionSpaces() {
		return List.of(BoxSpace.uniform(1, -1, 1));
	}

	@Test
	void choicesAreRefused() {
		String message = assertThrows(IllegalArgumentException.class,
				() -> learner().networks(settings(), ObservationSpace.of(BoxSpace.uniform(2, -1, 1)), new DiscreteSpace(2))).getMessage();
		assertTrue(message.endsWith("it acts in boxes and not in choices"), message);
	}
}
