package org.headstart.workbench.internal;

import java.io.IOException;
import java.util.Optional;

import org.eclipse.core.resources.IFile;
import org.headstart.engine.internal.results.RunStatus;
import org.headstart.workbench.internal.run.ExperimentRunJob;
import org.headstart.workbench.internal.run.RunEnd;

/** The runs that the workbench shows in its Progress view. */
public final class ExperimentRuns {

	private ExperimentRuns() {}

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

	/**
	 * Why the last run of an experiment did not come to its end.
	 *
	 * @param experiment the experiment's file
	 * @param run        what its results folder says of the last run; empty when it says nothing
	 * @return for people; empty when it went well, is under way, or was not seen by this workbench
	 */
	public static Optional<String> failure(IFile experiment, Optional<RunStatus> run) {
		return ExperimentRunJob.end(experiment).filter(end -> end.kind() == RunEnd.Kind.FAILED)
				.filter(end -> run.isEmpty() || run.get().process() == end.process()).map(RunEnd::message);
	}
}
