package org.headstart.environments.optimization.rate;

import java.util.List;

import org.headstart.api.environment.TaskFamily;
import org.headstart.testkit.RecordedTrajectory;
import org.junit.jupiter.api.Test;

/** The results of learning-rate control stay the same. */
class RateTrajectoriesTest {

	@Test
	void learningRateControl() {
		TaskFamily family = RateFamilies.family(RateFamilies.small());
		for (String set : List.of("train", "test")) {
			// The reward has a logarithm.
			new RecordedTrajectory(family, set, 1e-5).assertAsRecorded(RateTrajectoriesTest.class,
					"learning-rate-control-" + set + ".csv");
		}
	}
}
