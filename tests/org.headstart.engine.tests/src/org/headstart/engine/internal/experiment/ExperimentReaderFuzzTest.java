package org.headstart.engine.internal.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.experiment.ExperimentReader.Problem;
import org.headstart.engine.internal.experiment.ExperimentReader.Reading;
import org.headstart.engine.internal.experiment.ExperimentReader.Severity;
import org.headstart.engine.internal.plan.Planner;
import org.headstart.testkit.internal.SampleCatalog;
import org.junit.jupiter.api.Test;

/**
 * Right files, changed at random: whatever comes out, reading gives an experiment or problems with places, and never throws.
 * Another seed: {@code -Dheadstart.fuzz.seed=N}, and more files: {@code -Dheadstart.fuzz.files=N}.
 */
class ExperimentReaderFuzzTest {

	private static final Catalog CATALOG = SampleCatalog.catalog();
	private static final List<String> PIECES = List.of(": ", "- ", "[", "]", "{", "}", ",", "\n", "  ", "\t", "#", "'", "\"", "&a ",
			"*a", "!x ", "|", ">", "? ", "1e999", "-1", "null", "~", "true", ".nan", ".inf", "0x1F", "id", "label", "steps", "tasks: 3",
			"<<: ", "---\n", "...", "%", "2e6", "99999999999999999999", "\u0000", "\uD83D", "ü", "point-goal", "test", "derived");

	@Test
	void changedFilesGiveProblemsAndNeverThrow() {
		long seed = Long.getLong("headstart.fuzz.seed", 20_240_229);
		int files = Integer.getInteger("headstart.fuzz.files", 2000);
		SplittableRandom random = new SplittableRandom(seed);
		String frozen = ExperimentReader.read(SampleCatalog.EXPERIMENT, "f", CATALOG, Map.of()).frozenText();
		int right = 0;
		for (int i = 0; i < files; i++) {
			String text = changed(random.nextBoolean() ? SampleCatalog.EXPERIMENT : frozen, random);
			Map<String, String> overrides = random.nextInt(4) == 0 ? Map.of(path(random), piece(random)) : Map.of();
			try {
				Reading reading = assertTimeoutPreemptively(Duration.ofMinutes(2),
						() -> ExperimentReader.read(text, "f", CATALOG, overrides));
				check(reading, text, overrides);
				right += reading.experiment().isPresent() ? 1 : 0;
			} catch (Throwable e) {
				fail("seed " + seed + ", file " + i + ", overrides " + overrides + ":\n" + text, e);
			}
		}
		// when nearly every file is wrong, or right, the changes look at nothing
		assertTrue(right > files / 200 && right < files / 2, right + " of " + files + " files are right");
	}

	private static void check(Reading reading, String text, Map<String, String> overrides) {
		boolean errors = reading.problems().stream().anyMatch(problem -> problem.severity() == Severity.ERROR);
		assertEquals(errors, reading.experiment().isEmpty());
		long lines = text.lines().count() + 1;
		for (Problem problem : reading.problems()) {
			assertFalse(problem.message().isBlank());
			assertTrue(problem.line() >= 0 && problem.line() <= lines, problem.toString());
			assertEquals(problem.line() == 0, problem.column() == 0, problem.toString());
			assertTrue(problem.line() == 0 || problem.source().equals("f"), problem.toString());
			assertTrue(overrides.isEmpty() ? problem.source().equals("f") : true, problem.toString());
		}
		reading.experiment().ifPresent(experiment -> {
			Reading again = ExperimentReader.read(reading.frozenText(), "frozen", CATALOG, Map.of());
			assertEquals(ExperimentReaderTest.essence(experiment),
					again.experiment().map(ExperimentReaderTest::essence).orElse(again.problems().toString()));
			if (experiment.protocol().seeds() * experiment.tasks().target().size() < 100) {
				assertEquals(Planner.plan(experiment, CATALOG).steps(),
						Planner.plan(again.experiment().orElseThrow(), CATALOG).steps());
			}
		});
	}

	private static String changed(String text, SplittableRandom random) {
		StringBuilder changed = new StringBuilder(text);
		for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
			int at = random.nextInt(changed.length());
			switch (random.nextInt(6)) {
				case 0 -> changed.deleteCharAt(at);
				case 1 -> changed.insert(at, piece(random));
				case 2 -> changed.setCharAt(at, (char) (random.nextInt(20) == 0 ? random.nextInt(0x10000) : 32 + random.nextInt(95)));
				case 3 -> changed.delete(at, Math.min(changed.length(), at + random.nextInt(30)));
				case 4 -> {
					int from = random.nextInt(changed.length());
					changed.insert(at, changed.substring(from, Math.min(changed.length(), from + random.nextInt(60))));
				}
				default -> {
					List<String> lines = new ArrayList<>(changed.toString().lines().toList());
					String moved = lines.remove(random.nextInt(lines.size()));
					lines.add(random.nextInt(lines.size() + 1), moved);
					changed = new StringBuilder(String.join("\n", lines)).append('\n');
				}
			}
			if (changed.isEmpty()) {
				return "";
			}
		}
		return changed.toString();
	}

	private static String piece(SplittableRandom random) {
		return PIECES.get(random.nextInt(PIECES.size()));
	}

	private static String path(SplittableRandom random) {
		List<String> words = List.of("learner", "target", "0", "steps", "strategies", "1", "layers", "seeds", "x", "", "id", "label",
				"evaluation", "every", "executor", "point-goal/test", "progressive");
		StringBuilder path = new StringBuilder();
		for (int i = random.nextInt(4); i >= 0; i--) {
			path.append(words.get(random.nextInt(words.size()))).append(i == 0 ? "" : ".");
		}
		return path.toString();
	}
}
