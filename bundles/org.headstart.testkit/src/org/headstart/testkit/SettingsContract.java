package org.headstart.testkit;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.headstart.api.settings.References;
import org.headstart.api.settings.SettingEntry;
import org.headstart.api.settings.SettingProblem;
import org.headstart.api.settings.SettingsSchema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * What every contribution's settings record has to keep. Extend it in the contribution's tests:
 *
 * <pre>{@code
 * class PpoSettingsTest extends SettingsContract {
 * 	protected Class<? extends Record> settings() {
 * 		return PpoSettings.class;
 * 	}
 * }
 * }</pre>
 */
public abstract class SettingsContract {

	/** @return the record's class */
	protected abstract Class<? extends Record> settings();

	/** @return values for the settings without a default, as the YAML parser gives them */
	protected Map<String, Object> required() {
		return Map.of();
	}

	/** @return what settings that are other contributions may refer to; none, unless the test says otherwise */
	protected References references() {
		return References.NONE;
	}

	private SettingsSchema schema() {
		return SettingsSchema.of(settings());
	}

	private Map<String, Object> with(String key, Object value) {
		Map<String, Object> yaml = new LinkedHashMap<>(required());
		yaml.put(key, value);
		return yaml;
	}

	private Record byDefault() {
		SettingsSchema.Bound bound = schema().bind(required(), List.of(), references());
		assertEquals(List.of(), bound.problems(), "defaults and required() together must be valid settings");
		assertNotNull(bound.settings());
		return bound.settings();
	}

	private void assertRefused(String key, Object value, String what) {
		SettingsSchema.Bound bound = schema().bind(with(key, value), List.of(), references());
		assertNull(bound.settings(), key + ": " + what + " must be refused: " + value);
		assertTrue(bound.problems().stream().anyMatch(problem -> problem.path().get(0).equals(key)),
				key + ": the problem must name the key, not " + bound.problems());
	}

	/** The record is readable as settings, and each one says what it is for in one line. */
	@Test
	void everySettingIsDocumented() {
		for (SettingEntry entry : schema().entries()) {
			assertFalse(entry.doc().isBlank(), entry.key());
			assertFalse(entry.doc().contains("\n"), entry.key() + ": its documentation must be one line");
			assertTrue(entry.key().matches("[a-z][a-z0-9]*(-[a-z0-9]+)*"), entry.key() + " is not in kebab case");
		}
	}

	/** The keys by which experiment files say which contribution they mean are not settings. */
	@Test
	void noSettingHasAKeyOfTheFileFormat() {
		for (String reserved : List.of("id", "label", "wrap", "sources")) {
			assertFalse(schema().keys().contains(reserved), reserved + " is a key of the file format; rename the setting");
		}
	}

	/** The settings without a default are those of {@link #required}, and all the others fit together. */
	@Test
	void defaultsAreValid() {
		for (SettingEntry entry : schema().entries()) {
			assertEquals(entry.byDefault().isEmpty(), required().containsKey(entry.key()),
					entry.key() + ": required() must have the settings without a default, and only those");
		}
		byDefault();
	}

	/** What is written reads back to equal settings with the same canonical text, on which the keys of results rest. */
	@Test
	void settingsReadBackAsWritten() {
		Record settings = byDefault();
		Map<String, Object> yaml = schema().toYaml(settings);
		assertEquals(schema().keys(), List.copyOf(yaml.keySet()));
		SettingsSchema.Bound again = schema().bind(yaml, List.of(), references());
		assertEquals(List.of(), again.problems());
		assertEquals(settings, again.settings());
		assertEquals(schema().canonical(settings), schema().canonical(again.settings()));
		assertFalse(schema().canonical(settings).matches("(?s).*@[0-9a-f]{5,}.*"),
				"the canonical text holds an object's address: a value class has no toString of its own");
	}

	/** Numbers out of their range are refused, and the message names the key. */
	@Test
	void numbersOutOfRangeAreRefused() {
		List<Executable> checks = schema().entries().stream().<Executable>map(entry -> () -> {
			boolean list = entry.type().startsWith("list");
			boolean whole = entry.type().contains("whole");
			if (entry.min() > -1e15) {
				Object below = whole ? (Object) ((long) Math.ceil(entry.min()) - 1) : (Object) (entry.min() - 1);
				assertRefused(entry.key(), list ? List.of(below) : below, "a value below " + entry.min());
			}
			if (entry.max() < 1e15) {
				Object above = whole ? (Object) ((long) Math.floor(entry.max()) + 1) : (Object) (entry.max() + 1);
				assertRefused(entry.key(), list ? List.of(above) : above, "a value above " + entry.max());
			}
		}).toList();
		assertAll(checks);
	}

	/** Values of a wrong kind are refused, and the message names the key. */
	@Test
	void valuesOfAWrongKindAreRefused() {
		for (SettingEntry entry : schema().entries()) {
			if (!entry.choices().isEmpty()) {
				assertRefused(entry.key(), "no-such-choice", "a choice that there is not");
			}
			if (List.of("number", "whole number").contains(entry.type()) || entry.type().startsWith("list of")) {
				assertRefused(entry.key(), "certainly-no-number", "text");
			}
			assertRefused(entry.key(), null, "an empty value");
		}
	}

	/** A key that is almost right is refused with the right one. */
	@Test
	void misspelledKeysAreRefusedWithTheRightOne() {
		for (String key : schema().keys()) {
			String misspelled = key + "x";
			if (schema().keys().contains(misspelled)) {
				continue;
			}
			List<SettingProblem> problems = schema().bind(with(misspelled, 1L), List.of(), references()).problems();
			assertEquals(List.of(misspelled), problems.get(0).path());
			assertTrue(problems.get(0).message().contains("did you mean"), problems.toString());
		}
	}
}
