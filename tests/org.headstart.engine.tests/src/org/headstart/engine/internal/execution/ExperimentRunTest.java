package org.headstart.engine.internal.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import org.headstart.analysis.internal.Results;
import org.headstart.engine.internal.plan.Plan;
import org.headstart.engine.internal.plan.Step;
import org.headstart.engine.internal.results.CannotWriteException;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.engine.internal.results.ResultsException;
import org.headstart.engine.internal.results.RunStatus;
import org.headstart.engine.internal.results.RunStatus.RunState;
import org.headstart.engine.internal.results.RunStatus.StepState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs with real worker processes, killed in the ways in which processes are killed. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class ExperimentRunTest {

	/** One vector step takes so many nanoseconds where a test needs time to interrupt. */
	private static final String SLOW = WalkDynamics.SLOWNESS + "=1000000";

	@TempDir
	Path temp;

	private final String text = WalkExperiment.text(2, 1000, WalkExperiment.ARMS);

	private static RunOutcome run(RunRequest request) throws IOException {
		return ExperimentRun.run(request, WalkSupervisor.SILENT, new LinearNetwork.Factory());
	}

	private ResultStore uninterrupted(String experiment) throws IOException {
		Path folder = temp.resolve("uninterrupted");
		assertEquals(RunState.FINISHED, run(WalkSupervisor.request(experiment, folder, 0, new CancelToken())).state());
		return new ResultStore(folder);
	}

	private static void assertSame(ResultStore expected, ResultStore actual, String experiment) throws IOException {
		for (Step step : WalkExperiment.plan(experiment).steps()) {
			assertEquals(StepFolders.contents(expected, step.key()), StepFolders.contents(actual, step.key()), step.label());
		}
	}

	private static void await(String what, BooleanSupplier condition) throws InterruptedException {
		long end = System.nanoTime() + Duration.ofMinutes(10).toNanos();
		while (!condition.getAsBoolean()) {
			assertTrue(System.nanoTime() < end, "waited too long until " + what);
			Thread.sleep(10);
		}
	}

	@Test
	void workersGiveTheBytesOfOneProcess() throws IOException {
		Path folder = temp.resolve("workers");
		RunOutcome outcome = run(WalkSupervisor.request(text, folder, 2, new CancelToken()));
		assertEquals(RunState.FINISHED, outcome.state(), outcome.status().toString());
		assertSame(uninterrupted(text), new ResultStore(folder), text);
		Results results = Results.read(folder);
		assertEquals(4, results.finished().size());
		assertEquals(6, results.provenance().size());
		assertEquals(List.of(), results.problems());
		assertEquals(1000, results.finished().get(1).sourceSteps());
	}

	@Test
	void aSecondRunDoesNothing() throws IOException {
		Path folder = temp.resolve("again");
		run(WalkSupervisor.request(text, folder, 0, new CancelToken()));
		List<Instant> before = modified(folder);
		RunOutcome outcome = run(WalkSupervisor.request(text, folder, 0, new CancelToken()));
		assertEquals(RunState.FINISHED, outcome.state());
		assertEquals(before, modified(folder));
	}

	@Test
	void aDamagedResultIsMadeAnew() throws IOException {
		Path folder = temp.resolve("damaged");
		run(WalkSupervisor.request(text, folder, 0, new CancelToken()));
		ResultStore store = new ResultStore(folder);
		List<Step> steps = WalkExperiment.plan(text).steps();
		Path metrics = store.step(steps.get(0).key()).resolve(ResultStore.METRICS);
		Files.writeString(metrics, Files.readString(metrics).lines().limit(2).collect(Collectors.joining("\n", "", "\n")));
		// as a copy that was broken off leaves it
		Files.delete(store.step(steps.get(1).key()).resolve(ResultStore.PROVENANCE));
		RunOutcome outcome = run(WalkSupervisor.request(text, folder, 0, new CancelToken()));
		assertEquals(RunState.FINISHED, outcome.state());
		assertEquals(2, outcome.status().notes().size(), outcome.status().notes().toString());
		assertTrue(outcome.status().notes().get(0).contains("is made anew"), outcome.status().notes().toString());
		assertSame(uninterrupted(text), store, text);
	}

	private List<Instant> modified(Path folder) throws IOException {
		List<Instant> times = new ArrayList<>();
		for (Step step : WalkExperiment.plan(text).steps()) {
			times.add(Files.getLastModifiedTime(new ResultStore(folder).step(step.key()).resolve("step.json")).toInstant());
		}
		return times;
	}

	@ParameterizedTest
	@ValueSource(booleans = {false, true})
	void killedWorkerCostsOnlyItsStepAndTheBytesAreTheSame(boolean trials) throws Exception {
		String experiment = trials ? WalkExperiment.trials(1, 1000) : text;
		Path folder = temp.resolve("killed");
		ResultStore store = new ResultStore(folder);
		AtomicReference<RunOutcome> outcome = new AtomicReference<>();
		Thread run = new Thread(() -> {
			try {
				outcome.set(run(WalkSupervisor.request(experiment, folder, 2, new CancelToken(), SLOW)));
			} catch (IOException e) {
				throw new IllegalStateException(e);
			}
		});
		run.start();
		await("a step is under way", () -> rows(store, experiment) > 2);
		ProcessHandle worker = ProcessHandle.current().children().filter(ProcessHandle::isAlive)
				.filter(child -> child.info().commandLine().orElse("").contains(WalkWorker.class.getName())).findFirst()
				.orElseThrow();
		worker.destroyForcibly();
		run.join();
		assertEquals(RunState.FINISHED, outcome.get().state());
		assertEquals(1, outcome.get().status().notes().size(), outcome.get().status().notes().toString());
		assertTrue(outcome.get().status().notes().get(0).contains("is tried once more"));
		assertSame(uninterrupted(experiment), store, experiment);
	}

	private static int rows(ResultStore store, String experiment) {
		try {
			int rows = 0;
			for (Step step : WalkExperiment.plan(experiment).steps()) {
				rows += store.metrics(step.key()).map(table -> table.rows().size()).orElse(0);
			}
			return rows;
		} catch (IOException e) {
			throw new IllegalStateException(e);
		}
	}

	@Test
	void killedSupervisorTakesItsWorkersAlongAndTheNextRunGoesOn() throws Exception {
		Path folder = temp.resolve("supervised");
		ResultStore store = new ResultStore(folder);
		Path file = Files.writeString(temp.resolve("walks.experiment.yaml"), text);
		List<String> command = JavaProcess.command(WalkSupervisor.class, file.toString(), folder.toString(), "2");
		command.add(1, "-D" + SLOW);
		Process supervisor = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(temp.resolve("supervisor.log").toFile()).start();
		try {
			await("steps are under way", () -> rows(store, text) > 3);
			List<ProcessHandle> workers = supervisor.descendants().toList();
			assertEquals(2, workers.size());
			assertTrue(store.status().orElseThrow().alive(Instant.now()));
			ResultsException busy = assertThrows(ResultsException.class,
					() -> run(WalkSupervisor.request(text, folder, 0, new CancelToken())));
			assertTrue(busy.getMessage().contains("process " + supervisor.pid()), busy.getMessage());
			supervisor.destroyForcibly().waitFor();
			for (ProcessHandle worker : workers) {
				await("worker " + worker.pid() + " ends", () -> !worker.isAlive());
			}
		} finally {
			supervisor.descendants().forEach(ProcessHandle::destroyForcibly);
			supervisor.destroyForcibly();
		}
		assertFalse(store.status().orElseThrow().alive(Instant.now()), "its process is gone");
		RunOutcome outcome = run(WalkSupervisor.request(text, folder, 2, new CancelToken()));
		assertEquals(RunState.FINISHED, outcome.state(), outcome.status().toString());
		assertSame(uninterrupted(text), store, text);
		assertTrue(resumedSteps(store) > 0, "the workers left checkpoints");
	}

	private long resumedSteps(ResultStore store) throws IOException {
		long resumed = 0;
		for (Step step : WalkExperiment.plan(text).steps()) {
			resumed += store.timing(step.key()).attempts().stream().filter(attempt -> attempt.note().equals("resumed")).count();
		}
		return resumed;
	}

	@Test
	void cancelReturnsBeforeTheStepsEndAndKeepsTheState() throws Exception {
		Path folder = temp.resolve("cancelled");
		ResultStore store = new ResultStore(folder);
		CancelToken cancel = new CancelToken();
		AtomicReference<RunOutcome> outcome = new AtomicReference<>();
		Thread run = new Thread(() -> {
			try {
				outcome.set(run(WalkSupervisor.request(text, folder, 2, cancel, SLOW)));
			} catch (IOException e) {
				throw new IllegalStateException(e);
			}
		});
		run.start();
		await("steps are under way", () -> rows(store, text) > 3);
		cancel.cancel();
		run.join();
		assertEquals(RunState.CANCELLED, outcome.get().state());
		assertEquals(RunState.CANCELLED, store.status().orElseThrow().state());
		assertEquals(RunState.FINISHED, run(WalkSupervisor.request(text, folder, 2, new CancelToken())).state());
		assertSame(uninterrupted(text), store, text);
		assertTrue(resumedSteps(store) > 0);
	}

	@Test
	void lostStepIsTriedOnceMore() throws IOException {
		String experiment = WalkExperiment.text(1, 400, "  - {id: suicidal}");
		Path folder = temp.resolve("lost");
		RunOutcome outcome = run(WalkSupervisor.request(experiment, folder, 1, new CancelToken(),
				WalkExperiment.Suicidal.MARKER + "=" + temp.resolve("marker")));
		assertEquals(RunState.FINISHED, outcome.state(), outcome.status().toString());
		assertEquals(1, outcome.status().notes().size());
	}

	@Test
	void stepLostTwiceFailsAndTheOthersGoOn() throws IOException {
		String experiment = WalkExperiment.text(1, 400, "  - {id: suicidal}\n  - {id: failing}\n  - {id: scratch}");
		RunOutcome outcome = run(WalkSupervisor.request(experiment, temp.resolve("lost"), 1, new CancelToken()));
		assertEquals(RunState.FAILED, outcome.state());
		assertEquals(1, outcome.steps(StepState.FINISHED).size());
		assertEquals(2, outcome.steps(StepState.FAILED).size());
		assertTrue(outcome.steps(StepState.FAILED).stream().anyMatch(step -> step.message().contains("exit code 137")));
		assertTrue(outcome.steps(StepState.FAILED).stream()
				.anyMatch(step -> step.message().contains("this strategy always fails")));
		assertEquals(1, outcome.steps(StepState.NOT_RUN).size());
		assertTrue(outcome.steps(StepState.NOT_RUN).get(0).message().startsWith("not run because 'acquire for failing"),
				outcome.steps(StepState.NOT_RUN).get(0).message());
	}

	@ParameterizedTest
	@ValueSource(ints = {0, 1})
	void failuresOfTheJavaMachineFailTheirStepAloneAndSayWhatHelps(int jobs) throws IOException {
		assumeTrue(jobs > 0 || Runtime.getRuntime().maxMemory() < 4L << 30, "this process has more memory than a test may fill");
		String experiment = WalkExperiment.text(1, 200, """
				  - {id: hungry-memory}
				  - {id: hungry-array}
				  - {id: hungry-stack}
				  - {id: hungry-error}
				  - {id: hungry-thread}
				  - {id: scratch}
				""").replace("backbone:", "executor: {id: local, memory: 128}\nbackbone:");
		RunOutcome outcome = run(WalkSupervisor.request(experiment, temp.resolve("hungry-" + jobs), jobs, new CancelToken()));
		assertEquals(1, outcome.steps(StepState.FINISHED).size(), outcome.status().toString());
		List<String> messages = outcome.steps(StepState.FAILED).stream().map(step -> step.message()).toList();
		assertEquals(5, messages.size(), messages.toString());
		for (int memory : new int[] {0, 4}) {
			assertTrue(messages.get(memory).contains("memory ran out (Java heap space)")
					&& messages.get(memory).contains("Hungry.eat")
					&& messages.get(memory).contains(jobs == 0 ? "HEADSTART_JAVA_OPTS" : "executor.memory"), messages.get(memory));
		}
		assertTrue(jobs == 0 || messages.get(0).matches("(?s).*limited to 1[0-9]{2} MiB.*"), messages.get(0));
		assertTrue(messages.get(1).contains("an array longer than Java's") && !messages.get(1).contains("executor.memory"),
				messages.get(1));
		assertTrue(messages.get(2).contains("the stack overflowed at ") && messages.get(2).contains("Hungry.call")
				&& !messages.get(2).contains("memory"), messages.get(2));
		assertTrue(messages.get(3).contains("an error of its own"), messages.get(3));
		assertTrue(outcome.status().notes().stream().noneMatch(note -> note.contains("was lost")), outcome.status().notes().toString());
	}

	@Test
	void aFolderThatIsDeletedInMidRunStaysDeleted() throws Exception {
		Path folder = temp.resolve("deleted");
		ResultStore store = new ResultStore(folder);
		AtomicReference<IOException> failure = new AtomicReference<>();
		Thread run = new Thread(() -> {
			try {
				run(WalkSupervisor.request(text, folder, 2, new CancelToken(), SLOW));
			} catch (IOException e) {
				failure.set(e);
			}
		});
		run.start();
		await("steps are under way", () -> rows(store, text) > 3);
		List<ProcessHandle> workers = ProcessHandle.current().children()
				.filter(child -> child.info().commandLine().orElse("").contains(folder.toString())).toList();
		Files.move(folder, temp.resolve("elsewhere"));
		run.join();
		assertTrue(failure.get() instanceof CannotWriteException && failure.get().getMessage().contains(folder.toString()),
				String.valueOf(failure.get()));
		for (ProcessHandle worker : workers) {
			await("worker " + worker.pid() + " ends", () -> !worker.isAlive());
		}
		assertFalse(Files.exists(folder), "not half brought back");
	}

	/** On a file system of its own, which only root can make. */
	@Test
	void aFullDiskIsToldWithTheFile() throws Exception {
		Path disk = Files.createDirectory(temp.resolve("disk"));
		assumeTrue(new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk.toString()).redirectErrorStream(true)
				.redirectOutput(temp.resolve("mount.log").toFile()).start().waitFor() == 0, "no file system can be mounted here");
		try {
			ResultStore store = new ResultStore(disk.resolve("results"));
			run(WalkSupervisor.request(WalkExperiment.text(1, 50, "  - {id: scratch}"), store.folder(), 0, new CancelToken()));
			try (var filler = Files.newOutputStream(disk.resolve("filler"))) {
				byte[] page = new byte[4096];
				while (true) {
					filler.write(page);
				}
			} catch (IOException e) {
				assertTrue(e.getMessage().contains("No space left"), e.toString());
			}
			IOException failure = assertThrows(IOException.class, () -> run(WalkSupervisor.request(
					WalkExperiment.text(2, 50, "  - {id: scratch}"), store.folder(), 0, new CancelToken())));
			assertTrue(failure instanceof CannotWriteException && failure.getMessage().startsWith(store.folder().toString())
					&& failure.getMessage().contains("cannot be written: No space left on device"), failure.toString());
			// there is no room for another file, and the last word takes the place of the one before
			RunStatus said = store.status().orElseThrow();
			RunStatus last = new RunStatus(said.format(), said.experiment(), RunState.FAILED, said.supervisor(),
					new RunStatus.Progress(0, 1, 0, 50, null, null, null), said.steps(), List.of(failure.getMessage()));
			store.writeLast(last);
			assertEquals(RunState.FAILED, store.status().orElseThrow().state());
			assertEquals(List.of(failure.getMessage()), store.status().orElseThrow().notes());
		} finally {
			assertEquals(0, new ProcessBuilder("umount", disk.toString()).inheritIO().start().waitFor());
		}
	}

	@Test
	void workerWithOtherCodeRefusesTheStep() throws IOException {
		Path folder = temp.resolve("other");
		RunRequest request = WalkSupervisor.request(text, folder, 1, new CancelToken());
		// the frozen text is another experiment's: what the worker plans has other keys, as with other code
		RunRequest other = new RunRequest(request.plan(), request.experimentText().replace("1000", "1001"), folder,
				request.catalog(), 1, request.workerCommand(), false, new CancelToken());
		RunOutcome outcome = run(other);
		assertEquals(RunState.FAILED, outcome.state());
		assertTrue(outcome.steps(StepState.FAILED).get(0).message().contains("the worker's plan has no such step"),
				outcome.status().toString());
	}

	@Test
	void workerThatCannotPlanSaysWhy() throws IOException {
		Path folder = temp.resolve("broken");
		RunRequest request = WalkSupervisor.request(text, folder, 1, new CancelToken());
		RunOutcome outcome = run(new RunRequest(request.plan(), "headstart: 1\nname: walks\nlearner: {id: nobody}\n", folder,
				request.catalog(), 1, request.workerCommand(), false, new CancelToken()));
		assertEquals(RunState.FAILED, outcome.state());
		assertTrue(outcome.steps(StepState.FAILED).get(0).message().contains("nobody"), outcome.status().toString());
	}

	@Test
	void refusesTheFolderOfAnotherExperimentUnlessFresh() throws IOException {
		Path folder = temp.resolve("taken");
		String small = WalkExperiment.text(1, 100, "  - {id: scratch}");
		run(WalkSupervisor.request(small, folder, 0, new CancelToken()));
		Plan before = WalkExperiment.plan(small);
		RunRequest other = WalkSupervisor.request(small.replace("name: walks", "name: strolls"), folder, 0, new CancelToken());
		ResultsException refused = assertThrows(ResultsException.class, () -> run(other));
		assertTrue(refused.getMessage().contains("'walks'") && refused.getMessage().contains("'strolls'"),
				refused.getMessage());
		RunRequest fresh = new RunRequest(other.plan(), other.experimentText(), folder, other.catalog(), 0, List.of(), true,
				new CancelToken());
		assertEquals(RunState.FINISHED, run(fresh).state());
		assertTrue(new ResultStore(folder).finished(before.steps().get(0).key()), "the same step, run again");
		assertEquals("strolls", new ResultStore(folder).plan().orElseThrow().experiment());
	}

	@Test
	void refusesAForeignFolder() throws IOException {
		Path folder = Files.createDirectories(temp.resolve("foreign"));
		Files.writeString(folder.resolve("thesis.tex"), "precious");
		ResultsException refused = assertThrows(ResultsException.class,
				() -> run(WalkSupervisor.request(text, folder, 0, new CancelToken())));
		assertTrue(refused.getMessage().contains("thesis.tex"), refused.getMessage());
		assertThrows(ResultsException.class, () -> Results.read(folder));
	}

	@Test
	void heartbeatTellsProgress() throws IOException {
		List<RunStatus> beats = new ArrayList<>();
		RunOutcome outcome = ExperimentRun.run(
				WalkSupervisor.request(WalkExperiment.text(1, 1000, "  - {id: scratch}"), temp.resolve("beats"), 1,
						new CancelToken(), WalkDynamics.SLOWNESS + "=3000000"),
				new RunListener() {
					@Override
					public void progress(RunStatus status) {
						beats.add(status);
					}

					@Override
					public void note(String message) {
						throw new AssertionError(message);
					}
				}, new LinearNetwork.Factory());
		assertEquals(RunState.FINISHED, outcome.state());
		assertTrue(beats.size() >= 3, "beats: " + beats.size());
		assertTrue(
				beats.stream().anyMatch(beat -> beat.progress().environmentStepsDone() > 0 && beat.progress().environmentStepsDone() < 1000
						&& beat.progress().stepsPerSecond() != null && beat.progress().secondsLeft() > 0),
				beats.toString());
		RunStatus last = beats.get(beats.size() - 1);
		ResultStore store = new ResultStore(temp.resolve("beats"));
		// the granted episodes leave a rest of the 1000 steps that the lanes do not divide
		assertEquals(997, last.progress().environmentStepsDone());
		assertEquals(997, last.progress().environmentStepsAll());
		assertEquals(997, store.provenance(last.steps().get(0).key()).environmentSteps());
	}
}
