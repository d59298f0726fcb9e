package org.headstart.workbench.internal.run;

import static org.headstart.workbench.TestWorkspace.await;
import static org.headstart.workbench.TestWorkspace.page;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.dialogs.ErrorDialog;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.handlers.IHandlerService;
import org.eclipse.ui.ide.IDE;
import org.eclipse.ui.progress.IProgressConstants;
import org.headstart.engine.results.ResultStore;
import org.headstart.engine.results.RunStatus;
import org.headstart.engine.results.RunStatus.RunState;
import org.headstart.runtime.HeadlessCommand;
import org.headstart.workbench.ExperimentFile;
import org.headstart.workbench.TestWorkspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs are processes of the headless product: of its script, which the build names in the property headstart.script. */
class RunExperimentTest {

	/** Runs until it is stopped. */
	private static final String ENDLESS = TestWorkspace.TINY.replace("steps: 400", "steps: 1000000000");
	/** Enough for a JVM or four on a busy machine. */
	private static final Duration PATIENCE = Duration.ofSeconds(120);

	private TestWorkspace workspace;

	@BeforeEach
	void open() throws Exception {
		workspace = new TestWorkspace();
	}

	@AfterEach
	void close() throws Exception {
		for (Job job : Job.getJobManager().find(ExperimentRunJob.class)) {
			job.cancel();
		}
		await(PATIENCE, () -> "a run does not stop", () -> Job.getJobManager().find(ExperimentRunJob.class).length == 0);
		workspace.close();
	}

	private static void command(String id) throws Exception {
		PlatformUI.getWorkbench().getService(IHandlerService.class).executeCommand(id, null);
	}

	private static Optional<RunStatus> status(IFile experiment) {
		try {
			return new ResultStore(ExperimentFile.results(experiment)).status();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private static boolean underWay(IFile experiment) {
		return status(experiment).filter(run -> run.environmentStepsDone() > 0).isPresent();
	}

	private static Job startEndless(IFile experiment) throws Exception {
		assertTrue(ExperimentRunJob.start(experiment));
		Job job = ExperimentRunJob.of(experiment).orElseThrow();
		await(PATIENCE, () -> "not under way: " + job.getResult(), () -> underWay(experiment));
		return job;
	}

	private static void assertStopped(IFile experiment, Job job) throws Exception {
		await(Duration.ofSeconds(25), () -> "not stopped", () -> job.getState() == Job.NONE);
		assertEquals(IStatus.CANCEL, job.getResult().getSeverity());
		assertEquals(RunState.CANCELLED, status(experiment).orElseThrow().state());
		assertFalse(ProcessHandle.of(status(experiment).get().process()).filter(ProcessHandle::isAlive).isPresent());
	}

	@Test
	void theCommandRunsWhatIsEdited() throws Exception {
		IFile experiment = workspace.file("tiny.experiment.yaml", TestWorkspace.TINY);
		page().activate(IDE.openEditor(page(), experiment, true));
		command("org.headstart.workbench.run");
		Optional<Job> job = ExperimentRunJob.of(experiment);
		assertTrue(job.isPresent());
		assertFalse(ExperimentRunJob.start(experiment), "two runs of one experiment");
		await(PATIENCE, () -> "not finished: " + status(experiment), () -> job.get().getState() == Job.NONE);
		assertEquals(IStatus.INFO, job.get().getResult().getSeverity(), () -> job.get().getResult().toString());
		Path results = ExperimentFile.results(experiment);
		assertEquals(experiment.getLocation().toPath().resolveSibling("results").resolve("tiny"), results);
		assertEquals(RunState.FINISHED, status(experiment).orElseThrow().state());
		assertTrue(Files.isRegularFile(results.resolve("report").resolve("report.html")));
		assertTrue(experiment.getParent().findMember("results/tiny/report/report.html") != null, "the workspace is refreshed");
	}

	@Test
	void cancelStopsTheRunAndKeepsItsResults() throws Exception {
		IFile experiment = workspace.file("endless.experiment.yaml", ENDLESS);
		Job job = startEndless(experiment);
		page().activate(IDE.openEditor(page(), experiment, true));
		command("org.headstart.workbench.stop");
		assertStopped(experiment, job);
		assertTrue(Files.isRegularFile(new ResultStore(ExperimentFile.results(experiment)).planFile()));
	}

	@Test
	void aRunOfATerminalIsFollowedAndCanBeStopped() throws Exception {
		IFile experiment = workspace.file("endless.experiment.yaml", ENDLESS);
		Path folder = experiment.getLocation().toPath().getParent();
		Process terminal = new ProcessBuilder(HeadlessCommand.of(List.of("run", experiment.getName()))).directory(folder.toFile())
				.redirectErrorStream(true).redirectOutput(folder.resolve("terminal.log").toFile()).start();
		try {
			await(PATIENCE, () -> "not under way", () -> underWay(experiment) || !terminal.isAlive());
			ExperimentRunJob.follow(experiment);
			Job job = ExperimentRunJob.of(experiment).orElseThrow();
			ExperimentRunJob.follow(experiment);
			assertEquals(1, Job.getJobManager().find(experiment).length);
			await(PATIENCE, () -> "the job does not begin", () -> job.getState() == Job.RUNNING);
			job.cancel();
			assertStopped(experiment, job);
		} finally {
			terminal.destroy();
			terminal.waitFor();
		}
	}

	@Test
	void anExperimentThatCannotBeRunSaysWhy() throws Exception {
		IFile experiment = workspace.file("bad.experiment.yaml", TestWorkspace.TINY.replace("id: ppo", "id: nothing"));
		boolean quiet = ErrorDialog.AUTOMATED_MODE;
		ErrorDialog.AUTOMATED_MODE = true;
		try {
			// past the handler, which would have refused
			assertTrue(ExperimentRunJob.start(experiment));
			Job job = ExperimentRunJob.of(experiment).orElseThrow();
			job.setProperty(IProgressConstants.NO_IMMEDIATE_ERROR_PROMPT_PROPERTY, Boolean.TRUE);
			await(PATIENCE, () -> "not over", () -> job.getState() == Job.NONE);
			assertEquals(IStatus.ERROR, job.getResult().getSeverity());
			assertTrue(job.getResult().getMessage().contains("nothing"), job.getResult().getMessage());
		} finally {
			ErrorDialog.AUTOMATED_MODE = quiet;
		}
	}

	@Test
	void nothingIsUnderWay() throws Exception {
		IFile experiment = workspace.file("tiny.experiment.yaml", TestWorkspace.TINY);
		ExperimentRunJob.follow(experiment);
		assertEquals(Optional.empty(), ExperimentRunJob.of(experiment));
	}
}
