package org.headstart.engine.analysis;

/**
 * A figure and its confidence interval.
 *
 * @param value the point estimate from all runs; NaN when the data do not define it; infinite for a time that was not reached
 * @param low   lower end of the interval; NaN when there is no interval, as with one seed
 * @param high  upper end of the interval; NaN when there is no interval
 */
public record Estimate(double value, double low, double high) {

	/** No figure at all. */
	public static final Estimate UNDEFINED = new Estimate(Double.NaN, Double.NaN, Double.NaN);

	/** @return whether the data define the figure */
	public boolean isDefined() {
		return !Double.isNaN(value);
	}

	/** @return whether there is an interval */
	public boolean hasInterval() {
		return !Double.isNaN(low) && !Double.isNaN(high);
	}

	/**
	 * @param reference the value that stands for "no difference"
	 * @return whether there is an interval and all of it lies above
	 */
	public boolean isAbove(double reference) {
		return hasInterval() && low > reference;
	}

	/**
	 * @param reference the value that stands for "no difference"
	 * @return whether there is an interval and all of it lies below
	 */
	public boolean isBelow(double reference) {
		return hasInterval() && high < reference;
	}
}
