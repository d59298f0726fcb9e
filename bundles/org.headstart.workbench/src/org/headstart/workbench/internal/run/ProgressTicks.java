package org.headstart.workbench.internal.run;

import org.eclipse.core.runtime.IProgressMonitor;
import org.headstart.engine.internal.results.RunStatus;
import org.headstart.workbench.internal.TimeLeft;

/** Converts a run's progress to a monitor's ticks, each a thousandth of all environment steps. */
final class ProgressTicks {

	private static final int ALL = 1000;

	private final IProgressMonitor monitor;
	private int shown;

	ProgressTicks(IProgressMonitor monitor) {
		this.monitor = monitor;
		monitor.beginTask("", ALL);
		monitor.subTask("Starting");
	}

	/**
	 * @param status the status in the results folder
	 * @param pid    the run's process; the progress of an earlier run is not shown
	 */
	void show(RunStatus status, long pid) {
		if (status.supervisor().process() != pid || status.progress().environmentStepsAll() == 0) {
			return;
		}
		// not as a product of longs, which would overflow for a large plan
		int ticks = (int) (ALL * ((double) status.progress().environmentStepsDone() / status.progress().environmentStepsAll()));
		if (ticks > shown) {
			monitor.worked(ticks - shown);
			shown = ticks;
		}
		monitor.subTask(summary(status));
	}

	private static String summary(RunStatus status) {
		String summary = "%d of %d steps".formatted(status.progress().stepsDone(), status.progress().stepsAll());
		if (status.progress().stepsPerSecond() != null && status.progress().stepsPerSecond() >= 1) {
			summary += ", %,.0f %s/s".formatted(status.progress().stepsPerSecond(),
					status.progress().unit() == null ? "environment steps" : status.progress().unit());
		}
		return summary + TimeLeft.of(status);
	}
}
