package org.headstart.workbench.internal.run;

import java.util.Optional;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.ui.handlers.HandlerUtil;

/** Stops the run of an experiment. */
public final class StopRunHandler extends AbstractHandler {

	@Override
	public Object execute(ExecutionEvent event) {
		IFile experiment = SelectedExperiment.of(event);
		if (experiment == null) {
			return null;
		}
		Optional<Job> run = ExperimentRunJob.of(experiment);
		if (run.isPresent()) {
			run.get().cancel();
		} else {
			MessageDialog.openInformation(HandlerUtil.getActiveShell(event), "Stop Run",
					"No run of " + experiment.getName() + " is under way on this computer.");
		}
		return null;
	}
}
