package org.headstart.workbench.internal.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.swt.program.Program;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PlatformUI;
import org.headstart.workbench.internal.ExperimentFile;

/** Opens the report of an experiment's last run in the system's browser. */
final class OpenReportAction extends Action {

	private final IFile experiment;

	OpenReportAction(IFile experiment) {
		super("Open Report");
		this.experiment = experiment;
	}

	@Override
	public void run() {
		Display display = Display.getCurrent();
		Job.create("Opening the report of " + experiment.getName(), monitor -> {
			try {
				Path report = ExperimentFile.results(experiment).resolve("report").resolve("report.html");
				boolean there = Files.isRegularFile(report);
				display.asyncExec(() -> open(report, there));
				return Status.OK_STATUS;
			} catch (IOException e) {
				return new Status(IStatus.ERROR, OpenReportAction.class,
						"The results of " + experiment.getName() + " cannot be found: " + e.getMessage(), e);
			}
		}).schedule();
	}

	private void open(Path report, boolean there) {
		IWorkbenchWindow window = PlatformUI.getWorkbench().getActiveWorkbenchWindow();
		Shell shell = window == null ? null : window.getShell();
		if (!there) {
			MessageDialog.openInformation(shell, "Open Report", experiment.getName()
					+ " has no report yet. A run writes it at its end: choose Experiment > Run Experiment.");
		} else if (!Program.launch(report.toUri().toString())) {
			MessageDialog.openInformation(shell, "Open Report",
					"No browser could be started. The report is " + report + ".");
		}
	}
}
