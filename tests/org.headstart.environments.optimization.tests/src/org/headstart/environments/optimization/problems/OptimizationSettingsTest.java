package org.headstart.environments.optimization.problems;

import org.headstart.testkit.SettingsContract;
import org.junit.jupiter.api.Nested;

class OptimizationSettingsTest {

	@Nested
	class Family extends SettingsContract {
		@Override
		protected Class<? extends Record> settings() {
			return OptimizationSettings.class;
		}
	}

	@Nested
	class Quadratics extends SettingsContract {
		@Override
		protected Class<? extends Record> settings() {
			return QuadraticSettings.class;
		}
	}

	@Nested
	class Digits extends SettingsContract {
		@Override
		protected Class<? extends Record> settings() {
			return DigitNetworkSettings.class;
		}
	}
}
