package org.headstart.engine.internal.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.experiment.ExperimentReader.Problem;
import org.headstart.engine.internal.experiment.ExperimentReader.Reading;
import org.headstart.testkit.internal.SampleCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are made to break a reader. The time limits are there against hangs; they do not measure speed. */
class HostileFileTest {

	private static final Catalog CATALOG = SampleCatalog.catalog();
	/** No demand on speed: what is read without end takes longer. */
	private static final Duration LIMIT = Duration.ofMinutes(2);

	private static Reading read(String text) {
		return assertTimeoutPreemptively(LIMIT, () -> ExperimentReader.read(text, "f", CATALOG, Map.of()));
	}

	private static void assertRefused(String text, String message) {
		List<Problem> problems = read(text).problems();
		assertEquals(1, problems.size(), problems.toString());
		assertTrue(problems.get(0).message().contains(message), problems.toString());
	}

	@Test
	void tooLarge() {
		assertRefused("a: " + "x".repeat(1 << 20), "more than 1 MiB");
		assertRefused("# " + "x\n# ".repeat(1 << 19), "more than 1 MiB");
	}

	@Test
	void tooLargeOnDisk(@TempDir Path folder) throws Exception {
		Path file = folder.resolve("huge");
		try (var channel = java.nio.channels.FileChannel.open(file, java.nio.file.StandardOpenOption.CREATE,
				java.nio.file.StandardOpenOption.WRITE, java.nio.file.StandardOpenOption.SPARSE)) {
			channel.write(java.nio.ByteBuffer.wrap(new byte[] {0}), 1L << 40);
		} catch (java.io.IOException e) {
			Files.write(file, new byte[3 << 20]); // a file system without sparse files
		}
		Reading reading = assertTimeoutPreemptively(LIMIT, () -> ExperimentReader.read(file, CATALOG, Map.of()));
		assertTrue(reading.problems().get(0).message().contains("more than 1 MiB"), reading.problems().toString());
	}

	@Test
	void devicesAreNotRead() {
		Path zero = Path.of("/dev/zero");
		if (Files.exists(zero)) {
			Reading reading = assertTimeoutPreemptively(LIMIT, () -> ExperimentReader.read(zero, CATALOG, Map.of()));
			assertEquals("/dev/zero: is too large for an experiment: more than 1 MiB", reading.problems().get(0).toString());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {"[", "{a: ", "{", "[[a, ", "- ", "? ", "a:\n"})
	void deepNesting(String opening) {
		Reading reading = read(opening.equals("a:\n") ? indented() : opening.repeat(200_000 / opening.length()));
		assertEquals(1, reading.problems().size());
		assertTrue(reading.problems().get(0).message().contains("nested more than 32"), reading.problems().toString());
	}

	private static String indented() {
		StringBuilder text = new StringBuilder();
		for (int depth = 0; depth < 1000; depth++) {
			text.append(" ".repeat(depth)).append("a:\n");
		}
		return text.toString();
	}

	@Test
	void aliasBombs() {
		StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
		for (int i = 1; i < 30; i++) {
			String alias = "*a" + (i - 1);
			bomb.append("a" + i + ": &a" + i + " [" + String.join(", ", java.util.Collections.nCopies(10, alias)) + "]\n");
		}
		assertRefused(bomb.toString(), "more than 50 aliases");
		StringBuilder doubling = new StringBuilder("a0: &a0 [x, x]\n");
		for (int i = 1; i <= 24; i++) {
			doubling.append("a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n");
		}
		assertRefused(doubling.toString(), "aliases");
		assertRefused("name: *a\n".repeat(1000), "alias");
	}

	@Test
	void aliasesWithinThemselves() {
		assertRefused("a: &a [*a]\n", "alias");
		assertRefused("a: &a [*a, *a]\n", "alias");
		assertRefused("name: *\nseeds: 1\n", "an alias (*name) or an anchor (&name) has no name here");
		assertRefused("name: &\nseeds: 1\n", "an alias (*name) or an anchor (&name) has no name here");
		// merged into itself
		assertRefused("b: &b\n  <<: *b\n  c: [*b, *b]\n", "the alias *b stands within what it names");
		assertRefused("b: &b {c: {<<: [*b, {d: 1}]}}\n", "the alias *b stands within what it names");
		assertRefused("&a a: &b {*a : *b}\n", "alias");
	}

	@Test
	void nothingWithinAMapWhereTextBelongs() {
		Reading reading = read(SampleCatalog.EXPERIMENT.replaceFirst("name: .*", "name: {a: {b: , c: []}}"));
		assertTrue(reading.problems().stream().anyMatch(problem -> problem.key().equals("name")), reading.problems().toString());
	}

	@Test
	void aProblemIsOneLine() {
		Reading reading = read(SampleCatalog.EXPERIMENT.replace("task: [test, validation]",
				"\"k\\ne\\ry\": 1, task: \"line\\nbreak\""));
		assertTrue(reading.problems().stream().anyMatch(problem -> problem.key().contains("k\\ne\\ry")), reading.problems().toString());
		for (Problem problem : reading.problems()) {
			assertEquals(1, problem.toString().lines().count(), problem.toString());
		}
	}

	@Test
	void fewAliasesAreFine() {
		Reading reading =
				read(SampleCatalog.EXPERIMENT.replace("steps: 2e6", "steps: &budget 2e6").replace("steps: 1e6", "steps: *budget"));
		assertEquals(List.of(), reading.problems());
		assertEquals(2_000_000, reading.experiment().orElseThrow().tasks().target().get(0).steps());
	}

	@Test
	void longValues() {
		assertRefused(SampleCatalog.EXPERIMENT + "description: " + "x".repeat(100_000), "more than 65536 characters");
		assertRefused(SampleCatalog.EXPERIMENT + "x".repeat(100_000) + ": 1\n", "");
		assertRefused(SampleCatalog.EXPERIMENT + "description: |\n" + "  x\n".repeat(100_000), "more than 65536 characters");
		Reading digits = read(SampleCatalog.EXPERIMENT + "seed: " + "9".repeat(60_000) + "\n");
		assertEquals(1, digits.problems().size());
		assertTrue(digits.problems().get(0).message().length() < 300, digits.problems().toString());
	}

	@Test
	void manyValues() {
		assertRefused("a: [" + "x, ".repeat(200_000) + "]", "too many");
		assertRefused("a: [" + "[], ".repeat(200_000) + "]", "too many");
		StringBuilder keys = new StringBuilder();
		for (int i = 0; i < 15_000; i++) {
			keys.append("key").append(i).append(": 1\n");
		}
		Reading reading = read(keys.toString());
		assertTrue(reading.experiment().isEmpty());
		assertTrue(reading.problems().size() <= 201, () -> reading.problems().size() + " problems");
	}

	@Test
	void manyTasks() {
		StringBuilder text = new StringBuilder(SampleCatalog.EXPERIMENT.replaceAll("(?s)target:\n.*?strategies:", "strategies:"));
		text.append("target:\n");
		for (int i = 0; i < 1000; i++) {
			text.append("  - {environment: point-goal, task: [train, test], tasks: 1000, steps: 1e5}\n");
		}
		Reading reading = read(text.toString());
		assertTrue(reading.problems().toString().contains("at most 10000"), reading.problems().toString());
	}

	@Test
	void binary() {
		assertRefused("headstart: 1\nname: a\u0000b\n", "U+0000");
		assertEquals("f:2:8", read("headstart: 1\nname: a\u0000b\n").problems().get(0).toString().substring(0, 5));
		assertRefused("name: \uD800\n", "U+D800");
		assertRefused("name: \u001B[31m\n", "U+001B");
		SplittableRandom random = new SplittableRandom(1);
		for (int i = 0; i < 200; i++) {
			byte[] bytes = new byte[random.nextInt(2000)];
			random.nextBytes(bytes);
			assertNotNull(read(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1)));
		}
	}

	@Test
	void tagsMakeNoObjects() {
		for (String tag : List.of("!!javax.script.ScriptEngineManager", "!!java.net.URL", "!!python/object/apply:os.system",
				"!!binary", "!!set", "!!omap", "!<x>")) {
			Reading reading = read(SampleCatalog.EXPERIMENT.replace("name: sample", "name: " + tag + " [a]"));
			assertTrue(reading.experiment().isEmpty(), tag);
			assertTrue(reading.problems().stream().anyMatch(problem -> problem.line() == 2), reading.problems().toString());
		}
	}

	@Test
	void textsThatLookLikeYamlsOwn() {
		for (String text : List.of("%YAML 9.9\n---\na: 1\n", "%TAG ! x\n%TAG ! x\n---\na: 1\n", "---\n...\n---\n", "&a", "*a", "!",
				"!!", "|", ">", "'", "\"", "?", ":", "-", ",", "%", "@", "`", "\"\\xZZ\"", "\"\\U99999999\"", "a: |99\n x",
				"<<: {a: 1}\nheadstart: 1", "<<: 1", "? \n? \n", "{? : }", "~: ~", "{[a]: b}", "{{a: b}: c}", "&a &b c", "!a !b c")) {
			Reading reading = read(text);
			assertTrue(reading.problems().size() > 0 && reading.experiment().isEmpty(), text);
		}
	}
}
