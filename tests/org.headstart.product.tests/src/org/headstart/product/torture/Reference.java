package org.headstart.product.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.headstart.product.HeadstartProcess;
import org.headstart.product.HeadstartProcess.Outcome;

/**
 * A run that nothing happened to.
 *
 * @param text     the experiment's text
 * @param results  its results folder
 * @param contents what that holds
 * @param duration how long the run took
 */
record Reference(String text, Path results, Contents contents, Duration duration) {

	static final String FILE = "torture.experiment.yaml";

	static Reference make(Path folder, String text) throws IOException, InterruptedException {
		Files.createDirectories(folder);
		Files.writeString(folder.resolve(FILE), text);
		Outcome run = HeadstartProcess.run(folder, "run", FILE, "--out", "results");
		if (run.code() != 0) {
			throw new IOException("the reference run failed: " + run);
		}
		Path results = folder.resolve("results");
		return new Reference(text, results, Contents.of(results), run.duration());
	}

	/** Compares a folder in which the experiment was run to its end; tells the place what is lost, different or left over. */
	void compare(Path actual, CaseFolder place) throws IOException {
		Contents found = Contents.of(actual);
		tell(place, "results", Contents.difference(contents.results(), found.results()));
		tell(place, "the report's tables", Contents.difference(contents.tables(), found.tables()));
		tell(place, "files in the folder", Contents.difference(contents.layout(), found.layout()));
	}

	private static void tell(CaseFolder place, String what, String difference) {
		if (!difference.isEmpty()) {
			place.fault(what + " are not those of an undisturbed run: " + difference);
		}
	}
}
