package org.headstart.analysis.figure;

/**
 * A figure and its confidence interval.
 *
 * @param value         the point estimate from all runs; NaN when the data do not define it
 * @param low           lower end of the interval; NaN when there is no interval, as with one seed
 * @param high          upper end of the interval; NaN when there is no interval
 * @param qualification which of the three are bounds, and why what is missing is missing
 */
public record Estimate(double value, double low, double high, Qualification qualification) {

	/** Why an estimate of one seed has no interval. */
	public static final String ONE_SEED = "one seed, so no interval";

	/** No figure at all, because none belongs there. */
	public static final Estimate UNDEFINED = new Estimate(Double.NaN, Double.NaN, Double.NaN);

	/**
	 * One without qualification.
	 *
	 * @param value the point estimate
	 * @param low   lower end of the interval
	 * @param high  upper end of the interval
	 */
	public Estimate(double value, double low, double high) {
		this(value, low, high, Qualification.NONE);
	}

	/**
	 * @param number a number without interval, as a count
	 * @return the figure
	 */
	public static Estimate exactly(double number) {
		return new Estimate(number, Double.NaN, Double.NaN);
	}

	/**
	 * @param word a few words that stand for it in a table; may be empty
	 * @param why  a clause
	 * @return a figure that would belong there but that the data do not define
	 */
	public static Estimate missing(String word, String why) {
		return UNDEFINED.noted(word, why);
	}

	/**
	 * @param word a few words for a table; may be empty
	 * @param note a clause
	 * @return this with these in place of its own
	 */
	public Estimate noted(String word, String note) {
		return new Estimate(value, low, high,
				new Qualification(qualification.value(), qualification.low(), qualification.high(), word, note));
	}

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
		return hasInterval() && low > reference && qualification.low() != Bound.AT_MOST;
	}

	/**
	 * @param reference the value that stands for "no difference"
	 * @return whether there is an interval and all of it lies below
	 */
	public boolean isBelow(double reference) {
		return hasInterval() && high < reference && (qualification.high() == Bound.EXACT || qualification.high() == Bound.AT_MOST);
	}
}
