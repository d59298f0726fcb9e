package org.headstart.examples.supervised;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;

import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.MultiDiscreteSpace;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.learner.Learner;
import org.headstart.testkit.LearnerContract;
import org.junit.jupiter.api.Test;

class SupervisedTest extends LearnerContract<SupervisedSettings> {

	@Override
	protected Learner<SupervisedSettings> learner() {
		return new Supervised();
	}

	@Override
	protected SupervisedSettings settings() {
		return new SupervisedSettings(16, 1e-2);
	}

	@Override
	protected List<ActionSpace> actionSpaces() {
		return List.of(new DiscreteSpace(2), new MultiDiscreteSpace(2, 2));
	}

	@Test
	void vectorsAreRefused() {
		String said = assertThrows(IllegalArgumentException.class,
				() -> learner().networks(settings(), ObservationSpace.of(BoxSpace.uniform(2, -1, 1)), BoxSpace.uniform(1, -1, 1)))
				.getMessage();
		assertEquals("it learns classes, not " + BoxSpace.uniform(1, -1, 1), said);
	}
}
