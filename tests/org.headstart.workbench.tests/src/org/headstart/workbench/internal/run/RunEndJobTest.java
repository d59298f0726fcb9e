package org.headstart.workbench.internal.run;

import static org.headstart.workbench.TestWorkspace.await;
import static org.headstart.workbench.TestWorkspace.page;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.e4.ui.model.application.ui.basic.MPart;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.progress.IProgressConstants;
import org.headstart.workbench.TestWorkspace;
import org.headstart.workbench.internal.run.RunEnd.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the Progress view shows of runs, and in which order. */
class RunEndJobTest {

	private static final Duration SOON = Duration.ofSeconds(60);

	private final CountDownLatch ended = new CountDownLatch(1);
	private TestWorkspace workspace;
	private Composite progress;
	private Job run;

	@BeforeEach
	void open() throws Exception {
		workspace = new TestWorkspace();
		IViewPart part = page().showView(IProgressConstants.PROGRESS_VIEW_ID);
		progress = (Composite) part.getSite().getService(MPart.class).getWidget();
	}

	@AfterEach
	void close() throws Exception {
		ended.countDown();
		if (run != null) {
			await(SOON, () -> "the run goes on", () -> run.getState() == Job.NONE);
		}
		workspace.close();
	}

	/** Stands for a run that is under way: its name is behind all others in the alphabet. */
	private void startRun() {
		run = Job.create("Zzz run", monitor -> {
			try {
				ended.await();
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
			}
			return Status.OK_STATUS;
		});
		run.setPriority(Job.LONG);
		run.schedule();
	}

	private static RunEndJob end(IFile experiment, String message) {
		return new RunEndJob(experiment, new RunEnd(Kind.STOPPED, 1, message));
	}

	/** The titles of the view's entries from above to below. */
	private List<String> titles() {
		List<String> titles = new ArrayList<>();
		collect(progress, titles);
		return titles;
	}

	private static void collect(Composite parent, List<String> titles) {
		for (Control child : parent.getChildren()) {
			if (child instanceof Label label && (label.getText().startsWith("Run of") || label.getText().startsWith("Zzz"))) {
				titles.add(label.getText().replaceFirst(" \\(.*", ""));
			} else if (child instanceof Composite inner) {
				collect(inner, titles);
			}
		}
	}

	@Test
	void whatIsUnderWayStandsAboveWhatHasEnded() throws Exception {
		IFile first = workspace.file("aaa.experiment.yaml", TestWorkspace.TINY);
		IFile second = workspace.file("bbb.experiment.yaml", TestWorkspace.TINY);
		end(first, "Stopped").schedule();
		await(SOON, () -> titles().toString(), () -> titles().contains("Run of aaa"));
		startRun();
		await(SOON, () -> titles().toString(), () -> titles().equals(List.of("Zzz run", "Run of aaa")));
		end(second, "Stopped").schedule();
		await(SOON, () -> titles().toString(), () -> titles().equals(List.of("Zzz run", "Run of aaa", "Run of bbb")));
	}

	@Test
	void theEndOfOneRunTakesThePlaceOfTheEndBefore() throws Exception {
		IFile experiment = workspace.file("ccc.experiment.yaml", TestWorkspace.TINY);
		end(experiment, "Stopped").schedule();
		await(SOON, () -> titles().toString(), () -> titles().contains("Run of ccc"));
		RunEndJob next = end(experiment, "Stopped again");
		next.schedule();
		await(SOON, () -> "not over", () -> next.getResult() != null);
		await(SOON, () -> titles().toString(), () -> titles().stream().filter("Run of ccc"::equals).count() == 1);
		assertTrue(next.belongsTo(end(experiment, "")));
	}
}
