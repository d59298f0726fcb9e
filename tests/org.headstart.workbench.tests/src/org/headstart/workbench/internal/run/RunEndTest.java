package org.headstart.workbench.internal.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import org.headstart.engine.internal.results.ResultStore;
import org.headstart.engine.internal.results.RunStatus;
import org.headstart.engine.internal.results.RunStatus.RunState;
import org.headstart.engine.internal.results.RunStatus.StepState;
import org.headstart.engine.internal.results.RunStatus.StepStatus;
import org.headstart.workbench.internal.run.RunEnd.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunEndTest {

	private static final long PROCESS = 4711;

	@TempDir
	private Path results;
	/** What the run said last of itself. */
	private RunStatus left;

	private void leave(RunState state, StepStatus... steps) {
		String now = Instant.now().toString();
		left = new RunStatus(ResultStore.FORMAT, "tiny", state, new RunStatus.Supervisor(PROCESS, "here", now, now),
				new RunStatus.Progress(3, 10, 0, 400, null, null, null), List.of(steps),
				List.of());
	}

	private RunEnd end(OptionalInt exit, String said) {
		return RunEnd.of("tiny", results, PROCESS, Optional.ofNullable(left), exit, said);
	}

	private static void assertSays(RunEnd end, String... parts) {
		for (String part : parts) {
			assertTrue(end.message().contains(part), () -> part + " in: " + end.message());
		}
	}

	@Test
	void aRunThatCannotWriteTellsItsOwnMessage() {
		leave(RunState.RUNNING);
		RunEnd end = end(OptionalInt.of(8), "the run in /r cannot continue: /r/run.json: No space left on device");
		assertEquals(Kind.FAILED, end.kind());
		assertSays(end, "3 of 10 steps", "A result cannot be written", "No space left on device", "Run continues from there");
		assertFalse(end.message().contains("killed"), end.message());
	}

	/** Of a run that this workbench did not start itself the exit code is not known, but what it printed may be. */
	@Test
	void withoutAnExitCodeTheMessageIsStillTold() {
		leave(RunState.RUNNING);
		RunEnd end = end(OptionalInt.empty(), "the run in /r cannot continue: /r/run.json: No space left on device");
		assertSays(end, "without a message", "No space left on device");
	}

	@ParameterizedTest
	@CsvSource({"3,The experiment has errors", "4,cannot be read", "5,in use", "7,plug-in is broken", "9,defect of Headstart",
			"69,not installed", "137,killed from outside", "139,crashed", "143,stopped from outside", "200,signal 72",
			"77,exit code is 77"})
	void everyExitCodeHasASentence(int code, String sentence) {
		leave(RunState.RUNNING);
		assertSays(end(OptionalInt.of(code), ""), sentence);
	}

	@Test
	void whatDidNotBeginSaysSo() {
		RunEnd end = end(OptionalInt.of(5), "another run is under way");
		assertEquals(Kind.FAILED, end.kind());
		assertSays(end, "tiny was not run", "in use", "another run is under way");
	}

	@Test
	void aFinishedRunWithoutItsReportIsNoSuccess() throws Exception {
		leave(RunState.FINISHED);
		assertEquals(Kind.FINISHED, end(OptionalInt.of(0), "").kind());
		RunEnd end = end(OptionalInt.of(8), "the report cannot be written: No space left on device");
		assertEquals(Kind.FAILED, end.kind());
		assertSays(end, "its report is not written", "No space left on device");
		assertEquals(Kind.FAILED, end(OptionalInt.empty(), "").kind(), "there is no report");
		Files.writeString(Files.createDirectories(results.resolve("report")).resolve("report.html"), "");
		assertEquals(Kind.FINISHED, end(OptionalInt.empty(), "").kind());
	}

	@Test
	void failedStepsAreNamed() {
		leave(RunState.FAILED, new StepStatus("a", "adapt scratch", StepState.FAILED, 0, 400, "NaN in lane 3"),
				new StepStatus("b", "adapt others", StepState.FINISHED, 400, 400, null));
		assertSays(end(OptionalInt.of(1), "headline"), "1 of 10 steps of tiny failed", "adapt scratch: NaN in lane 3");
	}

	@Test
	void aStoppedRunIsStopped() {
		leave(RunState.CANCELLED);
		RunEnd end = end(OptionalInt.of(143), "");
		assertEquals(Kind.STOPPED, end.kind());
		assertSays(end, "3 of 10 steps");
	}

	@Test
	void aRunThatLeftStepsAtWorkSaysSo() {
		leave(RunState.DETACHED, new StepStatus("a", "adapt scratch", StepState.RUNNING, 0, 400, "with executor 'queue' as 4711"),
				new StepStatus("b", "adapt others", StepState.SUBMITTED, 0, 400, "with executor 'queue' as 4712"),
				new StepStatus("c", "adapt more", StepState.WAITING, 0, 400, null));
		RunEnd end = end(OptionalInt.of(143), "");
		assertEquals(Kind.STOPPED, end.kind());
		assertSays(end, "3 of 10 steps", "2 continue without the run", "Run follows them");
	}
}
