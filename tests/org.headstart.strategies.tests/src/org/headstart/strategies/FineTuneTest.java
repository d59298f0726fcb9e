package org.headstart.strategies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.headstart.api.learner.AgentView;
import org.headstart.api.settings.SettingsSchema;
import org.headstart.api.strategy.Pretraining;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.strategy.TrainingPhase;
import org.headstart.testkit.StrategyContract;
import org.junit.jupiter.api.Test;

class FineTuneTest extends StrategyContract<FineTuneSettings> {

	private static final Set<String> BACKBONE = Set.of("backbone/policy/hidden", "backbone/value/hidden");

	@Override
	protected Strategy<FineTuneSettings> strategy() {
		return new FineTune();
	}

	@Override
	protected List<FineTuneSettings> settings() {
		return List.of(settings(Map.of()), settings(Map.of("layers", "last")), settings(Map.of("reset", "heads")),
				settings(Map.of("layers", "last", "reset", "value", "critic-warm-up", 1000L)),
				settings(Map.of("critic-warm-up", 1000L, "policy-temperature", 2.0, "exploration", "reset")),
				settings(Map.of("head-learning-rate-factor", 0.1, "backbone-learning-rate-factor", 0.5, "keep-normalisers", false)));
	}

	private static FineTuneSettings settings(Map<String, Object> yaml) {
		SettingsSchema.Bound bound = SettingsSchema.of(FineTuneSettings.class).bind(yaml);
		assertEquals(List.of(), bound.problems());
		return (FineTuneSettings) bound.settings();
	}

	@Test
	void allVariantsShareOnePretraining() {
		for (FineTuneSettings settings : settings()) {
			assertEquals(List.of(new Pretraining()), strategy().acquisitions(settings, List.of(FAMILY)));
		}
	}

	@Test
	void allLayersAreLoadedAndLearn() throws IOException {
		Recording run = adapted(settings(Map.of()));
		assertEquals(Map.of("agent", AgentView.plain(TRIAL_EPISODES)), run.views());
		assertEquals(List.of("warm start backbone/policy/hidden LOAD", "warm start head/policy LOAD",
				"warm start backbone/value/hidden LOAD", "warm start head/value LOAD", "Keep[normalisers=true, exploration=true]"),
				run.events().subList(1, 6));
		assertEquals(List.of(TrainingPhase.whole("target")), run.phases());
		assertEquals(List.of(Set.of()), run.frozen());
	}

	@Test
	void theLastLayerLearnsOnAFixedBackbone() throws IOException {
		assertEquals(List.of(BACKBONE), adapted(settings(Map.of("layers", "last"))).frozen());
	}

	@Test
	void headsOrTheCriticsHeadBeginAnew() throws IOException {
		List<String> heads = adapted(settings(Map.of("reset", "heads"))).events();
		assertTrue(heads.containsAll(List.of("warm start head/policy RESET", "warm start head/value RESET",
				"warm start backbone/policy/hidden LOAD")), heads.toString());
		List<String> value = adapted(settings(Map.of("reset", "value"))).events();
		assertTrue(value.containsAll(List.of("warm start head/policy LOAD", "warm start head/value RESET")), value.toString());
	}

	@Test
	void onlyTheCriticWarmsUp() throws IOException {
		Recording all = adapted(settings(Map.of("critic-warm-up", 1000L)));
		assertEquals(List.of(new TrainingPhase("critic-warm-up", 0, 1000, true), TrainingPhase.whole("target")), all.phases());
		assertEquals(List.of(Set.of("backbone/policy/hidden", "head/policy"), Set.of()), all.frozen());
		Recording last = adapted(settings(Map.of("critic-warm-up", 1000L, "layers", "last")));
		assertEquals(List.of(Set.of("backbone/policy/hidden", "head/policy", "backbone/value/hidden"), BACKBONE), last.frozen());
	}

	@Test
	void statisticsAndExplorationAreKeptOrNot() throws IOException {
		List<String> events = adapted(settings(Map.of("keep-normalisers", false, "exploration", "reset"))).events();
		assertTrue(events.contains("Keep[normalisers=false, exploration=false]"), events.toString());
		List<String> fresh = adapted(settings(Map.of("reset", "heads"))).events();
		assertTrue(fresh.contains("Keep[normalisers=true, exploration=false]"), "they belong to the policy's head: " + fresh);
	}

	@Test
	void theTemperatureIsSetOnceLoaded() throws IOException {
		List<String> events = adapted(settings(Map.of("policy-temperature", 2.0))).events();
		assertTrue(events.indexOf("temper agent 2.0") > events.indexOf("Keep[normalisers=true, exploration=true]"),
				events.toString());
		assertFalse(adapted(settings(Map.of())).events().toString().contains("temper"));
	}

	@Test
	void contradictionsAreErrors() {
		assertContradiction("backbone-learning-rate-factor", Map.of("layers", "last", "backbone-learning-rate-factor", 0.5));
		assertContradiction("policy-temperature", Map.of("reset", "heads", "policy-temperature", 2.0));
		assertContradiction("nothing would learn", Map.of("layers", "last", "head-learning-rate-factor", 0.0));
	}

	private static void assertContradiction(String about, Map<String, Object> yaml) {
		SettingsSchema.Bound bound = SettingsSchema.of(FineTuneSettings.class).bind(yaml);
		assertEquals(1, bound.problems().size(), bound.problems().toString());
		assertTrue(bound.problems().get(0).toString().contains(about), bound.problems().toString());
		assertThrows(IllegalArgumentException.class, () -> new FineTuneSettings(FineTuneSettings.Layers.LAST,
				FineTuneSettings.Reset.NONE, 1, 0.5, 0, true, FineTuneSettings.Exploration.KEEP, 1));
	}
}
