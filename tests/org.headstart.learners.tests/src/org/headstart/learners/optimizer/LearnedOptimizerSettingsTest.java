package org.headstart.learners.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.headstart.learners.optimizer.LearnedOptimizerSettings.Schedule;
import org.headstart.testkit.SettingsContract;
import org.junit.jupiter.api.Test;

class LearnedOptimizerSettingsTest extends SettingsContract {

	@Override
	protected Class<? extends Record> settings() {
		return LearnedOptimizerSettings.class;
	}

	@Test
	void theLinearScheduleEndsAtZero() {
		assertEquals(0.75, Schedule.LINEAR.factor(250, 1000));
		assertEquals(0, Schedule.LINEAR.factor(2000, 1000));
		assertEquals(1, Schedule.LINEAR.factor(2000, 0), "nothing is planned");
		assertEquals(1, Schedule.CONSTANT.factor(999, 1000));
	}
}
