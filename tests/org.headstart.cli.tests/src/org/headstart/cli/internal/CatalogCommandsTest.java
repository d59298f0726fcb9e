package org.headstart.cli.internal;

import static org.headstart.cli.internal.CommandProcess.headstart;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short commands on what is installed, and their exit codes. The extension registry is needed, so they run inside OSGi alone. */
class CatalogCommandsTest {

	private static final String TRIAL = """
			headstart: 1
			name: trial
			description: Seconds
			backbone: {id: mlp, hidden: [16]}
			learner: {id: ppo, lanes: 4, rollout-steps: 64, epochs: 4}
			source: [{environment: point-goal, task: train, steps: 30000}]
			target: [{environment: point-goal, task: test, steps: 30000}]
			strategies:
			  - {id: scratch}
			  - {id: fine-tune}
			shots: [0, 1]
			seeds: 2
			evaluation: {every: 10000, episodes: 5}
			""";

	@TempDir
	private Path folder;

	private String file(String name, String text) throws IOException {
		return Files.writeString(folder.resolve(name), text).toString();
	}

	@Test
	void listShowsEveryKind() {
		headstart("list").endsWith(0).prints("environments", "point-goal", "cart-pole", "backbones", "mlp", "learners", "ppo",
				"strategies", "scratch", "fine-tune", "executors", "local", "examples", "point-goal-transfer");
		assertFalse(headstart("list", "learners").endsWith(0).prints("ppo").out().contains("cart-pole"));
		headstart("list", "nonsense").endsWith(2);
		headstart("list", "learner").endsWith(2).complains("did you mean 'learners'?");
		headstart("list", "--check").endsWith(0);
		headstart("list", "environments", "--verbose").endsWith(0).prints("(org.headstart.environments.point)");
	}

	@Test
	void describeIsMadeFromSettings() throws IOException {
		headstart("describe", "ppo").endsWith(0).prints("learning-rate: number", "default 3e-4");
		headstart("describe", "point-goal").endsWith(0).prints("With the default settings:", "test: ", "(test, held out)",
				"goal.x, goal.y: -10 to 10", "outcomes, beside the return:");
		headstart("describe", "bernoulli-bandit").endsWith(0).prints("thompson");
		headstart("describe", "experiment").endsWith(0).prints("strategies", "evaluation");
		headstart("describe", "pppo").endsWith(4).complains("did you mean 'ppo'?");
	}

	@Test
	void jsonHasWhatTheTextSays() {
		CommandProcess list = headstart("list", "learners", "--json").endsWith(0).prints("\"bundle\": \"org.headstart.learners\"",
				"\"problems\": []");
		assertTrue(list.out().startsWith("{\n  \"learners\": [\n    {\n      \"id\": \""), list::toString);
		headstart("describe", "ppo", "--json").endsWith(0).prints("\"kind\": \"learner\"", "\"key\": \"learning-rate\"",
				"\"default\": \"3e-4\"", "\"max\": null");
		headstart("describe", "point-goal", "--json").endsWith(0).prints("\"role\": \"test\",\n          \"heldOut\": true",
				"\"parameterGroups\": [");
		headstart("describe", "experiment", "--json").endsWith(0).prints("\"kind\": \"experiment\"");
		headstart("describe", "point-goal-transfer", "--json").endsWith(0).prints("\"text\": \"");
	}

	@Test
	void invalidExperimentsAreCodeThreeWithLineAndColumn() throws IOException {
		String bad = file("bad.experiment.yaml", TRIAL.replace("{id: ppo, ", "{id: ppo, learning-rat: 1, "));
		for (String command : List.of("validate", "plan", "run")) {
			headstart(command, bad).endsWith(3).complains("bad.experiment.yaml:5:", "learning-rate");
		}
		String good = file("trial.experiment.yaml", TRIAL);
		assertEquals(good + ": valid\n", headstart("validate", good).endsWith(0).out().replace("\n  ", " "));
		headstart("plan", good, "--set", "learner.gamma=2").endsWith(3).complains("gamma");
		headstart("run", file("large.experiment.yaml", TRIAL.replace("hidden: [16]", "hidden: [100000, 100000]"))).endsWith(3)
				.complains("backbone: the network has 20,00");
		assertTrue(headstart("validate", bad, "--json").endsWith(3).prints("\"valid\": false", "\"severity\": \"error\"",
				"\"line\": 5").err().isEmpty());
	}

	@Test
	void whatIsNotThereIsCodeFour() {
		headstart("validate", folder.resolve("missing.experiment.yaml").toString()).endsWith(4).complains("missing.experiment.yaml");
		headstart("run", "point-gaol-transfer").endsWith(4).complains("did you mean 'point-goal-transfer'?");
		headstart("plan", folder.toString()).endsWith(4).complains(folder + " is a folder, not an experiment file");
	}

	@Test
	void planShowsStepsAndCost() throws IOException {
		String trial = file("trial.experiment.yaml", TRIAL);
		String out = folder.resolve("out").toString();
		headstart("plan", trial, "--seeds", "3", "--out", out).endsWith(0).prints("9 steps, 0 done", "270k env steps of training",
				"adapt fine-tune to point-goal/test, seed 3");
		headstart("plan", trial, "--json", "--out", out).endsWith(0).prints("\"experiment\": \"trial\"",
				"\"label\":\"adapt fine-tune to point-goal/test, seed 2\",\"kind\":\"adapt\",\"state\":\"open\","
						+ "\"environmentSteps\":30000,\"unit\":\"steps\",\"needs\":[\"",
				", \"all\": {\"steps\":6,\"training\":180000,\"examples\":0,\"updates\":0,\"evaluation\":");
	}

	@Test
	void seedsAreGivenOnce() throws IOException {
		String trial = file("trial.experiment.yaml", TRIAL);
		for (String command : List.of("run", "plan")) {
			headstart(command, trial, "--seeds", "2", "--set", "seeds=3").endsWith(2)
					.complains("--seeds 2 and --set seeds=3 both give the number of seeds");
		}
	}

	@Test
	void whatIsPrintedFitsTheTerminal() throws IOException {
		String trial = file("trial.experiment.yaml", TRIAL);
		for (String[] command : new String[][] {{"list"}, {"describe", "ppo"}, {"describe", "point-goal"},
				{"plan", trial, "--out", folder.resolve("out").toString()}}) {
			headstart(command).endsWith(0).out().lines().forEach(line -> assertTrue(
					line.codePointCount(0, line.length()) <= CommandProcess.COLUMNS || line.contains(folder.toString()),
					() -> String.join(" ", command) + ": " + line));
		}
	}

	@Test
	void nobodysTextControlsTheTerminal() throws IOException {
		String name = file("x\u001b[31m.yaml", """
				headstart: 1
				name: "\\e[31mred\\e[0m\\r\\nFAKE: valid"
				"\\e]0;owned\\a": 1
				description: "\\e[2Jx"
				backbone: {id: "\\e[5mblink", hidden: ["\\e[7m"]}
				learner: {id: ppo, "\\e[4mkey": 3, lanes: "\\e[1m", "\\u202Elr": 1, "\\x9b2J": 1}
				target: [{environment: point-goal, task: "\\e[1mtask", steps: 1}]
				strategies: [{id: scratch}]
				""");
		for (String[] command : new String[][] {{"validate", name}, {"plan", name}, {"run", name}, {"run", "no\u001b[31m"},
				{"describe", "no\u001b[31m"}, {"\u001b[31m"}, {"list", "\u001b[31m"}, {"list", "--\u001b[31m"},
				{"run", "x", "--jobs", "\u001b[31m"}, {"report", "no\u001b[31m"}, {"play", "\u001b[31m", "--gif", "x"}}) {
			CommandProcess process = headstart(command);
			assertTrue((process.out() + process.err()).codePoints().allMatch(each -> each == '\n'
					|| Character.getType(each) != Character.CONTROL && Character.getType(each) != Character.FORMAT),
					() -> String.join(" ", command) + ": " + process);
			process.complains("\\u001b[31m");
		}
	}
}
