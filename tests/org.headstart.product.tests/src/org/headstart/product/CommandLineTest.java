package org.headstart.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.headstart.product.HeadstartProcess.Outcome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short commands as processes: pipes, terminals, full disks, exit codes, and that they load no network library. */
class CommandLineTest {

	@TempDir
	private Path folder;

	private Outcome headstart(String... arguments) throws Exception {
		return HeadstartProcess.run(folder, arguments);
	}

	private static void assertCode(int code, Outcome outcome) {
		assertEquals(code, outcome.code(), outcome::toString);
		assertFalse(outcome.err().contains("\tat "), () -> "a stack trace is not for users: " + outcome);
	}

	private static void assertSays(String text, String where, Outcome outcome) {
		assertTrue(where.contains(text), () -> "'" + text + "' is missing: " + outcome);
	}

	private Outcome fromPipe(String text, String... arguments) throws Exception {
		Path pipe = folder.resolve("pipe");
		Files.deleteIfExists(pipe);
		assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor());
		Thread writer = new Thread(() -> {
			try {
				Files.writeString(pipe, text);
			} catch (IOException e) {
				throw new UncheckedIOException(e);
			}
		});
		writer.setDaemon(true);
		writer.start();
		return headstart(arguments);
	}

	@Test
	void experimentsComeFromPipesAndAreToldOfAsJson() throws Exception {
		Outcome valid = fromPipe(SmallExperiment.TEXT, "validate", "pipe", "--json");
		assertCode(0, valid);
		assertEquals("", valid.err());
		assertEquals("""
				[
				  {
				    "file": "pipe",
				    "valid": true,
				    "problems": []
				  }
				]
				""", valid.out());
		Outcome bad = fromPipe(SmallExperiment.TEXT.replace("epochs: 4", "epochs: 0"), "validate", "pipe", "--json");
		assertCode(3, bad);
		assertEquals("", bad.err());
		for (String text : List.of("\"valid\": false", "\"severity\": \"error\"", "\"source\": \"pipe\"", "\"line\": 5",
				"\"column\": 57", "\"key\": \"learner.epochs\"", "\"message\": \"must be at least 1, is 0\"")) {
			assertSays(text, bad.out(), bad);
		}
		Outcome table = fromPipe(SmallExperiment.TEXT, "plan", "pipe");
		assertCode(0, table);
		assertSays("6 steps, 0 done in results/trial", table.out(), table);
	}

	/** The commands' own tests have the rest. */
	@Test
	void exitCodesReachTheShell() throws Exception {
		Outcome version = headstart("--version");
		assertCode(0, version);
		assertTrue(version.out().startsWith("Headstart 1."), version::toString);
		Outcome unknown = headstart("rnu");
		assertCode(2, unknown);
		assertSays("there is no command 'rnu'; did you mean 'run'?", unknown.err(), unknown);
		Files.writeString(folder.resolve("bad.experiment.yaml"), SmallExperiment.TEXT.replace("{id: ppo, ", "{id: ppo, learning-rat: 1, "));
		Outcome bad = headstart("run", "bad.experiment.yaml");
		assertCode(3, bad);
		assertSays("bad.experiment.yaml:5:", bad.err(), bad);
		assertFalse(Files.exists(folder.resolve("results")), "nothing is written for an invalid experiment");
		Outcome missing = headstart("report", ".");
		assertCode(4, missing);
		assertSays("it has no plan.json", missing.err(), missing);
	}

	/** What is described can be run. */
	@Test
	void anExamplesTextIsAnExperimentFile() throws Exception {
		Outcome example = headstart("describe", "point-goal-transfer");
		assertCode(0, example);
		Files.writeString(folder.resolve("copy.experiment.yaml"), example.out());
		assertCode(0, headstart("validate", "copy.experiment.yaml"));
	}

	@Test
	void aPluginsPathControlsNoTerminal() throws Exception {
		Outcome outcome = HeadstartProcess.run(folder, Map.of("HEADSTART_PLUGINS", "/no\u001b[31m"), "list", "--check");
		assertFalse((outcome.out() + outcome.err()).contains("\u001b"), outcome::toString);
		assertSays("\\u001b[31m", outcome.err(), outcome);
	}

	@Test
	void whatCannotBeWrittenIsCodeEight() throws Exception {
		SmallExperiment.write(folder);
		Files.writeString(folder.resolve("file"), "");
		Outcome outcome = headstart("run", "trial.experiment.yaml", "--out", "file/results");
		assertCode(8, outcome);
		assertSays(folder.resolve("file/results").toString(), outcome.err(), outcome);
	}

	@Test
	void shortCommandsLoadNoNetworkLibrary() throws Exception {
		SmallExperiment.write(folder);
		Path log = folder.resolve("classes.log");
		for (List<String> command : List.of(List.of("list"), List.of("describe", "ppo"),
				List.of("validate", "trial.experiment.yaml"), List.of("plan", "trial.experiment.yaml"))) {
			Files.deleteIfExists(log);
			Outcome outcome = HeadstartProcess.run(folder, Map.of("HEADSTART_JAVA_OPTS", "-Xlog:class+load:file=" + log),
					command.toArray(String[]::new));
			assertCode(0, outcome);
			try (Stream<String> lines = Files.lines(log)) {
				assertEquals(List.of(), lines.filter(line -> line.contains("org.nd4j.") || line.contains("org.bytedeco."))
						.limit(5).toList(), () -> "headstart " + command);
			}
			if (command.equals(List.of("list"))) {
				try (Stream<String> lines = Files.lines(log)) {
					assertEquals(List.of(), lines.filter(line -> line.matches(
							".* org\\.headstart\\.(environments|learners|strategies|backbones|nn)\\..*")).limit(5).toList());
				}
			}
		}
	}

	/** As on a terminal of so many columns. */
	private Outcome terminal(int columns, String... arguments) throws Exception {
		return HeadstartProcess.run(folder, Map.of("NO_COLOR", "1", "HEADSTART_JAVA_OPTS",
				"-Dheadstart.tty=12 -Dheadstart.columns=" + columns), arguments);
	}

	@Test
	void whatIsPrintedFitsTheTerminal() throws Exception {
		Outcome list = terminal(100, "list", "environments");
		list.out().lines().forEach(line -> assertTrue(line.codePointCount(0, line.length()) <= 100, list::toString));
		assertSays("  point-goal               Walk a point from the origin to a goal in the plane, shown or to be\n"
				+ "                           inferred; goals held out", list.out(), list);
		assertFalse(list.out().contains("org.headstart."), list::toString);
	}

	/** At widths and with commands that the commands' own tests do not have. */
	@Tag("nightly")
	@Test
	void whatIsPrintedFitsTerminalsOfEveryWidth() throws Exception {
		SmallExperiment.write(folder);
		Files.writeString(folder.resolve("bad.experiment.yaml"), SmallExperiment.TEXT.replace("{id: ppo, ", "{id: ppo, learning-rat: 1, "));
		for (int columns : new int[] {80, 100, 140}) {
			for (List<String> command : List.of(List.of("list"), List.of("describe", "ppo"), List.of("describe", "point-goal"),
					List.of("--help"), List.of("run", "--help"), List.of("plan", "trial.experiment.yaml"),
					List.of("plan", "bad.experiment.yaml"), List.of("run", "point-gaol-transfer"))) {
				Outcome outcome = terminal(columns, command.toArray(String[]::new));
				(outcome.out() + outcome.err()).lines().forEach(line -> assertTrue(line.codePointCount(0, line.length()) <= columns,
						() -> columns + " columns, " + command + ": " + line));
			}
		}
	}

	@Test
	void whereNobodyWatchesALineIsAnEntry() throws Exception {
		Outcome list = headstart("list");
		assertTrue(list.out().lines().allMatch(line -> line.equals(line.stripTrailing())
				&& line.matches("[a-z]+|  [a-z0-9-]+  [^ ].*")), list::toString);
	}

	@Test
	void aFullDiskIsCodeEightAndAClosedPipeIsNone() throws Exception {
		String script = HeadstartProcess.plugins().resolveSibling("headstart").toString();
		for (String command : List.of("list", "--help", "--version", "describe point-goal-transfer", "list --json")) {
			Process full = new ProcessBuilder("bash", "-c", "\"$0\" " + command + " >/dev/full", script)
					.redirectErrorStream(true).start();
			String said = new String(full.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertEquals(8, full.waitFor(), command + ": " + said);
			assertTrue(said.startsWith("headstart: standard output cannot be written: "), said);
		}
		Process piped = new ProcessBuilder("bash", "-c", "\"$0\" list | head -n 1; exit ${PIPESTATUS[0]}", script)
				.redirectErrorStream(true).start();
		assertEquals("environments\n", new String(piped.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
		assertEquals(0, piped.waitFor());
	}

	@Test
	void whatOnlySupervisesNeedsNoVectorApi() throws Exception {
		for (List<String> command : List.of(List.of("run"), List.of("report"), List.of("compare"), List.of("play"),
				List.of("list"), List.of("run", "--help"))) {
			Outcome outcome = headstart(command.toArray(String[]::new));
			assertFalse(outcome.err().contains("WARNING"), outcome::toString);
		}
	}
}
