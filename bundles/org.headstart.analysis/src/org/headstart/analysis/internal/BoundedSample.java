package org.headstart.analysis.internal;

import java.util.Arrays;

import org.headstart.analysis.figure.Bound;
import org.headstart.analysis.figure.Estimate;
import org.headstart.analysis.figure.Qualification;

/**
 * A figure of which every resample tells only between what it lies. Where least and most are equal it is known exactly; an
 * infinite one is no bound at all. Sums of such figures are such figures.
 *
 * @param least what it is at least
 * @param most  what it is at most
 */
record BoundedSample(Sample least, Sample most) {

	/**
	 * The steps that an arm saves to a threshold. Of a time beyond the budget only that is known, so that the difference is a
	 * bound where one of the two times is such, and nothing where both are.
	 *
	 * @param own  the arm's time; infinite beyond the budget
	 * @param base the baseline's
	 * @param end  the budget
	 */
	static BoundedSample stepsSaved(Sample own, Sample base, double end) {
		return new BoundedSample(
				base.with(own, (b, a) -> a == Double.POSITIVE_INFINITY ? Double.NEGATIVE_INFINITY : Math.min(b, end) - a),
				base.with(own, (b, a) -> b == Double.POSITIVE_INFINITY ? Double.POSITIVE_INFINITY : b - Math.min(a, end)));
	}

	BoundedSample plus(BoundedSample other) {
		return new BoundedSample(least.with(other.least, Double::sum), most.with(other.most, Double::sum));
	}

	BoundedSample over(double positive) {
		Sample divisor = Sample.constant(positive);
		return new BoundedSample(least.with(divisor, (a, b) -> a / b), most.with(divisor, (a, b) -> a / b));
	}

	/** @return undefined where nothing is known of the value */
	Estimate estimate(double confidence) {
		End value = End.of(least.value(), most.value(), Double.NaN);
		if (Double.isNaN(value.at)) {
			return Estimate.UNDEFINED;
		}
		if (least.replicates() == null) {
			return new Estimate(value.at, Double.NaN, Double.NaN,
					new Qualification(value.bound, Bound.EXACT, Bound.EXACT, "", Estimate.ONE_SEED));
		}
		Estimate below = interval(least, confidence);
		Estimate above = interval(most, confidence);
		// an end that lies between two bounds: the outer one, so that the interval is not too narrow
		End low = End.of(below.low(), above.low(), Double.NEGATIVE_INFINITY);
		End high = End.of(below.high(), above.high(), Double.POSITIVE_INFINITY);
		return new Estimate(value.at, low.bound == Bound.EXACT ? below.low() : low.at,
				high.bound == Bound.EXACT ? above.high() : high.at, new Qualification(value.bound, low.bound, high.bound, "", ""));
	}

	private static Estimate interval(Sample sample, double confidence) {
		return Resamples.percentileInterval(sample.value(), Arrays.copyOf(sample.replicates(), sample.replicates().length),
				confidence);
	}

	/** A number and what it bounds. */
	private record End(double at, Bound bound) {

		static End of(double least, double most, double unknown) {
			boolean below = Double.isFinite(least);
			boolean above = Double.isFinite(most);
			return below && above ? new End(least, Bound.EXACT) : below ? new End(least, Bound.AT_LEAST)
					: above ? new End(most, Bound.AT_MOST) : new End(unknown, Bound.EXACT);
		}
	}
}
