package org.headstart.examples.rehearsal;

import java.util.List;

import org.headstart.api.strategy.Strategy;
import org.headstart.testkit.StrategyContract;

class RehearsalTest extends StrategyContract<RehearsalSettings> {

	@Override
	protected Strategy<RehearsalSettings> strategy() {
		return new Rehearsal();
	}

	@Override
	protected List<RehearsalSettings> settings() {
		return List.of(new RehearsalSettings(false), new RehearsalSettings(true));
	}
}
