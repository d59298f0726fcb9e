package org.headstart.workbench.internal.run;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.ui.progress.IProgressConstants;
import org.headstart.workbench.internal.ExperimentFile;

/**
 * Shows how a run ended. The Progress view shows jobs in the order of their start. An end is a job of its own, started when
 * the run's job has gone, and all ends are removed when a run begins; so running runs are above ended ones.
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

	/** The Progress view replaces this job by a kept job of the same family. */
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
