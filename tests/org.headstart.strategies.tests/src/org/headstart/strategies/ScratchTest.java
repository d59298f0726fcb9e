package org.headstart.strategies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;

import org.headstart.api.settings.NoSettings;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.strategy.TrainingPhase;
import org.headstart.testkit.StrategyContract;
import org.junit.jupiter.api.Test;

class ScratchTest extends StrategyContract<NoSettings> {

	@Override
	protected Strategy<NoSettings> strategy() {
		return new Scratch();
	}

	@Override
	protected List<NoSettings> settings() {
		return List.of(new NoSettings());
	}

	@Test
	void itUsesNoSource() throws IOException {
		assertTrue(new Scratch().acquisitions(new NoSettings(), List.of()).isEmpty());
		assertEquals(List.of(TrainingPhase.whole("target")), adapted(new NoSettings()).phases());
	}
}
