package org.headstart.environments.optimization.rate;

import org.headstart.testkit.SettingsContract;

class LearningRateControlSettingsTest extends SettingsContract {

	@Override
	protected Class<? extends Record> settings() {
		return LearningRateControlSettings.class;
	}
}
