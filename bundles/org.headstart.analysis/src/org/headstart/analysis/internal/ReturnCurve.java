package org.headstart.analysis.internal;

import java.util.Arrays;

/**
 * The returns of one run over environment steps: straight lines between evaluations. Not copied; not to be changed.
 *
 * @param steps   environment steps at each evaluation, strictly ascending, the first 0
 * @param returns mean return of each evaluation
 */
public record ReturnCurve(double[] steps, double[] returns) {

	/** Checks the shape. */
	public ReturnCurve {
		if (steps.length == 0 || steps.length != returns.length) {
			throw new IllegalArgumentException(steps.length + " steps and " + returns.length + " returns");
		}
		for (int i = 1; i < steps.length; i++) {
			if (!(steps[i] > steps[i - 1])) {
				throw new IllegalArgumentException(
						"steps of evaluations must ascend, but " + steps[i] + " follows " + steps[i - 1]);
			}
		}
	}

	/** @return environment steps at the last evaluation */
	public double end() {
		return steps[steps.length - 1];
	}

	/**
	 * @param step environment steps
	 * @return the return there, interpolated; NaN before the first and behind the last evaluation
	 */
	public double at(double step) {
		if (!(step >= steps[0] && step <= end())) {
			return Double.NaN;
		}
		int i = Arrays.binarySearch(steps, step);
		if (i >= 0) {
			return returns[i];
		}
		int above = -i - 1;
		double weight = (step - steps[above - 1]) / (steps[above] - steps[above - 1]);
		return returns[above - 1] + weight * (returns[above] - returns[above - 1]);
	}

	/**
	 * Area under the curve from 0 to {@code end}, over {@code end}: the mean return on the way (trapezoidal rule).
	 *
	 * @param end environment steps, not behind the last evaluation
	 * @return in units of return; the first return when {@code end} is 0
	 */
	public double meanReturn(double end) {
		double last = at(end);
		if (end == 0) {
			return last;
		}
		double area = 0;
		int i = 1;
		for (; i < steps.length && steps[i] <= end; i++) {
			area += (steps[i] - steps[i - 1]) * (returns[i] + returns[i - 1]) / 2;
		}
		area += (end - steps[i - 1]) * (last + returns[i - 1]) / 2;
		return area / end;
	}

	/**
	 * Mean of the last evaluations.
	 *
	 * @param end   evaluations behind it do not count
	 * @param share how many of the evaluations after step 0, as a share; rounded, at least one
	 * @return in units of return; the first return when there is no other
	 */
	public double asymptote(double end, double share) {
		int last = steps.length - 1;
		while (last > 0 && steps[last] > end) {
			last--;
		}
		int count = Math.max(1, (int) Math.round(share * last));
		double sum = 0;
		for (int i = last; i > last - count; i--) {
			sum += returns[i];
		}
		return sum / count;
	}

	/**
	 * Environment steps at the first evaluation that reaches the threshold; it need not stay there. Not interpolated: the
	 * resolution is that of the evaluations.
	 *
	 * @param threshold in units of return
	 * @param end       evaluations behind it do not count
	 * @return steps; positive infinity when no evaluation up to {@code end} reaches it
	 */
	public double timeToThreshold(double threshold, double end) {
		for (int i = 0; i < steps.length && steps[i] <= end; i++) {
			if (returns[i] >= threshold) {
				return steps[i];
			}
		}
		return Double.POSITIVE_INFINITY;
	}
}
