package org.headstart.examples.widening;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

import org.headstart.api.environment.TaskSet;
import org.headstart.api.random.RandomStream;
import org.headstart.api.strategy.Curriculum;

/** Draws from a box around the nominal task, which grows and shrinks with the returns. At full width it is the task set. */
final class WideningBox implements Curriculum {

	private final WideningSettings settings;
	private final double[] nominal;
	/** The position of the boundaries between the nominal value, 0, and the ends of the range, 1. */
	private double width;
	private int trials;
	private double returns;

	WideningBox(WideningSettings settings, double[] nominal) {
		this.settings = settings;
		this.nominal = nominal;
	}

	double width() {
		return width;
	}

	/**
	 * Moves a task of the set towards the nominal one. If the result is outside of the set, for example in a gap, the task
	 * stays as drawn.
	 */
	@Override
	public void draw(RandomStream random, TaskSet set, double[] omega) {
		set.sampler().sample(random, omega, 0);
		double[] drawn = omega.clone();
		for (int i = 0; i < omega.length; i++) {
			omega[i] = nominal[i] + width * (drawn[i] - nominal[i]);
		}
		if (!set.contains().test(omega)) {
			System.arraycopy(drawn, 0, omega, 0, omega.length);
		}
	}

	@Override
	public void ended(double[] omega, double trialReturn) {
		returns += trialReturn;
		if (++trials < settings.trials()) {
			return;
		}
		double mean = returns / trials;
		if (mean >= settings.widenAbove()) {
			width = Math.min(1, width + settings.step());
		} else if (mean <= settings.narrowBelow()) {
			width = Math.max(0, width - settings.step());
		}
		trials = 0;
		returns = 0;
	}

	@Override
	public void writeState(DataOutput out) throws IOException {
		out.writeDouble(width);
		out.writeInt(trials);
		out.writeDouble(returns);
	}

	@Override
	public void readState(DataInput in) throws IOException {
		width = in.readDouble();
		trials = in.readInt();
		returns = in.readDouble();
	}
}
