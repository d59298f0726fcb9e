package org.headstart.analysis.figure;

/**
 * What has to be said with a figure so that it is not read as more than it is.
 *
 * @param value what the figure bounds
 * @param low   what the lower end of its interval bounds
 * @param high  what the upper end bounds
 * @param word  a few words for the figure's place in a table: instead of it where there is none, else behind it; may be empty
 * @param note  why there is no figure or no interval, or what the word means: a clause without a full stop; may be empty
 */
public record Qualification(Bound value, Bound low, Bound high, String word, String note) {

	/** Nothing has to be said. */
	public static final Qualification NONE = new Qualification(Bound.EXACT, Bound.EXACT, Bound.EXACT, "", "");
}
