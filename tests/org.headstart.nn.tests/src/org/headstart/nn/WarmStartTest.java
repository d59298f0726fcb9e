package org.headstart.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

import org.headstart.api.environment.BoxSpace;
import org.headstart.api.network.Head;
import org.headstart.api.network.Network;
import org.headstart.api.network.Trunk;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.settings.NoSettings;
import org.headstart.api.strategy.WarmStartRule;
import org.headstart.api.strategy.WarmStartRule.Action;
import org.headstart.nn.WarmStartReport.Outcome;
import org.headstart.nn.internal.state.NetworkState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is loaded, frozen, reset and skipped, and what is refused. */
class WarmStartTest {

	private Network source;
	private NetworkState knowledge;

	@BeforeEach
	void learn() {
		source = Samples.policyAndValue().build(new RandomStreams(1));
		Samples.train(source, new RandomStream(1), 5, 8);
		knowledge = NetworkState.of(source);
	}

	@Test
	void loadsFreezesAndResets() {
		Network target = Samples.policyAndValue().build(new RandomStreams(2));
		float[] fresh = target.parameter("head/policy", "W");
		Samples.train(target, new RandomStream(1), 1, 8);
		target.setParameter("head/policy", "W", fresh);
		WarmStartReport report = WarmStart.apply(knowledge, target,
				List.of(new WarmStartRule("head/", Action.RESET), new WarmStartRule("backbone/policy/hidden-1", Action.LOAD_AND_FREEZE),
						new WarmStartRule("", Action.LOAD)));
		assertArrayEquals(source.parameter("backbone/policy/hidden-1", "W"), target.parameter("backbone/policy/hidden-1", "W"));
		assertArrayEquals(source.parameter("backbone/value/hidden-2", "b"), target.parameter("backbone/value/hidden-2", "b"));
		assertArrayEquals(fresh, target.parameter("head/policy", "W"));
		assertEquals(Set.of("backbone/policy/hidden-1"), target.frozenVertices());
		assertEquals(0, NetworkState.of(target).optimizerSteps());
		assertEquals(2, report.count(Outcome.LOADED_AND_FROZEN));
		assertEquals(6, report.count(Outcome.LOADED));
		assertEquals(4, report.count(Outcome.RESET));
		assertEquals(4, report.count(Outcome.UNUSED));
		assertTrue(report.lines().contains("backbone/policy/hidden-1 W [6, 32]: loaded, frozen"), report.lines().toString());
		assertTrue(report.lines().contains("head/policy b [4]: reset (the rule for 'head/' says so)"), report.lines().toString());
	}

	@Test
	void whatDoesNotFitIsRefusedAndNothingChanges() {
		Network target = Samples.policyAndValue(9).build(new RandomStreams(2));
		byte[] before = Samples.state(target);
		String message = assertThrows(IllegalArgumentException.class,
				() -> WarmStart.apply(knowledge, target, List.of(new WarmStartRule("", Action.LOAD)))).getMessage();
		assertTrue(message.contains("backbone/policy/hidden-1 W [9, 32]: the source has shape [6, 32], the network [9, 32]"), message);
		assertTrue(message.contains("backbone/value/hidden-1 W"), message);
		assertArrayEquals(before, Samples.state(target));
	}

	@Test
	void whatIsMissingIsRefused() {
		Network target = withHead("q");
		String message = assertThrows(IllegalArgumentException.class,
				() -> WarmStart.apply(knowledge, target, List.of(new WarmStartRule("", Action.LOAD_AND_FREEZE)))).getMessage();
		assertTrue(message.contains("head/q W [32, 4]: the source has no such tensor; it has [backbone/policy/hidden-1 W [6, 32]"),
				message);
	}

	@Test
	void aVertexWithoutARuleIsRefused() {
		Network target = withHead("policy");
		String message = assertThrows(IllegalArgumentException.class,
				() -> WarmStart.apply(knowledge, target, List.of(new WarmStartRule("backbone/", Action.LOAD)))).getMessage();
		assertTrue(message.contains("no rule says what to do with vertex 'head/policy'"), message);
	}

	@Test
	void whatDoesNotMatchMayBeSkipped() {
		Network target = Samples.policyAndValue(9).build(new RandomStreams(2));
		float[] fresh = target.parameter("backbone/policy/hidden-1", "W");
		WarmStartReport report = WarmStart.apply(knowledge, target, List.of(new WarmStartRule("", Action.SKIP_MISMATCH)));
		assertArrayEquals(fresh, target.parameter("backbone/policy/hidden-1", "W"));
		assertArrayEquals(source.parameter("backbone/policy/hidden-2", "W"), target.parameter("backbone/policy/hidden-2", "W"));
		assertEquals(2, report.count(Outcome.SKIPPED));
		assertEquals(10, report.count(Outcome.LOADED));
		assertTrue(report.lines().contains(
				"backbone/policy/hidden-1 W [9, 32]: skipped (the source has shape [6, 32], the network [9, 32])"));
	}

	@Test
	void knowledgeOfOneBackendServesTheOther() {
		Network target = Samples.policyAndValue().withoutCompiling().build(new RandomStreams(2));
		assertFalse(Arrays.equals(source.parameter("head/policy", "W"), target.parameter("head/policy", "W")));
		WarmStart.apply(knowledge, target, List.of(new WarmStartRule("", Action.LOAD)));
		assertArrayEquals(source.parameter("head/policy", "W"), target.parameter("head/policy", "W"));
	}

	private static Network withHead(String name) {
		return NetworkBuilder.of(new Samples.TwoLayers(), new NoSettings(), BoxSpace.uniform(6, -1, 1))
				.trunk(new Trunk("policy", List.of(new Head(name, Head.Role.AUXILIARY, 4, 1)))).build(new RandomStreams(2));
	}
}
