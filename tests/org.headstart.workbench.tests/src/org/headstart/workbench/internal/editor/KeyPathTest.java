package org.headstart.workbench.internal.editor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** In the texts, ¦ is the position. */
class KeyPathTest {

	private static KeyPath at(String marked) {
		int offset = marked.indexOf('¦');
		return KeyPath.at(marked.substring(0, offset) + marked.substring(offset + 1), offset);
	}

	@Test
	void topLevelKnowsItsKeysAboveAndBelow() {
		KeyPath path = at("name: a\n¦\nseeds: 5\nlearner:\n  id: ppo\n");
		assertEquals(0, path.depth());
		assertEquals("", path.section());
		assertTrue(path.has("name"));
		assertTrue(path.has("seeds"));
		assertFalse(path.has("id"));
	}

	@Test
	void blockMap() {
		KeyPath path = at("learner:\n  id: ppo\n  lanes: 8\n  ¦\ntarget:\n  - steps: 5\n");
		assertEquals("learner", path.section());
		assertEquals(1, path.depth());
		assertEquals("ppo", path.value("id"));
		assertTrue(path.has("lanes"));
		assertFalse(path.has("steps"));
	}

	@Test
	void flowMapSeesWhatStandsBehindThePosition() {
		KeyPath path = at("strategies:\n  - {id: scratch}\n  - {id: fine-tune, ¦, layers: all}\n");
		assertEquals("strategies", path.section());
		assertEquals("fine-tune", path.value("id"));
		assertTrue(path.has("layers"));
	}

	@Test
	void flowMapOnTheSectionsOwnLine() {
		KeyPath path = at("backbone: {id: mlp, ¦");
		assertEquals("backbone", path.section());
		assertEquals("mlp", path.value("id"));
	}

	@Test
	void aListWithinAnItemsMapIsTheInnermost() {
		for (String text : new String[] {"target:\n  - {environment: cart-pole, wrap: [{id: context, ¦}]}\n",
				"target:\n  - environment: cart-pole\n    wrap:\n      - id: context\n        ¦\n"}) {
			KeyPath path = at(text);
			assertEquals(2, path.depth(), text);
			assertEquals("wrap", path.maps().get(2).key(), text);
			assertEquals("context", path.value("id"), text);
			assertEquals("cart-pole", path.value(1, "environment"), text);
		}
	}

	@Test
	void itemsOfAListAreMapsOfTheirOwn() {
		String text = "target:\n  - environment: cart-pole\n    steps: 5\n  - environment: pendulum\n    ¦\n  - environment: point-goal\n";
		KeyPath path = at(text);
		assertEquals("target", path.section());
		assertEquals("pendulum", path.value("environment"));
		assertFalse(path.has("steps"));
	}

	@Test
	void firstKeyOfAnItem() {
		KeyPath path = at("target:\n  - ¦\n    steps: 5\n  - environment: pendulum\n");
		assertEquals("target", path.section());
		assertTrue(path.has("steps"));
		assertEquals("", path.value("environment"));
	}

	@Test
	void aMapBelowASetting() {
		KeyPath path = at("source:\n  - environment: point-goal\n    sector:\n      from: 0\n      ¦\n");
		assertEquals("source", path.section());
		assertEquals(2, path.depth());
		assertTrue(path.has("from"));
		assertFalse(path.has("environment"));
	}

	@Test
	void aFlowMapBelowASetting() {
		KeyPath path = at("source:\n  - {environment: point-goal, sector: {from: 0, ¦}, steps: 5}\n");
		assertEquals("source", path.section());
		assertEquals(2, path.depth());
		assertTrue(path.has("from"));
		assertFalse(path.has("environment"));
	}

	@Test
	void behindAListInAFlowMap() {
		KeyPath path = at("backbone: {id: mlp, hidden: [64, 64], ¦}\n");
		assertEquals(1, path.depth());
		assertEquals("mlp", path.value("id"));
		assertEquals("[64, 64]", path.value("hidden"));
	}

	@Test
	void commentsAndBlankLinesDoNotEndAMap() {
		KeyPath path = at("learner:\n  id: ppo\n\n# between\n  ¦\n");
		assertEquals("learner", path.section());
		assertEquals("ppo", path.value("id"));
	}

	@Test
	void emptyFile() {
		assertEquals(0, at("¦").depth());
	}
}
