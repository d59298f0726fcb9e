package org.headstart.workbench.internal.run;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.ui.progress.IProgressConstants;
import org.headstart.workbench.ExperimentFile;

/**
 * Tells how a run ended: the Progress view keeps it until the experiment runs again. It is a job apart because that view sorts when
 * a job comes and not when one ends, so that the run's own entry would stay above runs that are under way.
 */
final class RunEndJob extends Job {

	private final IFile experiment;
	private final RunEnd end;

	RunEndJob(IFile experiment, RunEnd end) {
		super("Run of " + ExperimentFile.name(experiment));
		this.experiment = experiment;
		this.end = end;
		// behind runs that are under way, also for the moment that this one is
		setPriority(Job.INTERACTIVE);
		setProperty(IProgressConstants.KEEPONE_PROPERTY, Boolean.TRUE);
		if (end.kind() == RunEnd.Kind.FINISHED) {
			setProperty(IProgressConstants.ACTION_PROPERTY, new OpenReportAction(experiment));
		}
	}

	/** The end of one run takes the place of the end of the run before, and so does a new run. */
	@Override
	public boolean belongsTo(Object family) {
		return family == RunEndJob.class || family instanceof RunEndJob other && other.experiment.equals(experiment)
				|| family instanceof ExperimentRunJob run && run.belongsTo(experiment);
	}

	@Override
	protected IStatus run(IProgressMonitor monitor) {
		return end.kind() == RunEnd.Kind.FAILED ? Status.error(end.message()) : Status.info(end.message());
	}
}
