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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short commands: what they print, their exit codes, and that they load no network library. */
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
		Outcome plan = fromPipe(SmallExperiment.TEXT, "plan", "pipe", "--json");
		assertCode(0, plan);
		assertEquals("", plan.err());
		assertTrue(plan.out().startsWith("{\n  \"experiment\": \"trial\",\n  \"folder\": \"results/trial\",\n  \"problems\": [],\n"
				+ "  \"steps\": [\n    {\"key\":\""), plan::toString);
		assertSays("\"label\":\"adapt fine-tune to point-goal/test, seed 2\",\"kind\":\"adapt\",\"state\":\"open\","
				+ "\"environmentSteps\":30000,\"unit\":\"steps\",\"needs\":[\"", plan.out(), plan);
		assertSays(", \"all\": {\"steps\":6,\"training\":180000,\"examples\":0,\"updates\":0,\"evaluation\":", plan.out(), plan);
		Outcome table = fromPipe(SmallExperiment.TEXT, "plan", "pipe");
		assertCode(0, table);
		assertSays("6 steps, 0 done in results/trial", table.out(), table);
		Outcome refused = fromPipe(SmallExperiment.TEXT.replace("hidden: [16]", "hidden: [100000, 100000]"), "run", "pipe");
		assertCode(3, refused);
		assertSays("backbone: the network has 20,00", refused.err(), refused);
	}

	@Test
	void listShowsEveryKind() throws Exception {
		Outcome all = headstart("list");
		assertCode(0, all);
		for (String text : List.of("environments", "point-goal", "cart-pole", "backbones", "mlp", "learners", "ppo", "strategies",
				"scratch", "fine-tune", "executors", "local", "examples", "point-goal-transfer")) {
			assertSays(text, all.out(), all);
		}
		assertFalse(all.out().contains("\033"), "no colours where no terminal is");
		Outcome learners = headstart("list", "learners");
		assertCode(0, learners);
		assertSays("ppo", learners.out(), learners);
		assertFalse(learners.out().contains("cart-pole"));
		assertCode(2, headstart("list", "nonsense"));
		Outcome almost = headstart("list", "learner");
		assertCode(2, almost);
		assertSays("did you mean 'learners'?", almost.err(), almost);
		assertCode(0, headstart("list", "--check"));
	}

	@Test
	void describeIsMadeFromSettings() throws Exception {
		Outcome ppo = headstart("describe", "ppo");
		assertCode(0, ppo);
		assertSays("learning-rate: number", ppo.out(), ppo);
		assertSays("default 3e-4", ppo.out(), ppo);
		Outcome family = headstart("describe", "point-goal");
		assertCode(0, family);
		assertSays("With the default settings:", family.out(), family);
		assertSays("test: ", family.out(), family);
		assertSays("(test, held out)", family.out(), family);
		assertSays("goal.x, goal.y: -10 to 10", family.out(), family);
		assertSays("outcomes, beside the return:", family.out(), family);
		Outcome bandit = headstart("describe", "bernoulli-bandit");
		assertCode(0, bandit);
		assertSays("thompson", bandit.out(), bandit);
		Outcome experiment = headstart("describe", "experiment");
		assertCode(0, experiment);
		assertSays("strategies", experiment.out(), experiment);
		assertSays("evaluation", experiment.out(), experiment);
		Outcome example = headstart("describe", "point-goal-transfer");
		assertCode(0, example);
		Files.writeString(folder.resolve("copy.experiment.yaml"), example.out());
		assertCode(0, headstart("validate", "copy.experiment.yaml"));
		Outcome unknown = headstart("describe", "pppo");
		assertCode(4, unknown);
		assertSays("did you mean 'ppo'?", unknown.err(), unknown);
	}

	@Test
	void helpIsThereForEveryCommand() throws Exception {
		Outcome help = headstart("--help");
		assertCode(0, help);
		assertSays("Exit codes", help.out(), help);
		for (String command : List.of("run", "cancel", "validate", "plan", "list", "describe", "report", "compare", "show", "reproduce",
				"play")) {
			assertSays("  " + command, help.out(), help);
			Outcome one = headstart(command, "--help");
			assertCode(0, one);
			assertSays("Usage: headstart " + command, one.out(), one);
		}
		assertFalse(help.out().contains("worker "), "workers are not for people");
		Outcome version = headstart("--version");
		assertCode(0, version);
		assertTrue(version.out().startsWith("Headstart 1."), version::toString);
	}

	@Test
	void aWrongCommandLineIsCodeTwo() throws Exception {
		assertCode(2, headstart());
		Outcome unknown = headstart("rnu");
		assertCode(2, unknown);
		assertSays("there is no command 'rnu'; did you mean 'run'?", unknown.err(), unknown);
		Outcome option = headstart("run", "--job", "3", "x");
		assertCode(2, option);
		assertSays("'--jobs'", option.err(), option);
		assertCode(2, headstart("run"));
		assertCode(2, headstart("run", "x", "--jobs", "many"));
		assertCode(2, headstart("run", "x", "--jobs", "-1"));
	}

	@Test
	void invalidExperimentsAreCodeThreeWithLineAndColumn() throws Exception {
		Files.writeString(folder.resolve("bad.experiment.yaml"), SmallExperiment.TEXT.replace("{id: ppo, ", "{id: ppo, learning-rat: 1, "));
		Outcome bad = headstart("validate", "bad.experiment.yaml");
		assertCode(3, bad);
		assertSays("bad.experiment.yaml:5:", bad.err(), bad);
		assertSays("learning-rate", bad.err(), bad);
		for (String command : List.of("plan", "run")) {
			Outcome refused = headstart(command, "bad.experiment.yaml");
			assertCode(3, refused);
			assertSays("bad.experiment.yaml:5:", refused.err(), refused);
		}
		assertFalse(Files.exists(folder.resolve("results")), "nothing is written for an invalid experiment");
		SmallExperiment.write(folder);
		Outcome override = headstart("plan", "trial.experiment.yaml", "--set", "learner.gamma=2");
		assertCode(3, override);
		assertSays("gamma", override.err(), override);
	}

	@Test
	void whatIsNotThereIsCodeFour() throws Exception {
		Outcome missing = headstart("validate", "missing.experiment.yaml");
		assertCode(4, missing);
		assertSays("missing.experiment.yaml", missing.err(), missing);
		Outcome example = headstart("run", "point-gaol-transfer");
		assertCode(4, example);
		assertSays("did you mean 'point-goal-transfer'?", example.err(), example);
		assertCode(4, headstart("report", "nowhere"));
		assertCode(4, headstart("report", "."));
		assertCode(4, headstart("compare", "nowhere", "nowhere"));
		assertCode(4, headstart("show", "0123"));
		assertCode(4, headstart("reproduce", "0123"));
		assertCode(4, headstart("play", "0123", "--gif", "x.gif"));
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
	void planShowsStepsAndCost() throws Exception {
		SmallExperiment.write(folder);
		Outcome plan = headstart("plan", "trial.experiment.yaml", "--seeds", "3");
		assertCode(0, plan);
		assertSays("9 steps, 0 done", plan.out(), plan);
		assertSays("270k env steps of training", plan.out(), plan);
		assertSays("adapt fine-tune to point-goal/test, seed 3", plan.out(), plan);
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
		Outcome list = terminal(100, "list", "environments");
		assertSays("  point-goal               Walk a point from the origin to a goal in the plane, shown or to be\n"
				+ "                           inferred; goals held out", list.out(), list);
		assertFalse(list.out().contains("org.headstart."), list::toString);
		Outcome verbose = headstart("list", "environments", "--verbose");
		assertSays("(org.headstart.environments.point)", verbose.out(), verbose);
	}

	@Test
	void whereNobodyWatchesALineIsAnEntry() throws Exception {
		Outcome list = headstart("list");
		assertTrue(list.out().lines().allMatch(line -> line.equals(line.stripTrailing())
				&& line.matches("[a-z]+|  [a-z0-9-]+  [^ ].*")), list::toString);
	}

	@Test
	void jsonHasWhatTheTextSays() throws Exception {
		Outcome list = headstart("list", "learners", "--json");
		assertCode(0, list);
		assertTrue(list.out().startsWith("{\n  \"learners\": [\n    {\n      \"id\": \""), list::toString);
		assertSays("\"bundle\": \"org.headstart.learners\"", list.out(), list);
		assertSays("\"problems\": []", list.out(), list);
		Outcome learner = headstart("describe", "ppo", "--json");
		assertCode(0, learner);
		assertSays("\"kind\": \"learner\"", learner.out(), learner);
		assertSays("\"key\": \"learning-rate\"", learner.out(), learner);
		assertSays("\"default\": \"3e-4\"", learner.out(), learner);
		assertSays("\"max\": null", learner.out(), learner);
		Outcome family = headstart("describe", "point-goal", "--json");
		assertSays("\"role\": \"test\",\n          \"heldOut\": true", family.out(), family);
		assertSays("\"parameterGroups\": [", family.out(), family);
		assertSays("\"kind\": \"experiment\"", headstart("describe", "experiment", "--json").out(), family);
		assertSays("\"text\": \"", headstart("describe", "point-goal-transfer", "--json").out(), family);
	}

	@Test
	void nobodysTextControlsTheTerminal() throws Exception {
		String name = "x\u001b[31m.yaml";
		Files.writeString(folder.resolve(name), """
				headstart: 1
				name: "\\e[31mred\\e[0m\\r\\nFAKE: valid"
				"\\e]0;owned\\a": 1
				description: "\\e[2Jx"
				backbone: {id: "\\e[5mblink", hidden: ["\\e[7m"]}
				learner: {id: ppo, "\\e[4mkey": 3, lanes: "\\e[1m", "\\u202Elr": 1, "\\x9b2J": 1}
				target: [{environment: point-goal, task: "\\e[1mtask", steps: 1}]
				strategies: [{id: scratch}]
				""");
		for (List<String> command : List.of(List.of("validate", name), List.of("plan", name), List.of("run", name),
				List.of("run", "no\u001b[31m"), List.of("describe", "no\u001b[31m"), List.of("\u001b[31m"), List.of("list", "\u001b[31m"),
				List.of("list", "--\u001b[31m"), List.of("run", "x", "--jobs", "\u001b[31m"), List.of("report", "no\u001b[31m"),
				List.of("play", "\u001b[31m", "--gif", "x"), List.of("list", "--check"))) {
			Outcome outcome = HeadstartProcess.run(folder, Map.of("HEADSTART_PLUGINS", "/no\u001b[31m"),
					command.toArray(String[]::new));
			assertTrue((outcome.out() + outcome.err()).codePoints().allMatch(each -> each == '\n'
					|| Character.getType(each) != Character.CONTROL && Character.getType(each) != Character.FORMAT),
					() -> command + ": " + outcome);
			assertSays("\\u001b[31m", outcome.err(), outcome);
		}
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

	@Test
	void seedsAreGivenOnce() throws Exception {
		SmallExperiment.write(folder);
		for (String command : List.of("run", "plan")) {
			Outcome twice = headstart(command, "trial.experiment.yaml", "--seeds", "2", "--set", "seeds=3");
			assertCode(2, twice);
			assertSays("--seeds 2 and --set seeds=3 both give the number of seeds", twice.err(), twice);
		}
	}
}
