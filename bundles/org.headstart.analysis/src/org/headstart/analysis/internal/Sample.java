package org.headstart.analysis.internal;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;

import org.headstart.analysis.figure.Bound;
import org.headstart.analysis.figure.Estimate;
import org.headstart.analysis.figure.Figures;
import org.headstart.analysis.figure.Qualification;

/**
 * A figure with its bootstrap replicates.
 *
 * @param value      from all runs
 * @param replicates one a resample; null when there is nothing to resample
 * @param runs       runs behind it, 0 for a constant
 */
record Sample(double value, double[] replicates, int runs) {

	/** A replicate without value (a ratio over nothing) is dropped while such are rarer than this; else there is no interval. */
	private static final double MOST_UNDEFINED = 0.01;

	static Sample constant(double value) {
		return new Sample(value, null, 0);
	}

	/** The figure made of two, replicate by replicate. One without interval takes it from the result too. */
	Sample with(Sample other, DoubleBinaryOperator operator) {
		double combined = operator.applyAsDouble(value, other.value);
		boolean single = replicates == null && runs > 0 || other.replicates == null && other.runs > 0;
		double[] any = Objects.requireNonNullElse(replicates, other.replicates == null ? new double[0] : other.replicates);
		if (single || any.length == 0) {
			return new Sample(combined, null, Math.max(runs, other.runs));
		}
		double[] result = new double[any.length];
		for (int b = 0; b < result.length; b++) {
			result[b] = operator.applyAsDouble(replicates == null ? value : replicates[b],
					other.replicates == null ? other.value : other.replicates[b]);
		}
		return new Sample(combined, result, Math.max(runs, other.runs));
	}

	Estimate estimate(double confidence) {
		if (Double.isInfinite(value)) {
			return Estimate.missing("", "beyond the range of numbers (1.8e308)");
		}
		if (replicates == null || Double.isNaN(value)) {
			return Estimate.exactly(value).noted("", runs > 0 && !Double.isNaN(value) ? Estimate.ONE_SEED : "");
		}
		double[] defined = new double[replicates.length];
		int count = 0;
		for (double replicate : replicates) {
			if (Double.isFinite(replicate)) {
				defined[count++] = replicate;
			}
		}
		if (count < (1 - MOST_UNDEFINED) * replicates.length) {
			return Estimate.exactly(value).noted("",
					"no interval, as more than " + Figures.percent(MOST_UNDEFINED) + " of the resamples give no figure");
		}
		return Resamples.percentileInterval(value, Arrays.copyOf(defined, count), confidence);
	}

	/**
	 * Of a time, which is infinite where it lies beyond the budget.
	 *
	 * @param end the budget
	 */
	Estimate timeEstimate(double confidence, double end) {
		if (replicates == null || Double.isNaN(value)) {
			return new Estimate(Math.min(value, end), Double.NaN, Double.NaN, new Qualification(beyond(value), Bound.EXACT,
					Bound.EXACT, "", Double.isNaN(value) ? "" : Estimate.ONE_SEED));
		}
		Estimate estimate = Resamples.percentileInterval(value, replicates.clone(), confidence);
		return new Estimate(Math.min(value, end), Math.min(estimate.low(), end), Math.min(estimate.high(), end),
				new Qualification(beyond(value), beyond(estimate.low()), beyond(estimate.high()), "", ""));
	}

	private static Bound beyond(double time) {
		return time == Double.POSITIVE_INFINITY ? Bound.MORE_THAN : Bound.EXACT;
	}
}
