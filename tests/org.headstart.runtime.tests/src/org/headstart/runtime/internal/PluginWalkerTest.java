package org.headstart.runtime.internal;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;

import org.headstart.api.settings.SettingEntry;
import org.headstart.api.settings.SettingsSchema;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.catalog.Contribution;
import org.junit.jupiter.api.Test;

/** Walks through everything that ships: every class that a plugin.xml names loads, every settings record is a schema. */
class PluginWalkerTest {

	private static Stream<Contribution<?>> contributions() {
		Catalog catalog = Installation.current().catalog();
		List<SortedMap<String, ? extends Contribution<?>>> kinds = List.of(catalog.environments(), catalog.wrappers(), catalog.backbones(),
				catalog.learners(), catalog.losses(), catalog.strategies(), catalog.executors());
		List<Contribution<?>> all = new ArrayList<>();
		kinds.forEach(kind -> all.addAll(kind.values()));
		return all.stream();
	}

	@Test
	void everyClassLoadsAndHasTheRightType() {
		assertEquals(List.of(), Installation.current().check());
	}

	@Test
	void thereIsSomethingOfEveryKind() {
		Catalog catalog = Installation.current().catalog();
		assertTrue(catalog.environments().containsKey("point-goal"));
		assertTrue(catalog.environments().containsKey("cart-pole"));
		assertTrue(catalog.wrappers().containsKey("frame-stack"));
		assertTrue(catalog.backbones().containsKey("mlp"));
		assertTrue(catalog.learners().containsKey("ppo"));
		assertTrue(catalog.strategies().containsKey("scratch"));
		assertTrue(catalog.strategies().containsKey("fine-tune"));
		assertTrue(catalog.executors().containsKey("local"));
	}

	@Test
	void everySettingsRecordMakesASchema() {
		contributions().forEach(contribution -> {
			SettingsSchema schema = assertDoesNotThrow(() -> SettingsSchema.of(contribution.settings().get()),
					contribution::id);
			for (SettingEntry entry : schema.entries()) {
				assertFalse(entry.doc().isBlank(), () -> contribution.id() + " " + entry.key() + " is not documented");
			}
		});
	}

	@Test
	void everyContributionSaysWhatItIsInOneLine() {
		contributions().forEach(contribution -> {
			assertFalse(contribution.name().isBlank(), contribution::id);
			assertFalse(contribution.description().isBlank(), contribution::id);
			assertFalse(contribution.description().contains("\n"), contribution::id);
		});
	}
}
