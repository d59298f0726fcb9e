package org.headstart.workbench.internal.run;

import java.nio.file.Files;
import java.nio.file.Path;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.resources.IFile;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.swt.program.Program;
import org.eclipse.ui.handlers.HandlerUtil;
import org.headstart.workbench.ExperimentFile;

/** Opens the report of the experiment's last run in the system's browser. */
public final class OpenReportHandler extends AbstractHandler {

	@Override
	public Object execute(ExecutionEvent event) {
		IFile experiment = SelectedExperiment.of(event);
		if (experiment == null) {
			return null;
		}
		Path report = ExperimentFile.results(experiment).resolve("report").resolve("report.html");
		if (!Files.isRegularFile(report)) {
			MessageDialog.openInformation(HandlerUtil.getActiveShell(event), "Open Report",
					experiment.getName() + " has no report yet. Run it first.");
		} else if (!Program.launch(report.toUri().toString())) {
			MessageDialog.openInformation(HandlerUtil.getActiveShell(event), "Open Report",
					"No browser could be started. The report is " + report + ".");
		}
		return null;
	}
}
