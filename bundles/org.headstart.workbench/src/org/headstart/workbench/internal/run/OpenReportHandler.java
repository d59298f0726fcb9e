package org.headstart.workbench.internal.run;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.resources.IFile;

/** Opens the report of the experiment's last run. */
public final class OpenReportHandler extends AbstractHandler {

	@Override
	public Object execute(ExecutionEvent event) {
		IFile experiment = SelectedExperiment.of(event);
		if (experiment != null) {
			new OpenReportAction(experiment).run();
		}
		return null;
	}
}
