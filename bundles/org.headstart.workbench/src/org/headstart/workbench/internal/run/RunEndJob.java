package org.headstart.workbench.internal.run;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.ui.progress.IProgressConstants;
import org.headstart.workbench.internal.ExperimentFile;

/**
 * Tells how a run ended. The Progress view shows jobs in the order in which they came, whatever becomes of them. So that runs under
 * way stand above those that have ended, an end is a job apart, which comes when the run's own has gone, and all ends go when a
 * run begins.
 */
final class RunEndJob extends Job {

	private final IFile experiment;
	private final RunEnd end;

	RunEndJob(IFile experiment, RunEnd end) {
		super("Run of " + ExperimentFile.name(experiment));
		this.experiment = experiment;
		this.end = end;
		setProperty(IProgressConstants.KEEPONE_PROPERTY, Boolean.TRUE);
		if (end.kind() == RunEnd.Kind.FINISHED) {
			setProperty(IProgressConstants.ACTION_PROPERTY, new OpenReportAction(experiment));
		}
	}

	/** The Progress view drops this for a job that keeps one and belongs to it. */
	@Override
	public boolean belongsTo(Object family) {
		return family == RunEndJob.class || family instanceof ExperimentRunJob
				|| family instanceof RunEndJob other && other.experiment.equals(experiment);
	}

	@Override
	protected IStatus run(IProgressMonitor monitor) {
		return end.kind() == RunEnd.Kind.FAILED ? Status.error(end.message()) : Status.info(end.message());
	}
}
