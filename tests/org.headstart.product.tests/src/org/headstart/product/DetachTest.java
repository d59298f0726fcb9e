package org.headstart.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.headstart.product.HeadstartProcess.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of the product whose steps outlive it: killed, terminated, followed, cancelled. */
class DetachTest {

	private static final Pattern PROCESS = Pattern.compile("process (\\d+) on");

	@TempDir
	private Path folder;
	private Map<String, String> plugins;
	private Path results;

	@BeforeEach
	void prepare() throws Exception {
		plugins = Map.of("HEADSTART_PLUGINS", PluginTest.examplesJar().toString());
		results = folder.resolve("out");
	}

	/** Whatever a test that fails leaves at work; the folder can be deleted when it has ended. */
	@AfterEach
	void end() throws IOException {
		for (ProcessHandle left : processes()) {
			left.destroyForcibly();
			left.onExit().orTimeout(10, TimeUnit.MINUTES).join();
		}
	}

	/** Steps of a few seconds where they are to end. */
	private static String[] command(Path out, String executor, String steps) {
		return new String[] {"run", "corridor", "--seeds", "1", "--set", "executor.id=" + executor, "--set", "source.0.steps=" + steps,
				"--set", "target.0.steps=" + steps, "--jobs", "2", "--out", out.toString()};
	}

	private HeadstartProcess start(String steps) throws IOException {
		return HeadstartProcess.start(folder, plugins, command(results, "background", steps));
	}

	private Outcome run(String... arguments) throws Exception {
		return HeadstartProcess.run(folder, plugins, arguments);
	}

	private static void await(String what, Callable<Boolean> condition) throws Exception {
		long end = System.nanoTime() + Duration.ofMinutes(10).toNanos();
		while (!condition.call()) {
			assertTrue(System.nanoTime() < end, "waited too long until " + what);
			Thread.sleep(20);
		}
	}

	private List<Path> entries(String ending) throws IOException {
		if (!Files.isDirectory(results.resolve("steps"))) {
			return List.of();
		}
		try (Stream<Path> entries = Files.list(results.resolve("steps"))) {
			return entries.filter(entry -> entry.toString().endsWith(ending)).toList();
		}
	}

	/** Of the steps that the folder says are submitted. */
	private List<ProcessHandle> processes() throws IOException {
		return entries(".submitted").stream().map(file -> {
			try {
				Matcher process = PROCESS.matcher(Files.readString(file));
				assertTrue(process.find());
				return ProcessHandle.of(Long.parseLong(process.group(1)));
			} catch (IOException e) {
				throw new IllegalStateException(e);
			}
		}).flatMap(Optional::stream).toList();
	}

	/** What decides that results are the same, by step. */
	private static SortedMap<String, String> sums(Path results) throws IOException {
		SortedMap<String, String> sums = new TreeMap<>();
		try (Stream<Path> files = Files.walk(results.resolve("steps"))) {
			for (Path file : files.filter(path -> path.endsWith("SHA256SUMS")).toList()) {
				sums.put(file.getParent().getFileName().toString(), Files.readString(file));
			}
		}
		return sums;
	}

	@Test
	void stepsOutliveAKilledRunAndTheSameCommandFollowsThem() throws Exception {
		try (HeadstartProcess run = start("2e6")) {
			await("steps are under way", () -> entries(".lock").size() == 2 && entries(".submitted").size() == 2);
			HeadstartProcess.signal(run.handle(), "KILL");
			run.await();
		}
		List<ProcessHandle> atWork = processes();
		assertEquals(2, atWork.size());
		Outcome again = run(command(results, "background", "2e6"));
		assertEquals(0, again.code(), again::toString);
		assertEquals(List.of(), entries(".submitted"));
		Path reference = folder.resolve("reference");
		Outcome undisturbed = run(command(reference, "sequential", "2e6"));
		assertEquals(0, undisturbed.code(), undisturbed::toString);
		assertEquals(sums(reference), sums(results));
		for (String step : sums(results).keySet()) {
			String timing = Files.readString(results.resolve("steps").resolve(step).resolve("timing.json"));
			assertEquals(1, timing.split("\"process\"").length - 1, "it ended with its run, and ran twice: " + timing);
		}
	}

	@Test
	void aTerminatedRunLeavesItsStepsAndCancelStopsThem() throws Exception {
		try (HeadstartProcess run = start("2e8")) {
			await("steps are under way", () -> entries(".partial").size() == 2 && entries(".submitted").size() == 2);
			run.signal("TERM");
			Outcome outcome = run.await();
			assertEquals(143, outcome.code(), outcome::toString);
			assertTrue(outcome.err().contains("2 continue without this run") && outcome.err().contains("headstart cancel " + results),
					outcome::toString);
		}
		List<ProcessHandle> atWork = processes();
		assertEquals(2, atWork.stream().filter(ProcessHandle::isAlive).count());
		Outcome plan = run("plan", results.resolve("experiment.yaml").toString(), "--out", results.toString());
		assertEquals(2, plan.out().lines().filter(line -> line.contains("submitted")).count(), plan::toString);
		Outcome other = run(command(results, "local", "2e8"));
		assertEquals(5, other.code(), other::toString);
		assertTrue(other.err().contains("executor 'background' still has steps"), other::toString);
		Outcome cancelled = run("cancel", results.toString());
		assertEquals(0, cancelled.code(), cancelled::toString);
		assertTrue(cancelled.out().contains("2 steps have stopped"), cancelled::toString);
		assertEquals(List.of(), entries(".lock"));
		await("the cancelled steps end", () -> atWork.stream().noneMatch(ProcessHandle::isAlive));
		assertEquals(2, entries(".partial").size());
		assertEquals(List.of(), entries(".submitted"));
		Outcome detached =
				run(Stream.concat(Stream.of(command(results, "background", "2e8")), Stream.of("--detach")).toArray(String[]::new));
		assertEquals(10, detached.code(), detached::toString);
		List<ProcessHandle> detachedSteps = processes();
		assertFalse(detachedSteps.isEmpty());
		Outcome usage = run("run", "corridor", "--out", folder.resolve("none").toString(), "--detach");
		assertEquals(2, usage.code(), usage::toString);
		assertTrue(usage.err().contains("those of 'local' end with it"), usage::toString);
		assertEquals(0, run("cancel", results.toString()).code());
		await("the detached steps end", () -> detachedSteps.stream().noneMatch(ProcessHandle::isAlive));
	}
}
