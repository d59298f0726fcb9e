package org.headstart.api.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.headstart.api.environment.ParameterRange;
import org.headstart.api.settings.SettingsSchema.Bound;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsSchemaTest {

	enum Activation {
		TANH, RELU, LEAKY_RELU
	}

	record Inner(@Setting(value = "Weight", byDefault = "0.5", min = 0, max = 1) double weight,
			@Setting(value = "Words", byDefault = "[]") List<String> words) {}

	record Everything(
			@Setting(value = "Rate", byDefault = "3e-4", unit = "1/update", min = 0, max = 1, plausibleMin = 1e-8,
					plausibleMax = 0.5) double learningRate,
			@Setting(value = "Steps", byDefault = "2e6", unit = "steps", min = 1) long steps,
			@Setting(value = "Count", byDefault = "8", min = 1, max = 100) int count,
			@Setting(value = "Norm", byDefault = "true") boolean normalise, @Setting(value = "Text", byDefault = "''") String text,
			@Setting(value = "Activation", byDefault = "leaky-relu") Activation activation,
			@Setting(value = "Layers", byDefault = "[64, 64]", unit = "units", min = 1, max = 4096) List<Integer> hiddenLayers,
			@Setting(value = "Inner", byDefault = "{}") Inner inner,
			@Setting(value = "Several", byDefault = "[{weight: 0.25}]") List<Inner> several,
			@Setting(value = "Gravity", byDefault = "9.8", unit = "m/s²") ParameterRange gravity) {}

	record Unlimited(@Setting(value = "Any", byDefault = "0") double any,
			@Setting(value = "Positive", byDefault = "1", min = 1e-60) double positive,
			@Setting(value = "Long", byDefault = "1", unit = "steps", min = 1, plausibleMax = 1e6) long whole,
			@Setting(value = "Int", byDefault = "1") int small,
			@Setting(value = "Gravity", byDefault = "9.8") ParameterRange gravity,
			@Setting(value = "Sizes", byDefault = "[1]", plausibleMax = 10) List<Integer> sizes,
			@Setting(value = "Inside", byDefault = "{}") Doubtful inside) {}

	record Doubtful(@Setting(value = "Share", byDefault = "0.5", min = 0, max = 1, plausibleMin = 0.1) double share) {}

	private static final SettingsSchema UNLIMITED = SettingsSchema.of(Unlimited.class);

	private static void assertRefused(String key, Object value, String message) {
		Bound bound = UNLIMITED.bind(Map.of(key, value));
		assertNull(bound.settings());
		assertEquals(List.of(key + ": " + message),
				bound.problems().stream().map(problem -> problem.key() + ": " + problem.message()).toList());
	}

	private static final String SIZE = " does not fit single precision: a number other than 0 must have a size from 1.4e-45 to 3.4e38";

	@Test
	void numbersThatSinglePrecisionDoesNotHoldAreRefused() {
		assertRefused("any", 1e39, "must be from -3.4e38 to 3.4e38; 1e39" + SIZE);
		assertRefused("any", -1e39, "must be from -3.4e38 to 3.4e38; -1e39" + SIZE);
		assertRefused("any", 1e-50, "must be from -3.4e38 to 3.4e38; 1e-50" + SIZE);
		assertRefused("positive", 1e-50, "must be from 1e-60 to 3.4e38; 1e-50" + SIZE);
		assertRefused("any", Double.POSITIVE_INFINITY,
				"must be a finite number from -3.4e38 to 3.4e38, not Infinity");
		assertRefused("gravity", 1e39,
				"must be " + UNLIMITED.entries().get(4).type() + "; 1e39" + SIZE);
		assertRefused("gravity", List.of(0.0, Double.NaN),
				"must be " + UNLIMITED.entries().get(4).type() + "; NaN" + SIZE);
		assertEquals(1e-40, ((Unlimited) UNLIMITED.bind(Map.of("any", 1e-40)).settings()).any());
		assertEquals(3.4e38, ((Unlimited) UNLIMITED.bind(Map.of("any", 3.4e38)).settings()).any());
	}

	@Test
	void wholeNumbersBeyondTheirTypeAreRefusedWithTheRange() {
		assertRefused("whole", 1e30, "must be from 1 to 9223372036854775807 (in steps), is 1e30");
		assertRefused("whole", new BigInteger("9223372036854775808"),
				"must be from 1 to 9223372036854775807 (in steps), is 9223372036854775808");
		assertRefused("small", 2147483648L, "must be from -2147483648 to 2147483647, is 2147483648");
		assertRefused("small", Double.NEGATIVE_INFINITY, "must be from -2147483648 to 2147483647, is -Infinity");
		assertRefused("small", Double.NaN, "must be a whole number, not NaN");
		assertRefused("whole", 0x1p60, "is too large to be exact when written as 1.152921504606847e18; write all digits of the "
				+ "whole number");
	}

	@Test
	void whatIsHardlyMeantIsAWarning() {
		Bound bound = UNLIMITED.bind(Map.of("whole", 2_000_000L, "sizes", List.of(1L, 11L), "inside", Map.of("share", 1e-9)));
		assertEquals(2_000_000, ((Unlimited) bound.settings()).whole());
		assertEquals(List.of("whole: 2000000 is unusual; usual is at most 1000000 (in steps)",
				"sizes.1: 11 is unusual; usual is at most 10", "inside.share: 1e-9 is unusual; usual is at least 0.1"),
				bound.warnings().stream().map(warning -> warning.key() + ": " + warning.message()).toList());
		assertEquals(List.of(), UNLIMITED.bind(Map.of()).warnings());
	}

	record Contradictory(@Setting(value = "Odd", byDefault = "1", plausibleMax = 0.5) double odd) {}

	@Test
	void aDefaultMakesSense() {
		assertTrue(assertThrows(IllegalArgumentException.class, () -> SettingsSchema.of(Contradictory.class)).getMessage()
				.contains("its default 1 does not fit: 1 is unusual; usual is at most 0.5"));
	}

	record Needed(@Setting(value = "Must be given", min = 0) double must,
			@Setting(value = "May be given", byDefault = "1") int may) {}

	private static final SettingsSchema SCHEMA = SettingsSchema.of(Everything.class);

	private static Everything bound(Map<String, Object> yaml) {
		Bound bound = SCHEMA.bind(yaml);
		assertEquals(List.of(), bound.problems());
		return (Everything) bound.settings();
	}

	private static void assertProblem(Map<String, Object> yaml, String key, String message) {
		Bound bound = SCHEMA.bind(yaml);
		assertNull(bound.settings());
		assertEquals(List.of(key + ": " + message),
				bound.problems().stream().map(problem -> problem.key() + ": " + problem.message()).toList());
	}

	@Test
	void defaultsAreReadAsYaml() {
		Everything defaults = bound(Map.of());
		assertEquals(3e-4, defaults.learningRate());
		assertEquals(2_000_000, defaults.steps());
		assertEquals(Activation.LEAKY_RELU, defaults.activation());
		assertEquals(List.of(64, 64), defaults.hiddenLayers());
		assertEquals(new Inner(0.5, List.of()), defaults.inner());
		assertEquals(List.of(new Inner(0.25, List.of())), defaults.several());
		assertEquals(ParameterRange.fixed(9.8), defaults.gravity());
	}

	@Test
	void entriesTellPeopleWhatToWrite() {
		assertEquals(List.of("learning-rate", "steps", "count", "normalise", "text", "activation", "hidden-layers", "inner",
				"several", "gravity"), SCHEMA.entries().stream().map(SettingEntry::key).toList());
		Map<String, SettingEntry> byKey = new LinkedHashMap<>();
		SCHEMA.entries().forEach(entry -> byKey.put(entry.key(), entry));
		assertEquals(new SettingEntry("learning-rate", "number", Optional.of("3e-4"), "1/update", 0, 1, 1e-8, 0.5, List.of(),
				Optional.empty(), "Rate"), byKey.get("learning-rate"));
		assertEquals("whole number", byKey.get("steps").type());
		assertEquals("true or false", byKey.get("normalise").type());
		assertEquals("text", byKey.get("text").type());
		assertEquals("one of tanh, relu, leaky-relu", byKey.get("activation").type());
		assertEquals(List.of("tanh", "relu", "leaky-relu"), byKey.get("activation").choices());
		assertEquals("list of whole numbers", byKey.get("hidden-layers").type());
		assertSame(SettingsSchema.of(Inner.class), byKey.get("inner").nested().orElseThrow());
		assertSame(SettingsSchema.of(Inner.class), byKey.get("several").nested().orElseThrow());
		assertTrue(byKey.get("gravity").type().startsWith("number | [low, high]"), byKey.get("gravity").type());
		assertEquals(Optional.empty(), SettingsSchema.of(Needed.class).entries().get(0).byDefault());
	}

	@ParameterizedTest
	@CsvSource({"learningRate, learning-rate", "l2, l2", "maxKL, max-kl", "klTarget, kl-target", "useGPUNow, use-gpu-now",
			"x, x", "layer2Size, layer2-size"})
	void keysAreInKebabCase(String component, String key) throws ReflectiveOperationException {
		var method = SettingsSchema.class.getDeclaredMethod("kebabCase", String.class);
		method.setAccessible(true);
		assertEquals(key, method.invoke(null, component));
	}

	@Test
	void wholeNumbersMayBeWrittenWithExponents() {
		assertEquals(2_000_000, bound(Map.of("steps", 2e6)).steps());
		assertEquals(20, bound(Map.of("count", 20.0)).count());
		assertEquals(List.of(100, 3), bound(Map.of("hidden-layers", List.of(1e2, 3L))).hiddenLayers());
		assertEquals(Long.MAX_VALUE, bound(Map.of("steps", Long.MAX_VALUE)).steps());
	}

	@Test
	void numbersMayBeWrittenWithoutPoint() {
		assertEquals(1.0, bound(Map.of("learning-rate", 1L)).learningRate());
		assertEquals("0.0", String.valueOf(bound(Map.of("learning-rate", -0.0)).learningRate()));
	}

	@Test
	void nothingIsRoundedSilently() {
		assertProblem(Map.of("count", 2.5), "count", "must be a whole number, not 2.5");
		assertProblem(Map.of("steps", 2.5), "steps", "must be a whole number (in steps), not 2.5");
		assertProblem(Map.of("steps", 1e17), "steps",
				"is too large to be exact when written as 1e17; write all digits of the whole number");
		record Real(@Setting("a number") double real) {}
		SettingsSchema schema = SettingsSchema.of(Real.class);
		assertEquals("9007199254740993 has more digits than a floating-point number can hold; the nearest one is 9.007199254740992e15",
				schema.bind(Map.of("real", 9007199254740993L)).problems().get(0).message());
		assertTrue(schema.bind(Map.of("real", Long.MAX_VALUE)).problems().get(0).message().contains("more digits"));
		assertEquals(new Real(0x1p62), schema.bind(Map.of("real", 1L << 62)).settings());
		assertEquals(new Real(0x1p70), schema.bind(Map.of("real", BigInteger.ONE.shiftLeft(70))).settings());
		assertNull(schema.bind(Map.of("real", BigInteger.ONE.shiftLeft(70).add(BigInteger.ONE))).settings());
	}

	@Test
	void problemsSayWhatIsWrongAndWhatWouldBeRight() {
		assertProblem(Map.of("learning-rate", 2L), "learning-rate", "must be from 0 to 1 (in 1/update), is 2");
		assertProblem(Map.of("learning-rate", "fast"), "learning-rate",
				"must be a number (in 1/update), not the text 'fast'");
		assertProblem(Map.of("learning-rate", Double.NaN), "learning-rate",
				"must be a finite number from 0 to 1 (in 1/update), not NaN");
		assertProblem(Map.of("learning-rate", true), "learning-rate", "must be a number (in 1/update), not true");
		assertProblem(Map.of("steps", 0L), "steps", "must be at least 1 (in steps), is 0");
		assertProblem(Map.of("count", 1_000_000_000_000L), "count", "must be from 1 to 100, is 1000000000000");
		assertProblem(Map.of("count", new BigInteger("99999999999999999999")), "count",
				"must be from 1 to 100, is 99999999999999999999");
		assertProblem(Map.of("normalise", "yes"), "normalise", "must be true or false, not the text 'yes'");
		assertProblem(Map.of("text", 12L), "text", "must be text, not 12; put it in quotes to make it text");
		assertProblem(Map.of("activation", "rleu"), "activation",
				"must be one of tanh, relu, leaky-relu, not the text 'rleu'; did you mean 'relu'?");
		assertProblem(Map.of("hidden-layers", 64L), "hidden-layers",
				"must be a list of whole numbers, like [64, 64], not 64");
		assertProblem(Map.of("hidden-layers", List.of(64L, 0L)), "hidden-layers.1",
				"must be from 1 to 4096 (in units), is 0");
		assertProblem(Map.of("inner", 3L), "inner", "must be a map with the keys weight, words, not 3");
		assertProblem(Map.of("inner", Map.of("weight", 3L)), "inner.weight", "must be from 0 to 1, is 3");
		assertProblem(Map.of("several", List.of(Map.of(), Map.of("wieght", 1L))), "several.1.wieght",
				"unknown key 'wieght'; did you mean 'weight'? There are: weight, words");
		assertProblem(Map.of("gravity", "low"), "gravity",
				"a range is a number, [low, high] or a list of intervals, not 'low'");
		assertProblem(Map.of("learning-rte", 1L), "learning-rte", "unknown key 'learning-rte'; did you mean 'learning-rate'? "
				+ "There are: learning-rate, steps, count, normalise, text, activation, hidden-layers, inner, several, gravity");
	}

	@Test
	void anEmptyValueIsNotTheDefault() {
		Map<String, Object> yaml = new LinkedHashMap<>();
		yaml.put("count", null);
		assertProblem(yaml, "count", "is empty; it needs a value: whole number");
		List<Object> layers = new ArrayList<>();
		layers.add(null);
		assertProblem(Map.of("hidden-layers", layers), "hidden-layers.0",
				"is empty; a list of whole numbers needs a value here");
	}

	@Test
	void allProblemsAreToldAtOnce() {
		assertEquals(4, SCHEMA.bind(Map.of("count", 0L, "steps", 0L, "text", 1L, "x", 1L)).problems().size());
	}

	@Test
	void aMissingSettingIsNamedWithItsMeaning() {
		Bound bound = SettingsSchema.of(Needed.class).bind(Map.of());
		assertEquals("must: is missing; it needs a value: number – Must be given",
				bound.problems().get(0).key() + ": " + bound.problems().get(0).message());
		assertEquals(new Needed(2, 1), SettingsSchema.of(Needed.class).bind(Map.of("must", 2L)).settings());
	}

	@Test
	void keysOfOthersArePassedOverAndOffered() {
		Map<String, Object> yaml = Map.of("environment", "x", "must", 1L);
		assertEquals(List.of(), SettingsSchema.of(Needed.class).bind(yaml, List.of("environment")).problems());
		assertEquals("unknown key 'enviroment'; did you mean 'environment'? There are: environment, must, may",
				SettingsSchema.of(Needed.class).bind(Map.of("enviroment", "x", "must", 1L), List.of("environment")).problems()
						.get(0).message());
	}

	record Ordered(@Setting(value = "low", byDefault = "0") int low, @Setting(value = "high", byDefault = "1") int high) {
		Ordered {
			if (low > high) {
				throw new IllegalArgumentException("low must not be above high");
			}
			if (high == 99) {
				throw new IllegalStateException("unforeseen");
			}
		}
	}

	@Test
	void aRecordThatRefusesItsValuesGivesAProblem() {
		SettingsSchema schema = SettingsSchema.of(Ordered.class);
		assertEquals(List.of(new SettingProblem(List.of(), "low must not be above high")),
				schema.bind(Map.of("low", 5L)).problems());
		assertTrue(schema.bind(Map.of("high", 99L)).problems().get(0).message().contains("unforeseen"));
	}

	@Test
	void writtenSettingsReadBack() {
		Map<String, Object> yaml = Map.of("learning-rate", 1e-5, "text", "a: 'b'\n\"c\" ü", "several",
				List.of(Map.of("words", List.of("true", "7", ""))), "gravity",
				Map.of("train", List.of(8L, 12L), "test", List.of(List.of(4L, 8L), List.of(12L, 16L))));
		Everything settings = bound(yaml);
		assertEquals(settings, bound(SCHEMA.toYaml(settings)));
		assertEquals(SCHEMA.keys(), List.copyOf(SCHEMA.toYaml(settings).keySet()));
		@SuppressWarnings("unchecked") Map<String, Object> canonical =
				(Map<String, Object>) SettingsSchema.parse(SCHEMA.canonical(settings));
		assertEquals(settings, bound(canonical));
	}

	@Test
	void rangesReadBack() {
		for (String range : List.of("9.8", "[8, 12]", "[[1, 1], [5, 5]]", "{train: [8, 12], test: [[4, 8], [12, 16]]}",
				"{train: 1, test: [2, [3, 4]]}", "[[1, 5], 7]", "[1, 1]")) {
			Everything settings = bound(Map.of("gravity", SettingsSchema.parse(range)));
			assertEquals(settings, bound(SCHEMA.toYaml(settings)), range);
		}
		assertNotEquals(SCHEMA.canonical(bound(Map.of("gravity", SettingsSchema.parse("[1, 5]")))),
				SCHEMA.canonical(bound(Map.of("gravity", SettingsSchema.parse("[[1, 1], [5, 5]]")))));
	}

	@Test
	void canonicalTextTellsSettingsApart() {
		assertEquals("{must: 2.0, may: 1}",
				SettingsSchema.of(Needed.class).canonical(new Needed(2, 1)));
		assertEquals(SCHEMA.canonical(bound(Map.of("steps", 2e6))), SCHEMA.canonical(bound(Map.of())));
		assertNotEquals(SCHEMA.canonical(bound(Map.of("text", "true"))), SCHEMA.canonical(bound(Map.of("text", "\"true\""))));
		assertNotEquals(SCHEMA.canonical(bound(Map.of("inner", Map.of("words", List.of("a, b"))))),
				SCHEMA.canonical(bound(Map.of("inner", Map.of("words", List.of("a", "b"))))));
		assertEquals("{}", SettingsSchema.of(NoSettings.class).canonical(new NoSettings()));
	}

	@Test
	void schemasAreMadeOnce() {
		assertSame(SCHEMA, SettingsSchema.of(Everything.class));
	}

	record Undocumented(int plain) {}

	record Unsupported(@Setting("x") float value) {}

	record BadDefault(@Setting(value = "x", byDefault = "many") int value) {}

	record DefaultOutOfRange(@Setting(value = "x", byDefault = "0", min = 1) int value) {}

	record DefaultNotYaml(@Setting(value = "x", byDefault = "[1,") List<Integer> value) {}

	record Recursive(@Setting(value = "x", byDefault = "[]") List<Recursive> value) {}

	record SameKey(@Setting("x") int maxKL, @Setting("x") int maxKl) {}

	record RangeOfText(@Setting(value = "x", min = 1) String value) {}

	record EmptyRange(@Setting(value = "x", min = 1, max = 0) int value) {}

	record Blank(@Setting(" ") int value) {}

	record DefaultsDoNotFit(@Setting(value = "x", byDefault = "1") int value) {
		DefaultsDoNotFit {
			throw new IllegalArgumentException("no value is right");
		}
	}

	enum Truth {
		TRUE, FALSE
	}

	record ChoiceOfTruth(@Setting("x") Truth value) {}

	@SettingSyntax("anything")
	static final class Unreadable {}

	record NoReader(@Setting("x") Unreadable value) {}

	@ParameterizedTest
	@ValueSource(classes = {Undocumented.class, Unsupported.class, BadDefault.class, DefaultOutOfRange.class,
			DefaultNotYaml.class, Recursive.class, RangeOfText.class, EmptyRange.class, Blank.class, ChoiceOfTruth.class,
			NoReader.class})
	void wrongRecordsAreNamedWithTheComponent(Class<? extends Record> type) {
		for (int attempt = 0; attempt < 2; attempt++) {
			String message = assertThrows(IllegalArgumentException.class, () -> SettingsSchema.of(type)).getMessage();
			assertTrue(message.contains(type.getName()), message);
			assertTrue(message.contains("'" + type.getRecordComponents()[0].getName() + "'"), message);
		}
	}

	@Test
	void twoComponentsCannotHaveOneKey() {
		String message = assertThrows(IllegalArgumentException.class, () -> SettingsSchema.of(SameKey.class)).getMessage();
		assertTrue(message.contains("key"), message);
	}

	@Test
	void defaultsMustFitTogether() {
		String message = assertThrows(IllegalArgumentException.class, () -> SettingsSchema.of(DefaultsDoNotFit.class))
				.getMessage();
		assertTrue(message.contains("DefaultsDoNotFit") && message.contains("no value is right"), message);
	}

	@ParameterizedTest
	@CsvSource({"2000000.0, 2000000", "3.0E-4, 3e-4", "0.1, 0.1", "1.5E-7, 1.5e-7", "1.0E20, 1e20", "-4.0, -4"})
	void numbersAreShownAsPeopleWriteThem(double number, String text) {
		assertEquals(text, SettingsSchema.shown(number));
	}

	@Test
	void spellingFindsTheNearest() {
		List<String> known = List.of("learning-rate", "gamma", "clip");
		assertEquals(Optional.of("learning-rate"), Spelling.nearest("learning_rate", known));
		assertEquals(Optional.of("gamma"), Spelling.nearest("gama", known));
		assertEquals(Optional.empty(), Spelling.nearest("entropy", known));
		assertEquals(Optional.empty(), Spelling.nearest("x".repeat(100_000), known));
		assertEquals("unknown key 'x'; there are none", Spelling.unknown("key", "x", List.of()));
		assertTrue(Spelling.unknown("key", "x".repeat(100_000), known).length() < 200);
	}
}
