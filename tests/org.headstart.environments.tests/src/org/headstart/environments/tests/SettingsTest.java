package org.headstart.environments.tests;

import org.headstart.environments.classic.AcrobotSettings;
import org.headstart.environments.classic.CartPoleSettings;
import org.headstart.environments.classic.MountainCarContinuousSettings;
import org.headstart.environments.classic.MountainCarSettings;
import org.headstart.environments.classic.PendulumSettings;
import org.headstart.environments.point.PointGoalMamlSettings;
import org.headstart.environments.point.PointGoalSettings;
import org.headstart.testkit.SettingsContract;
import org.junit.jupiter.api.Nested;

/** The settings records of all environments. */
class SettingsTest {

	@Nested
	class CartPole extends SettingsContract {
		@Override
		protected Class<? extends Record> settings() {
			return CartPoleSettings.class;
		}
	}

	@Nested
	class MountainCar extends SettingsContract {
		@Override
		protected Class<? extends Record> settings() {
			return MountainCarSettings.class;
		}
	}

	@Nested
	class MountainCarContinuous extends SettingsContract {
		@Override
		protected Class<? extends Record> settings() {
			return MountainCarContinuousSettings.class;
		}
	}

	@Nested
	class Acrobot extends SettingsContract {
		@Override
		protected Class<? extends Record> settings() {
			return AcrobotSettings.class;
		}
	}

	@Nested
	class Pendulum extends SettingsContract {
		@Override
		protected Class<? extends Record> settings() {
			return PendulumSettings.class;
		}
	}

	@Nested
	class PointGoal extends SettingsContract {
		@Override
		protected Class<? extends Record> settings() {
			return PointGoalSettings.class;
		}
	}

	@Nested
	class PointGoalMaml extends SettingsContract {
		@Override
		protected Class<? extends Record> settings() {
			return PointGoalMamlSettings.class;
		}
	}
}
