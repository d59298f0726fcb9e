package org.headstart.environments.optimization;

import java.util.List;
import java.util.Locale;

import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskSet;
import org.headstart.environments.optimization.digits.DigitStyle;
import org.headstart.environments.optimization.problems.DigitNetworkSettings;
import org.headstart.environments.optimization.problems.DigitNetworkSettings.Activation;
import org.headstart.environments.optimization.problems.Optimization;
import org.headstart.environments.optimization.problems.OptimizationSettings;
import org.headstart.environments.optimization.problems.ProblemChoice;
import org.headstart.environments.optimization.problems.QuadraticSettings;
import org.headstart.testkit.RecordedTrajectory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The results of the optimization families stay the same. */
class OptimizationTrajectoriesTest {

	@ParameterizedTest
	@EnumSource
	void problems(ProblemChoice problem) {
		TaskFamily family = new Optimization().create(new OptimizationSettings(problem, 30, 1, new QuadraticSettings(3),
				new DigitNetworkSettings(DigitStyle.PLAIN, 8, List.of(2), Activation.SIGMOID, 2)));
		for (TaskSet set : family.taskSets()) {
			new RecordedTrajectory(family, set.name(), 0).assertAsRecorded(OptimizationTrajectoriesTest.class,
					"trajectories/" + problem.name().toLowerCase(Locale.ROOT) + "-" + set.name() + ".csv");
		}
	}
}
