package org.headstart.workbench;

import java.io.IOException;

import org.eclipse.core.resources.IFile;
import org.headstart.workbench.internal.run.ExperimentRunJob;

/** The runs that the workbench shows in its Progress view. */
public final class ExperimentRuns {

	private ExperimentRuns() {
	}

	/**
	 * Shows the run of an experiment that is under way on this computer, if there is one, whoever started it. Does nothing when
	 * it is shown already. Reads files: not for the UI thread.
	 *
	 * @param experiment the experiment's file
	 * @throws IOException when its results folder cannot be read
	 */
	public static void follow(IFile experiment) throws IOException {
		ExperimentRunJob.follow(experiment);
	}

	/**
	 * @param experiment the experiment's file
	 * @return whether the workbench shows a run of it, also one that is only starting
	 */
	public static boolean shows(IFile experiment) {
		return ExperimentRunJob.of(experiment).isPresent();
	}
}
