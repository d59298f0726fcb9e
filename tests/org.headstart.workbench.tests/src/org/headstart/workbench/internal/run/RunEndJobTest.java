package org.headstart.workbench.internal.run;

import static org.headstart.workbench.internal.TestWorkspace.await;
import static org.headstart.workbench.internal.TestWorkspace.page;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.e4.ui.model.application.ui.basic.MPart;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.progress.IProgressConstants;
import org.headstart.workbench.internal.TestWorkspace;
import org.headstart.workbench.internal.run.RunEnd.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the Progress view shows of runs, and in which order. */
class RunEndJobTest {

	private static final Duration SOON = Duration.ofMinutes(10);

	private TestWorkspace workspace;
	private Composite progress;

	@BeforeEach
	void open() throws Exception {
		workspace = new TestWorkspace();
		IViewPart part = page().showView(IProgressConstants.PROGRESS_VIEW_ID);
		progress = (Composite) part.getSite().getService(MPart.class).getWidget();
	}

	@AfterEach
	void close() throws Exception {
		for (Job run : Job.getJobManager().find(ExperimentRunJob.class)) {
			run.cancel();
		}
		await(SOON, () -> "a run does not stop", () -> Job.getJobManager().find(ExperimentRunJob.class).length == 0);
		workspace.close();
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
			if (child instanceof Label label && label.getText().matches("(Run of|Running) .*")) {
				titles.add(label.getText().replaceFirst(" \\(.*", ""));
			} else if (child instanceof Composite inner) {
				collect(inner, titles);
			}
		}
	}

	@Test
	void whatIsUnderWayStandsAboveWhatHasEnded() throws Exception {
		IFile first = workspace.file("aaa.experiment.yaml", TestWorkspace.TINY);
		IFile second = workspace.file("bbb.experiment.yaml", TestWorkspace.ENDLESS);
		end(first, "Stopped").schedule();
		await(SOON, () -> titles().toString(), () -> titles().contains("Run of aaa"));
		assertTrue(ExperimentRunJob.start(second));
		await(SOON, () -> titles().toString(), () -> titles().equals(List.of("Running bbb")));
		end(first, "Stopped").schedule();
		await(SOON, () -> titles().toString(), () -> titles().equals(List.of("Running bbb", "Run of aaa")));
		ExperimentRunJob.of(second).orElseThrow().cancel();
		await(SOON, () -> titles().toString(), () -> titles().equals(List.of("Run of aaa", "Run of bbb")));
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
