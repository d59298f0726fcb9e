package org.headstart.cli.internal;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

import org.headstart.api.learner.BudgetUnit;
import org.headstart.engine.internal.execution.StepListener;

/** The progress of one step that this process runs itself, on standard error. */
final class StepProgress implements StepListener {

	private final ProgressLine line;
	private final String label;
	private final String unit;
	private final long start = System.nanoTime();

	StepProgress(PrintWriter err, String label, BudgetUnit counted) {
		line = new ProgressLine(err);
		unit = counted.brief();
		this.label = label;
	}

	@Override
	public void progress(long done, long all) {
		double seconds = Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
		StringBuilder text = new StringBuilder();
		text.append(String.format(Locale.ROOT, "%3.0f %%", all == 0 ? 100 : Math.floor(100.0 * done / all)));
		text.append("  ").append(label).append(": ").append(Quantity.count(done)).append(" of ").append(Quantity.count(all))
				.append(" " + unit);
		if (done > 0 && seconds > 1) {
			double rate = done / seconds;
			text.append(", ").append(Quantity.count((long) rate)).append("/s, ").append(Quantity.time((all - done) / rate))
					.append(" left");
		}
		line.show(text.toString());
	}

	@Override
	public void note(String message) {
		line.print(message);
	}

	/** Ends the line. */
	void end() {
		line.end();
	}
}
