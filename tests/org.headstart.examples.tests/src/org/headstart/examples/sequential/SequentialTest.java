package org.headstart.examples.sequential;

import org.headstart.api.execution.Executor;
import org.headstart.api.settings.NoSettings;
import org.headstart.testkit.ExecutorContract;

class SequentialTest extends ExecutorContract<NoSettings> {

	@Override
	protected Executor<NoSettings> executor() {
		return new Sequential();
	}

	@Override
	protected NoSettings settings() {
		return new NoSettings();
	}
}
