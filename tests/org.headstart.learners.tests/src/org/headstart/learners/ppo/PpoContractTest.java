package org.headstart.learners.ppo;

import org.headstart.api.backbone.Backbone;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.learner.Learner;
import org.headstart.api.settings.NoSettings;
import org.headstart.learners.ppo.PpoSettings.Schedule;
import org.headstart.testkit.LearnerContract;
import org.junit.jupiter.api.Nested;

class PpoContractTest {

	@Nested
	class Plain extends LearnerContract<PpoSettings> {
		@Override
		protected Learner<PpoSettings> learner() {
			return new Ppo();
		}

		@Override
		protected PpoSettings settings() {
			return new PpoSettings(4, 32, 0, 32, 4, 3e-3, Schedule.CONSTANT, 0.9, 0.9, 0.2, 0, 0.5, 0, Schedule.CONSTANT, 0.5, 0, false,
					false, false, -1, 1e-5);
		}
	}

	/** Sequences of four steps and a rest. */
	@Nested
	class Recurrent extends LearnerContract<PpoSettings> {
		@Override
		protected Learner<PpoSettings> learner() {
			return new Ppo();
		}

		@Override
		protected PpoSettings settings() {
			return new PpoSettings(4, 30, 4, 36, 4, 3e-3, Schedule.CONSTANT, 0.9, 0.9, 0.2, 0, 0.5, 0, Schedule.CONSTANT, 0.5, 0, true,
					true, false, -1, 1e-5);
		}

		@Override
		protected Backbone<NoSettings> backbone() {
			return new OneLstm(16);
		}
	}

	/** Everything that can be switched on. */
	@Nested
	class WithAllOptions extends LearnerContract<PpoSettings> {
		@Override
		protected Learner<PpoSettings> learner() {
			return new Ppo();
		}

		@Override
		protected PpoSettings settings() {
			return new PpoSettings(3, 40, 0, 50, 4, 3e-3, Schedule.LINEAR, 0.9, 0.9, 0.2, 0.5, 0.5, 0.001, Schedule.LINEAR, 0.5, 0.05,
					true, true, true, -1, 1e-5);
		}
	}

	/** The signal is seen as bytes. */
	@Nested
	class Bytes extends LearnerContract<PpoSettings> {
		@Override
		protected Learner<PpoSettings> learner() {
			return new Ppo();
		}

		@Override
		protected PpoSettings settings() {
			return new PpoSettings(4, 32, 0, 32, 4, 3e-3, Schedule.CONSTANT, 0.9, 0.9, 0.2, 0, 0.5, 0, Schedule.CONSTANT, 0.5, 0, false,
					false, false, -1, 1e-5);
		}

		@Override
		protected Dynamics environment(ActionSpace space) {
			return new SeenSignal(super.environment(space), false);
		}
	}

	/** Bytes, and numbers that are normalised beside them, on one backbone. */
	@Nested
	class BytesAndNumbers extends LearnerContract<PpoSettings> {
		@Override
		protected Learner<PpoSettings> learner() {
			return new Ppo();
		}

		@Override
		protected PpoSettings settings() {
			return new PpoSettings(4, 32, 0, 32, 4, 3e-3, Schedule.CONSTANT, 0.9, 0.9, 0.2, 0, 0.5, 0, Schedule.CONSTANT, 0.5, 0, true,
					true, true, -1, 1e-5);
		}

		@Override
		protected Dynamics environment(ActionSpace space) {
			return new SeenSignal(super.environment(space), true);
		}
	}

	/** Both, remembered. */
	@Nested
	class RecurrentBytes extends LearnerContract<PpoSettings> {
		@Override
		protected Learner<PpoSettings> learner() {
			return new Ppo();
		}

		@Override
		protected PpoSettings settings() {
			return new PpoSettings(4, 30, 4, 36, 4, 3e-3, Schedule.CONSTANT, 0.9, 0.9, 0.2, 0, 0.5, 0, Schedule.CONSTANT, 0.5, 0, true,
					true, false, -1, 1e-5);
		}

		@Override
		protected Dynamics environment(ActionSpace space) {
			return new SeenSignal(super.environment(space), true);
		}

		@Override
		protected Backbone<NoSettings> backbone() {
			return new OneLstm(16);
		}
	}
}
