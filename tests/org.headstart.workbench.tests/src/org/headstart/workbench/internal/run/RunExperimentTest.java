package org.headstart.workbench.internal.run;

import static org.headstart.workbench.internal.TestWorkspace.await;
import static org.headstart.workbench.internal.TestWorkspace.page;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.dialogs.ErrorDialog;
import org.eclipse.jface.text.IDocument;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.ToolBar;
import org.eclipse.swt.widgets.ToolItem;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.handlers.IHandlerService;
import org.eclipse.ui.ide.IDE;
import org.eclipse.ui.texteditor.ITextEditor;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.engine.internal.results.RunStatus;
import org.headstart.engine.internal.results.RunStatus.RunState;
import org.headstart.engine.internal.results.RunStatus.StepState;
import org.headstart.runtime.internal.HeadlessCommand;
import org.headstart.workbench.internal.ExperimentFile;
import org.headstart.workbench.internal.TestWorkspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs are processes of the headless product: of its script, which the build names in the property headstart.script. */
class RunExperimentTest {

	/** When a state counts as one that will not come; a busy machine takes long to start a run of four JVMs. */
	private static final Duration PATIENCE = Duration.ofMinutes(10);

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
		return status(experiment).filter(run -> run.progress().environmentStepsDone() > 0).isPresent();
	}

	private static Job startEndless(IFile experiment) throws Exception {
		assertTrue(ExperimentRunJob.start(experiment));
		Job job = ExperimentRunJob.of(experiment).orElseThrow();
		await(PATIENCE, () -> "not under way: " + job.getResult() + ", " + status(experiment),
				() -> underWay(experiment) || job.getState() == Job.NONE);
		assertEquals(Job.RUNNING, job.getState(), () -> ExperimentRunJob.end(experiment).toString());
		return job;
	}

	private static RunEnd awaitEnd(IFile experiment, Job job) throws Exception {
		await(PATIENCE, () -> "not over: " + status(experiment), () -> job.getState() == Job.NONE);
		return ExperimentRunJob.end(experiment).orElseThrow();
	}

	private static void assertStopped(IFile experiment, Job job) throws Exception {
		assertEquals(RunEnd.Kind.STOPPED, awaitEnd(experiment, job).kind());
		assertEquals(IStatus.CANCEL, job.getResult().getSeverity());
		RunStatus status = status(experiment).orElseThrow();
		assertEquals(RunState.CANCELLED, status.state());
		assertFalse(ProcessHandle.of(status.supervisor().process()).filter(ProcessHandle::isAlive).isPresent());
		assertTrue(status.steps().stream().noneMatch(step -> step.state() == StepState.RUNNING), status::toString);
	}

	/** The tool bar's item that is about this, as its tooltip says; null when there is none. */
	private static ToolItem item(Composite parent, String verb) {
		for (Control child : parent.getChildren()) {
			if (child instanceof ToolBar bar) {
				for (ToolItem item : bar.getItems()) {
					if (item.getToolTipText() != null && item.getToolTipText().startsWith(verb + " ")) {
						return item;
					}
				}
			} else if (child instanceof Composite inner && item(inner, verb) != null) {
				return item(inner, verb);
			}
		}
		return null;
	}

	private static void awaitItem(String verb, String tooltip, boolean enabled) throws Exception {
		Shell shell = page().getWorkbenchWindow().getShell();
		await(PATIENCE, () -> tooltip + " / " + item(shell, verb), () -> {
			ToolItem item = item(shell, verb);
			return item != null && item.getToolTipText().contains(tooltip) && item.isEnabled() == enabled;
		});
	}

	@Test
	void theCommandsNameTheExperimentInFront() throws Exception {
		IFile first = workspace.file("first.experiment.yaml", TestWorkspace.TINY);
		IFile second = workspace.file("second.experiment.yaml", TestWorkspace.TINY);
		awaitItem("Run", "Run Experiment (no experiment in the active editor)", false);
		awaitItem("Stop", "Stop Run (no experiment in the active editor)", false);
		IEditorPart editor = IDE.openEditor(page(), first, true);
		awaitItem("Run", "Run first in " + first.getProject().getName(), true);
		awaitItem("Stop", "Stop first", false);
		IDE.openEditor(page(), second, true);
		awaitItem("Run", "Run second", true);
		awaitItem("Open Report of", "Open Report of second", true);
		// a view in front of the editors changes nothing
		page().showView(IPageLayout.ID_PROBLEM_VIEW);
		awaitItem("Run", "Run second", true);
		page().activate(editor);
		awaitItem("Run", "Run first", true);
		page().closeAllEditors(false);
		awaitItem("Run", "Run Experiment (no experiment in the active editor)", false);
	}

	@Test
	void whatIsEditedIsSavedBeforeItIsRun() throws Exception {
		IFile experiment = workspace.file("edited.experiment.yaml", TestWorkspace.TINY);
		ITextEditor editor = (ITextEditor) IDE.openEditor(page(), experiment, true);
		IDocument document = editor.getDocumentProvider().getDocument(editor.getEditorInput());
		document.set(TestWorkspace.ENDLESS.replace("name: tiny", "name: edited"));
		assertTrue(editor.isDirty());
		awaitItem("Run", "Run edited", true);
		command("org.headstart.workbench.run");
		assertFalse(editor.isDirty());
		Job job = ExperimentRunJob.of(experiment).orElseThrow();
		awaitItem("Run", "Run edited in " + experiment.getProject().getName() + " (is running)", false);
		awaitItem("Stop", "Stop edited", true);
		await(PATIENCE, () -> "not under way: " + job.getResult(), () -> underWay(experiment) || job.getState() == Job.NONE);
		command("org.headstart.workbench.stop");
		assertStopped(experiment, job);
		awaitItem("Stop", "Stop edited in " + experiment.getProject().getName() + " (not running on this computer)", false);
		awaitItem("Run", "Run edited", true);
	}

	@Test
	void aRunThatWasKilledSaysSo() throws Exception {
		IFile experiment = workspace.file("endless.experiment.yaml", TestWorkspace.ENDLESS);
		Job job = startEndless(experiment);
		quietly(() -> {
			ProcessHandle.of(status(experiment).orElseThrow().supervisor().process()).orElseThrow().destroyForcibly();
			RunEnd end = awaitEnd(experiment, job);
			assertEquals(RunEnd.Kind.FAILED, end.kind());
			assertTrue(end.message().contains("killed from outside"), end.message());
			assertFalse(status(experiment).orElseThrow().alive(Instant.now()), "it is not named as running any more");
		});
	}

	/** What the command line says of a folder that it cannot use reaches the user. */
	@Test
	void aRunThatCannotBeginTellsItsOwnMessage() throws Exception {
		IFile experiment = workspace.file("tiny.experiment.yaml", TestWorkspace.TINY);
		Path results = ExperimentFile.results(experiment);
		Files.createDirectories(results.getParent());
		Files.writeString(results, "a file where the results folder would be");
		assertTrue(ExperimentRunJob.start(experiment));
		Job job = ExperimentRunJob.of(experiment).orElseThrow();
		quietly(() -> {
			RunEnd end = awaitEnd(experiment, job);
			assertEquals(RunEnd.Kind.FAILED, end.kind());
			assertTrue(end.message().contains("was not run") && end.message().contains(results.toString()), end.message());
		});
	}

	private interface Part {
		void run() throws Exception;
	}

	/** Without the dialogs that tell of a failure. */
	private static void quietly(Part part) throws Exception {
		boolean quiet = ErrorDialog.AUTOMATED_MODE;
		ErrorDialog.AUTOMATED_MODE = true;
		try {
			part.run();
			// the platform's own dialog comes with the job that tells of the end
			await(PATIENCE, () -> "the end is not told", () -> Job.getJobManager().find(RunEndJob.class).length == 0);
		} finally {
			ErrorDialog.AUTOMATED_MODE = quiet;
		}
	}

	@Test
	void theCommandRunsWhatIsEdited() throws Exception {
		IFile experiment = workspace.file("tiny.experiment.yaml", TestWorkspace.TINY);
		page().activate(IDE.openEditor(page(), experiment, true));
		awaitItem("Run", "Run tiny", true);
		command("org.headstart.workbench.run");
		Optional<Job> job = ExperimentRunJob.of(experiment);
		assertTrue(job.isPresent());
		assertFalse(ExperimentRunJob.start(experiment), "two runs of one experiment");
		RunEnd end = awaitEnd(experiment, job.get());
		assertEquals(RunEnd.Kind.FINISHED, end.kind(), end::message);
		Path results = ExperimentFile.results(experiment);
		assertEquals(experiment.getLocation().toPath().resolveSibling("results").resolve("tiny"), results);
		assertEquals(RunState.FINISHED, status(experiment).orElseThrow().state());
		assertTrue(Files.isRegularFile(results.resolve("report").resolve("report.html")));
		assertTrue(experiment.getParent().findMember("results/tiny/report/report.html") != null, "the workspace is refreshed");
	}

	@Test
	void cancelStopsTheRunAndKeepsItsResults() throws Exception {
		IFile experiment = workspace.file("endless.experiment.yaml", TestWorkspace.ENDLESS);
		Job job = startEndless(experiment);
		page().activate(IDE.openEditor(page(), experiment, true));
		awaitItem("Stop", "Stop endless", true);
		command("org.headstart.workbench.stop");
		assertStopped(experiment, job);
		assertTrue(Files.isRegularFile(new ResultStore(ExperimentFile.results(experiment)).planFile()));
	}

	@Test
	void aRunOfATerminalIsFollowedAndCanBeStopped() throws Exception {
		IFile experiment = workspace.file("endless.experiment.yaml", TestWorkspace.ENDLESS);
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
		// past the handler, which would have refused
		assertTrue(ExperimentRunJob.start(experiment));
		Job job = ExperimentRunJob.of(experiment).orElseThrow();
		quietly(() -> {
			RunEnd end = awaitEnd(experiment, job);
			assertEquals(RunEnd.Kind.FAILED, end.kind());
			assertTrue(end.message().contains("The experiment has errors") && end.message().contains("nothing"), end.message());
		});
	}

	@Test
	void nothingIsUnderWay() throws Exception {
		IFile experiment = workspace.file("tiny.experiment.yaml", TestWorkspace.TINY);
		ExperimentRunJob.follow(experiment);
		assertEquals(Optional.empty(), ExperimentRunJob.of(experiment));
	}
}
