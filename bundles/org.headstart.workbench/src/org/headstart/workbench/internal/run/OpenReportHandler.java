package org.headstart.workbench.internal.run;

import java.util.Optional;

import org.eclipse.core.resources.IFile;
import org.eclipse.ui.IWorkbenchWindow;

/** Opens the report of the experiment's last run. */
public final class OpenReportHandler extends ExperimentHandler {

	/** Called by the platform. */
	public OpenReportHandler() {
		super("Open Report of", "Experiment");
	}

	@Override
	Optional<String> obstacle(IFile experiment) {
		return Optional.empty();
	}

	@Override
	void execute(IWorkbenchWindow window, IFile experiment) {
		new OpenReportAction(experiment).run();
	}
}
