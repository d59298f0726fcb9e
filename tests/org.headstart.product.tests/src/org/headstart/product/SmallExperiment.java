package org.headstart.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The experiment of the tests: seconds long, with a pre-training and two seeds. */
final class SmallExperiment {

	/** Long enough to be interrupted: some ten seconds on two processors. */
	static final String TEXT = """
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
			checkpoint: {every: 1}
			""";

	private static final Pattern DONE = Pattern.compile("\"environmentStepsDone\":\\s*(\\d+)");

	private SmallExperiment() {}

	static Path write(Path folder) throws IOException {
		return Files.writeString(folder.resolve("trial.experiment.yaml"), TEXT);
	}

	/** A hash of every file whose bytes equal runs share: all but the timing. */
	static SortedMap<String, String> results(Path folder) throws Exception {
		SortedMap<String, String> hashes = new TreeMap<>();
		try (Stream<Path> files = Files.walk(folder.resolve("steps"))) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				if (!file.getFileName().toString().equals("timing.json")) {
					hashes.put(folder.relativize(file).toString(), HexFormat.of()
							.formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file))));
				}
			}
		}
		for (String file : new String[] {"experiment.yaml", "plan.json"}) {
			hashes.put(file, Files.readString(folder.resolve(file), StandardCharsets.UTF_8));
		}
		return hashes;
	}

	/** Copies results, for a test that changes them. */
	static Path copy(Path results, Path to) throws IOException {
		try (Stream<Path> files = Files.walk(results)) {
			for (Path file : files.toList()) {
				Files.copy(file, to.resolve(results.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
			}
		}
		return to;
	}

	static void assertSameResults(Path expected, Path actual) throws Exception {
		SortedMap<String, String> first = results(expected);
		assertTrue(first.size() > 10, first::toString);
		assertEquals(first, results(actual));
	}

	/** Waits until a run has done environment steps, so that it is in the middle of training. */
	static void awaitProgress(Path folder) throws IOException, InterruptedException {
		Path status = folder.resolve("run.json");
		for (int look = 0; look < 6000; look++) {
			if (Files.exists(status)) {
				Matcher done = DONE.matcher(Files.readString(status));
				if (done.find() && Long.parseLong(done.group(1)) > 0) {
					return;
				}
			}
			Thread.sleep(100);
		}
		throw new IOException("the run in " + folder + " makes no progress");
	}
}
