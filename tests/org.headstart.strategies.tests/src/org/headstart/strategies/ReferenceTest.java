package org.headstart.strategies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import org.headstart.api.environment.Trial;
import org.headstart.api.environment.View;
import org.headstart.api.settings.SettingsSchema;
import org.headstart.api.strategy.Strategy;
import org.headstart.testkit.StrategyContract;
import org.junit.jupiter.api.Test;

class ReferenceTest extends StrategyContract<ReferenceSettings> {

	@Override
	protected Strategy<ReferenceSettings> strategy() {
		return new Reference();
	}

	@Override
	protected List<ReferenceSettings> settings() {
		return List.of(settings(Map.of("algorithm", "first")), settings(Map.of("algorithm", "always")),
				settings(Map.of("algorithm", "always", "parameter", 0L)), settings(Map.of("algorithm", "seeing")));
	}

	private static ReferenceSettings settings(Map<String, Object> yaml) {
		SettingsSchema.Bound bound = SettingsSchema.of(ReferenceSettings.class).bind(yaml);
		assertEquals(List.of(), bound.problems());
		return (ReferenceSettings) bound.settings();
	}

	@Test
	void itIsJudgedInTrialsAndTrainsNothing() throws IOException {
		Recording run = adapted(settings(Map.of("algorithm", "first")));
		assertEquals(Map.of("reference", new View(Trial.of(TRIAL_EPISODES), true, false)), run.judged());
		assertTrue(strategy().acquisitions(settings(Map.of("algorithm", "first")), List.of()).isEmpty());
	}

	@Test
	void anOracleIsShownTheTask() throws IOException {
		assertEquals(Map.of("reference", new View(Trial.of(TRIAL_EPISODES), true, true)),
				adapted(settings(Map.of("algorithm", "seeing"))).judged());
	}

	@Test
	void theParameterReachesTheAlgorithm() throws IOException {
		List<String> zero = adapted(settings(Map.of("algorithm", "always", "parameter", 0L))).events();
		assertEquals(adapted(settings(Map.of("algorithm", "first"))).events(), zero, "always 0 plays as the one that plays first");
		List<String> one = adapted(settings(Map.of("algorithm", "always", "parameter", 1.0))).events();
		assertEquals(adapted(settings(Map.of("algorithm", "always"))).events(), one, "1 is the default");
		assertTrue(!one.equals(zero), one.toString());
	}

	@Test
	void wrongNamesAndParametersAreAnswered() {
		IllegalArgumentException unknown = assertThrows(IllegalArgumentException.class,
				() -> adapted(settings(Map.of("algorithm", "thompson"))));
		assertEquals("no reference algorithm named 'thompson'; there are first, always, seeing", unknown.getMessage());
		assertEquals(unknown.getMessage(), assertThrows(IllegalArgumentException.class,
				() -> strategy().check(settings(Map.of("algorithm", "thompson")), FAMILY)).getMessage());
		IllegalArgumentException without = assertThrows(IllegalArgumentException.class,
				() -> adapted(settings(Map.of("algorithm", "first", "parameter", 3L))));
		assertEquals("reference algorithm 'first' has no parameter; leave parameter: 3.0 out", without.getMessage());
		SettingsSchema.Bound bound = SettingsSchema.of(ReferenceSettings.class).bind(Map.of("algorithm", "always", "parameter", "big"));
		assertEquals("must be a number or default, not 'big'", bound.problems().get(0).message());
	}
}
