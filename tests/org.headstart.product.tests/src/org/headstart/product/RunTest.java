package org.headstart.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

import org.headstart.product.HeadstartProcess.Outcome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs, and what may happen to them: stops, kills, second runs. The reference is a run that nothing happened to. */
class RunTest {

	@TempDir
	private static Path folder;
	private static Path reference;
	private static Outcome referenceRun;

	@BeforeAll
	static void runReference() throws Exception {
		SmallExperiment.write(folder);
		referenceRun = headstart("run", "trial.experiment.yaml");
		assertEquals(0, referenceRun.code(), referenceRun::toString);
		reference = folder.resolve("results/trial");
	}

	private static Outcome headstart(String... arguments) throws Exception {
		return HeadstartProcess.run(folder, arguments);
	}

	private static List<Path> finishedSteps(Path results) throws IOException {
		try (Stream<Path> steps = Files.list(results.resolve("steps"))) {
			return steps.filter(step -> !step.toString().endsWith(".partial")).sorted().toList();
		}
	}

	@Test
	void aRunLeavesResultsAndAReport() throws Exception {
		assertEquals(6, finishedSteps(reference).size());
		for (String file : List.of("report/report.html", "report/transfer-metrics.csv", "report/evaluations.csv", "run.json")) {
			assertTrue(Files.size(reference.resolve(file)) > 0, file);
		}
		try (Stream<Path> charts = Files.list(reference.resolve("report/charts"))) {
			assertTrue(charts.anyMatch(chart -> chart.toString().endsWith(".svg")));
		}
		for (String text : List.of("jumpstart", "scratch", "fine-tune", reference.resolve("report/report.html").toString())) {
			assertTrue(referenceRun.out().contains(text), referenceRun::toString);
		}
		assertFalse((referenceRun.out() + referenceRun.err()).contains("\033"), "no escape sequences where no terminal is");
	}

	@Test
	void runningAgainDoesNothing() throws Exception {
		Map<String, String> before = SmallExperiment.results(reference);
		Path step = finishedSteps(reference).get(0).resolve("step.json");
		var time = Files.getLastModifiedTime(step);
		Outcome again = headstart("run", "trial.experiment.yaml");
		assertEquals(0, again.code(), again::toString);
		assertEquals(before, SmallExperiment.results(reference));
		assertEquals(time, Files.getLastModifiedTime(step));
		Outcome plan = headstart("plan", "trial.experiment.yaml");
		assertTrue(plan.out().contains("6 steps, 6 done"), plan::toString);
	}

	@Tag("nightly")
	@Test
	void moreSeedsKeepWhatIsThere() throws Exception {
		Path out = folder.resolve("more-seeds");
		Outcome one = headstart("run", "trial.experiment.yaml", "--seeds", "1", "--out", out.toString());
		assertEquals(0, one.code(), one::toString);
		assertEquals(3, finishedSteps(out).size());
		Outcome two = headstart("run", "trial.experiment.yaml", "--out", out.toString());
		assertEquals(0, two.code(), two::toString);
		SmallExperiment.assertSameResults(reference, out);
	}

	@Test
	void ctrlCStopsKeepsAndSaysHowToGoOn() throws Exception {
		interrupt("INT", 130, folder.resolve("interrupted"));
	}

	@Tag("nightly")
	@Test
	void sigtermStopsKeepsAndSaysHowToGoOn() throws Exception {
		interrupt("TERM", 143, folder.resolve("terminated"));
	}

	private static void interrupt(String signal, int code, Path out) throws Exception {
		Outcome stopped;
		try (HeadstartProcess run = HeadstartProcess.start(folder, Map.of(), "run", "trial.experiment.yaml", "--out",
				out.toString())) {
			SmallExperiment.awaitProgress(out);
			run.signal(signal);
			stopped = run.await();
		}
		assertEquals(code, stopped.code(), stopped::toString);
		assertTrue(stopped.err().contains("headstart run trial.experiment.yaml --out " + out), stopped::toString);
		assertTrue(Files.readString(out.resolve("run.json")).contains("cancelled"));
		Outcome again = headstart("run", "trial.experiment.yaml", "--out", out.toString());
		assertEquals(0, again.code(), again::toString);
		SmallExperiment.assertSameResults(reference, out);
	}

	@Test
	void aSignalWhileTheReportIsWrittenIsNoDefect() throws Exception {
		Path out = SmallExperiment.copy(reference, folder.resolve("report-stopped"));
		for (String signal : List.of("TERM", "INT")) {
			Path charts = out.resolve("report/charts");
			try (Stream<Path> old = Files.list(charts)) {
				for (Path chart : old.toList()) {
					Files.delete(chart);
				}
			}
			Outcome stopped;
			try (HeadstartProcess report = HeadstartProcess.start(folder, Map.of(), "report", out.toString())) {
				while (report.handle().isAlive() && charts.toFile().list().length == 0) {
					Thread.sleep(1);
				}
				report.signal(signal);
				stopped = report.await();
			}
			assertEquals(signal.equals("TERM") ? 143 : 130, stopped.code(), stopped::toString);
			assertTrue(stopped.err().contains("stopped by a signal before the report was complete. Write it with: headstart report "
					+ out), stopped::toString);
			assertFalse(stopped.err().contains("defect"), stopped::toString);
		}
	}

	@Test
	void aReportNeedsNoFolderForTemporaryFiles() throws Exception {
		Outcome report = HeadstartProcess.run(folder, Map.of("HEADSTART_JAVA_OPTS", "-Djava.io.tmpdir=" + folder.resolve("nowhere")),
				"report", reference.toString());
		assertEquals(0, report.code(), report::toString);
		assertFalse(report.err().contains("missing"), report::toString);
	}

	@Test
	void exitCodesTellReadingFromWriting() throws Exception {
		Path out = SmallExperiment.copy(reference, folder.resolve("unread"));
		Path gif = folder.resolve("no-such-folder/agent.gif");
		String step = finishedSteps(out).get(0).getFileName().toString();
		Outcome unwritten = headstart("play", step, "--in", out.toString(), "--gif", gif.toString());
		assertEquals(8, unwritten.code(), unwritten::toString);
		assertTrue(unwritten.err().contains(gif.toString()), unwritten::toString);
		Files.delete(out.resolve("plan.json"));
		Files.createSymbolicLink(out.resolve("plan.json"), Path.of("/dev/zero"));
		for (String command : List.of("report", "compare")) {
			Outcome unread = command.equals("report") ? headstart(command, out.toString())
					: headstart(command, out.toString(), reference.toString());
			assertEquals(4, unread.code(), unread::toString);
			assertTrue(unread.err().contains("plan.json cannot be read: it is a symbolic link"), unread::toString);
		}
		assertEquals(0, headstart("run", "trial.experiment.yaml", "--out", out.toString()).code());
	}

	@Tag("nightly")
	@Test
	void howManyWorkersThereAreDoesNotMatter() throws Exception {
		for (String jobs : List.of("0", "1", "2")) {
			Path out = folder.resolve("jobs-" + jobs);
			Outcome run = headstart("run", "trial.experiment.yaml", "--jobs", jobs, "--out", out.toString());
			assertEquals(0, run.code(), run::toString);
			SmallExperiment.assertSameResults(reference, out);
		}
	}

	@Test
	void aKilledWorkerCostsNothing() throws Exception {
		Path out = folder.resolve("killed-worker");
		try (HeadstartProcess run = HeadstartProcess.start(folder, Map.of(), "run", "trial.experiment.yaml", "--out",
				out.toString())) {
			SmallExperiment.awaitProgress(out);
			HeadstartProcess.signal(run.workers().get(0), "KILL");
			Outcome finished = run.await();
			assertEquals(0, finished.code(), finished::toString);
			assertTrue(finished.err().contains("tried once more"), finished::toString);
		}
		SmallExperiment.assertSameResults(reference, out);
	}

	@Test
	void aKilledRunGoesOn() throws Exception {
		Path out = folder.resolve("killed-run");
		List<ProcessHandle> workers;
		try (HeadstartProcess run = HeadstartProcess.start(folder, Map.of(), "run", "trial.experiment.yaml", "--out",
				out.toString())) {
			SmallExperiment.awaitProgress(out);
			workers = run.workers();
			run.signal("KILL");
			assertEquals(137, run.await().code());
			for (ProcessHandle worker : workers) {
				worker.onExit().get(10, TimeUnit.MINUTES);
			}
		}
		Outcome again = headstart("run", "trial.experiment.yaml", "--out", out.toString());
		assertEquals(0, again.code(), again::toString);
		SmallExperiment.assertSameResults(reference, out);
	}

	@Test
	void aFolderInUseOrOfAnotherExperimentIsCodeFive() throws Exception {
		Path out = folder.resolve("in-use");
		try (HeadstartProcess run = HeadstartProcess.start(folder, Map.of(), "run", "trial.experiment.yaml", "--set",
				"target.0.steps=3e7", "--out", out.toString())) {
			SmallExperiment.awaitProgress(out);
			Outcome second = headstart("run", "trial.experiment.yaml", "--out", out.toString());
			assertEquals(5, second.code(), second::toString);
			assertTrue(second.err().contains(out.toString()), second::toString);
			run.signal("INT");
			run.await();
		}
		Outcome other = headstart("run", "trial.experiment.yaml", "--set", "name=other", "--out", out.toString());
		assertEquals(5, other.code(), other::toString);
		assertTrue(other.err().contains("'trial'"), other::toString);
		Path foreign = Files.createDirectory(folder.resolve("foreign"));
		Files.writeString(foreign.resolve("thesis.txt"), "precious");
		Outcome refused = headstart("run", "trial.experiment.yaml", "--fresh", "--out", foreign.toString());
		assertEquals(5, refused.code(), refused::toString);
		assertEquals("precious", Files.readString(foreign.resolve("thesis.txt")));
	}

	@Test
	void reproduceComparesBytes() throws Exception {
		Path step = finishedSteps(reference).get(0);
		Outcome same = headstart("reproduce", step.getFileName().toString().substring(0, 10), "--in", reference.toString());
		assertEquals(0, same.code(), same::toString);
		assertTrue(same.out().contains("gives the same bytes"), same::toString);

		Path out = SmallExperiment.copy(reference, folder.resolve("tampered"));
		Path tampered = finishedSteps(out).get(0);
		Path metrics = tampered.resolve("metrics.csv");
		Files.writeString(metrics, Files.readString(metrics, StandardCharsets.UTF_8).replaceFirst("\\d\\n", "0\n") + "\n");
		Outcome differs = headstart("reproduce", tampered.toString());
		assertEquals(6, differs.code(), differs::toString);
		assertTrue(differs.out().contains("metrics.csv"), differs::toString);
	}

	@Test
	void playFilmsAnAgent() throws Exception {
		Path gif = folder.resolve("agent.gif");
		Outcome played = headstart("play", "adapt fine-tune to point-goal/test, seed 1", "--in", reference.toString(), "--gif",
				gif.toString(), "--size", "120");
		assertEquals(0, played.code(), played::toString);
		ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
		try (ImageInputStream in = ImageIO.createImageInputStream(gif.toFile())) {
			reader.setInput(in);
			assertTrue(reader.getNumImages(true) > 1);
			assertEquals(120, reader.getWidth(0));
		}
		assertEquals(2, headstart("play", "x", "--gif", "x.gif", "--rate", "1000").code());
	}

	@Test
	void reportAndCompareReadWhatIsThere() throws Exception {
		Files.delete(reference.resolve("report/report.html"));
		Outcome report = headstart("report", reference.toString());
		assertEquals(0, report.code(), report::toString);
		assertTrue(Files.exists(reference.resolve("report/report.html")));
		Outcome compare = headstart("compare", reference.toString(), reference.toString(), "--html", "compare.html");
		assertEquals(0, compare.code(), compare::toString);
		assertTrue(compare.out().contains("fine-tune"), compare::toString);
		assertTrue(Files.size(folder.resolve("compare.html")) > 0);
		Outcome json = headstart("compare", reference.toString(), reference.toString(), "--json");
		assertEquals(0, json.code(), json::toString);
		assertTrue(json.out().startsWith("{\n  \"first\": ") && json.out().endsWith("}\n"), json::toString);
		assertTrue(json.out().contains("\"figure\": \"asymptote\""), json::toString);
		assertEquals(4, headstart("report", "nowhere", "--json").code());
	}

	/** Where no arm reaches the threshold, terminal, page, CSV and JSON say that alike. */
	@Test
	void everyPlaceSaysThatNeitherReachesTheThreshold() throws Exception {
		SmallExperiment.copy(reference, folder.resolve("unreached"));
		Outcome run = headstart("run", "trial.experiment.yaml", "--set", "threshold=1e9", "--out", "unreached");
		assertEquals(0, run.code(), run::toString);
		String why = "neither the arm nor scratch reaches the threshold of 1,000,000,000 within the budget";
		assertTrue(run.out().contains("neither reaches it") && run.out().contains(why), run::toString);
		assertTrue(Files.readString(folder.resolve("unreached/report/report.html")).contains(why));
		assertTrue(Files.readString(folder.resolve("unreached/report/transfer-metrics.csv"))
				.contains("steps-saved-to-threshold,,env steps,,,,,,,"));
		assertTrue(Files.readString(folder.resolve("unreached/report/transfer-metrics.csv")).contains(why));
		Outcome json = headstart("report", "unreached", "--json");
		assertEquals(0, json.code(), json::toString);
		assertTrue(json.out().startsWith("{\n  \"experiment\": ") && json.out().endsWith("}\n"), json::toString);
		assertTrue(json.out().contains("\"text\": \"neither reaches it\"") && json.out().contains("\"note\": \"" + why + "\""),
				json::toString);
	}
}
