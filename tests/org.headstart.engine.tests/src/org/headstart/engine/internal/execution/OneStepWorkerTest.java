package org.headstart.engine.internal.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import org.headstart.api.execution.WorkerProtocol;
import org.headstart.api.execution.WorkerProtocol.Answer;
import org.headstart.engine.internal.plan.Step;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.engine.internal.results.RunStatus.RunState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers that run one step each, as a cluster's jobs do. */
class OneStepWorkerTest {

	@TempDir
	private Path temp;
	private final String text = WalkExperiment.text(1, 1000, WalkExperiment.ARMS);

	/** Runs a step; what it says tells {@code stopAt}, which may stop it. */
	private static int run(Path results, String key, String stopAt, List<Answer> answers) {
		AtomicReference<Runnable> stop = new AtomicReference<>();
		ByteArrayOutputStream out = new ByteArrayOutputStream() {
			@Override
			public synchronized void write(byte[] bytes, int from, int length) {
				super.write(bytes, from, length);
				if (!stopAt.isEmpty() && toString(StandardCharsets.UTF_8).contains(stopAt)) {
					stop.get().run();
				}
			}
		};
		int code = Worker.step(results, WalkExperiment::catalog, new LinearNetwork.Factory(), key, out, stop::set);
		out.toString(StandardCharsets.UTF_8).lines().forEach(line -> answers.add(WorkerProtocol.answer(line).orElseThrow()));
		return code;
	}

	@Test
	void stepsRunOneByOneToTheBytesOfAWholeRun() throws IOException {
		Path whole = temp.resolve("whole");
		assertEquals(RunState.FINISHED, ExperimentRun.run(WalkSupervisor.request(text, whole, 0, new CancelToken()),
				WalkSupervisor.SILENT, new LinearNetwork.Factory()).state());
		ResultStore store = new ResultStore(Files.createDirectory(temp.resolve("steps")));
		store.freeze(WalkExperiment.reading(text).frozenText(), WalkExperiment.plan(text), false);
		for (Step step : WalkExperiment.plan(text).steps()) {
			List<Answer> answers = new ArrayList<>();
			assertEquals(WorkerProtocol.DONE, run(store.folder(), step.key(), "", answers), () -> answers.toString());
			assertTrue(answers.contains(new Answer.Started(step.key())));
			assertEquals(new Answer.Finished(step.key()), answers.get(answers.size() - 1));
			assertEquals(StepFolders.contents(new ResultStore(whole), step.key()), StepFolders.contents(store, step.key()),
					step.label());
		}
	}

	@Test
	void aStepThatIsStoppedGoesOnAnotherTime() throws IOException {
		ResultStore store = new ResultStore(Files.createDirectory(temp.resolve("stopped")));
		store.freeze(WalkExperiment.reading(text).frozenText(), WalkExperiment.plan(text), false);
		String key = WalkExperiment.plan(text).steps().get(0).key();
		List<Answer> answers = new ArrayList<>();
		assertEquals(WorkerProtocol.STOPPED, run(store.folder(), key, "STARTED", answers));
		assertFalse(store.finished(key));
		assertEquals(WorkerProtocol.DONE, run(store.folder(), key, "", answers));
		assertTrue(store.finished(key));
	}

	/** A queue sends its jobs SIGTERM; its own and a terminal's signals must not hide how the step ended. */
	@ParameterizedTest
	@ValueSource(strings = {"TERM", "INT"})
	void aSignalStopsTheStepAndTheExitCodeSaysSo(String signal) throws Exception {
		ResultStore store = new ResultStore(Files.createDirectory(temp.resolve("signal")));
		store.freeze(WalkExperiment.reading(text).frozenText(), WalkExperiment.plan(text), false);
		String key = WalkExperiment.plan(text).steps().get(0).key();
		List<String> command = new ArrayList<>(JavaProcess.command(WalkWorker.class, store.folder().toString(), WorkerProtocol.STEP, key));
		assertEquals(WorkerProtocol.DONE, process(new ArrayList<>(command), "", signal), "without a signal");
		store.discard(key);
		command.add(1, "-D" + WalkDynamics.SLOWNESS + "=1000000");
		assertEquals(WorkerProtocol.STOPPED, process(command, "PROGRESS", signal));
		assertTrue(Files.isDirectory(store.partial(key).resolve(ResultStore.RESUME)), "the step wrote no checkpoint");
		assertFalse(store.finished(key));
	}

	/** Runs a worker; once it has said something of the kind, it gets the signal. Returns its exit code. */
	private static int process(List<String> command, String stopAt, String signal) throws Exception {
		// what a shell starts in the background ignores SIGINT, and so would its processes
		List<String> heeding = new ArrayList<>(List.of("env", "--default-signal=INT"));
		heeding.addAll(command);
		Process worker = new ProcessBuilder(heeding).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		boolean signalled = stopAt.isEmpty();
		for (String line : (Iterable<String>) worker.inputReader().lines()::iterator) {
			if (!signalled && line.contains(stopAt)) {
				signalled = true;
				new ProcessBuilder("kill", "-" + signal, Long.toString(worker.pid())).start().waitFor();
			}
		}
		return worker.waitFor();
	}

	@Test
	void aStepOfAnotherPlanFails() throws IOException {
		ResultStore store = new ResultStore(Files.createDirectory(temp.resolve("other")));
		store.freeze(WalkExperiment.reading(text).frozenText(), WalkExperiment.plan(text), false);
		List<Answer> answers = new ArrayList<>();
		assertEquals(WorkerProtocol.FAILED, run(store.folder(), "0".repeat(32), "", answers));
		assertTrue(answers.stream().anyMatch(answer -> answer instanceof Answer.Failed failed
				&& failed.message().contains("the worker's plan has no such step")), answers::toString);
	}
}
