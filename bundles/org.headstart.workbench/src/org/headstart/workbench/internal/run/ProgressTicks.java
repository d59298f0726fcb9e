package org.headstart.workbench.internal.run;

import org.eclipse.core.runtime.IProgressMonitor;
import org.headstart.engine.internal.results.RunStatus;
import org.headstart.workbench.internal.TimeLeft;

/** Turns a run's progress into a monitor's ticks: a thousandth of all environment steps each. */
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
	 * @param status what the results folder says
	 * @param pid    the run's process; progress that another, earlier run left is not shown
	 */
	void show(RunStatus status, long pid) {
		if (status.process() != pid || status.environmentStepsAll() == 0) {
			return;
		}
		// not as a product of longs, which a large plan exceeds
		int ticks = (int) (ALL * ((double) status.environmentStepsDone() / status.environmentStepsAll()));
		if (ticks > shown) {
			monitor.worked(ticks - shown);
			shown = ticks;
		}
		monitor.subTask(summary(status));
	}

	private static String summary(RunStatus status) {
		String summary = "%d of %d steps".formatted(status.stepsDone(), status.stepsAll());
		if (status.stepsPerSecond() != null && status.stepsPerSecond() >= 1) {
			summary += ", %,.0f %s/s".formatted(status.stepsPerSecond(), status.unit() == null ? "environment steps" : status.unit());
		}
		return summary + TimeLeft.of(status);
	}
}
