package org.headstart.workbench.internal.run;

import java.util.Optional;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.ui.IWorkbenchWindow;

/** Stops the run of an experiment. */
public final class StopRunHandler extends ExperimentHandler {

	/** Called by the platform. */
	public StopRunHandler() {
		super("Stop", "Run");
	}

	@Override
	Optional<String> obstacle(IFile experiment) {
		return ExperimentRunJob.of(experiment).isPresent() ? Optional.empty() : Optional.of("not running on this computer");
	}

	@Override
	void execute(IWorkbenchWindow window, IFile experiment) {
		ExperimentRunJob.of(experiment).ifPresent(Job::cancel);
	}
}
