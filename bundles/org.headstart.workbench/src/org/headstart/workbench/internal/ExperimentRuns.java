package org.headstart.workbench.internal;

import java.io.IOException;
import java.util.Optional;

import org.eclipse.core.resources.IFile;
import org.headstart.engine.internal.results.RunStatus;
import org.headstart.workbench.internal.run.ExperimentRunJob;
import org.headstart.workbench.internal.run.RunEnd;

/** The runs in the workbench's Progress view. */
public final class ExperimentRuns {

	private ExperimentRuns() {}

	/**
	 * Shows the experiment's run on this computer, if one is running, whether the workbench or a terminal started it. Does
	 * nothing when it is already shown. Reads files: not for the UI thread.
	 *
	 * @param experiment the experiment's file
	 * @throws IOException when its results folder cannot be read
	 */
	public static void follow(IFile experiment) throws IOException {
		ExperimentRunJob.follow(experiment);
	}

	/**
	 * @param experiment the experiment's file
	 * @return whether the workbench shows a run of it, including one that is just starting
	 */
	public static boolean shows(IFile experiment) {
		return ExperimentRunJob.of(experiment).isPresent();
	}

	/**
	 * The reason why the last run of an experiment did not finish.
	 *
	 * @param experiment the experiment's file
	 * @param run        the status of the last run in the results folder; empty without one
	 * @return the reason, for people; empty when the run finished, is running, or was not followed by this workbench
	 */
	public static Optional<String> failure(IFile experiment, Optional<RunStatus> run) {
		return ExperimentRunJob.end(experiment).filter(end -> end.kind() == RunEnd.Kind.FAILED)
				.filter(end -> run.isEmpty() || run.get().supervisor().process() == end.process()).map(RunEnd::message);
	}
}
