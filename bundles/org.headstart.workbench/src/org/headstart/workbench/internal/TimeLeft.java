package org.headstart.workbench.internal;

import org.headstart.engine.internal.results.RunStatus;

/** The remaining time of a run, for people. */
public final class TimeLeft {

	private TimeLeft() {}

	/**
	 * @param run a run
	 * @return for example {@code ", 2 min 05 s left"}; empty before there is a measurement
	 */
	public static String of(RunStatus run) {
		if (run.progress().secondsLeft() == null) {
			return "";
		}
		long seconds = Math.round(run.progress().secondsLeft());
		if (seconds < 60) {
			return ", %d s left".formatted(seconds);
		}
		long minutes = seconds / 60;
		return minutes < 60 ? ", %d min %02d s left".formatted(minutes, seconds % 60)
				: ", %d h %02d min left".formatted(minutes / 60, minutes % 60);
	}
}
