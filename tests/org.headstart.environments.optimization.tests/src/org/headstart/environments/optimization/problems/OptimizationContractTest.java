package org.headstart.environments.optimization.problems;

import java.util.List;

import org.headstart.api.environment.TaskFamily;
import org.headstart.environments.optimization.digits.DigitStyle;
import org.headstart.environments.optimization.problems.DigitNetworkSettings.Activation;
import org.headstart.testkit.EnvironmentContract;
import org.junit.jupiter.api.Nested;

class OptimizationContractTest {

	private static TaskFamily family(ProblemChoice problem, int steps) {
		return new Optimization().create(new OptimizationSettings(problem, steps, 1, new QuadraticSettings(3),
				new DigitNetworkSettings(DigitStyle.PLAIN, 8, List.of(2), Activation.SIGMOID, 2)));
	}

	@Nested
	class Quadratics extends EnvironmentContract {
		@Override
		protected TaskFamily family() {
			return OptimizationContractTest.family(ProblemChoice.QUADRATIC, 40);
		}
	}

	@Nested
	class Digits extends EnvironmentContract {
		@Override
		protected TaskFamily family() {
			return OptimizationContractTest.family(ProblemChoice.DIGITS, 100);
		}
	}
}
