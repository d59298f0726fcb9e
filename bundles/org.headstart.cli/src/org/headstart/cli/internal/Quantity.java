package org.headstart.cli.internal;

import java.math.BigInteger;
import java.util.Locale;

/** Numbers as people read them. */
final class Quantity {

	private Quantity() {}

	/**
	 * A count with about three digits: {@code 950}, {@code 12.5k}, {@code 2.00M}.
	 *
	 * @param count the count; {@link Long#MAX_VALUE} means a larger one
	 * @return the text
	 */
	static String count(long count) {
		return (count == Long.MAX_VALUE ? "more than " : "") + count(BigInteger.valueOf(count));
	}

	/**
	 * The same for a count of any size.
	 *
	 * @param count the count
	 * @return the text
	 */
	static String count(BigInteger count) {
		double value = count.doubleValue();
		for (String unit : new String[] {"", "k", "M", "G", "T", "P", "E"}) {
			if (Math.abs(value) < 999.5) {
				return unit.isEmpty() ? count.toString()
						: String.format(Locale.ROOT, value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f", value) + unit;
			}
			value /= 1000;
		}
		return String.format(Locale.ROOT, "%.2e", count.doubleValue());
	}

	/**
	 * A duration: {@code 45 s}, {@code 3 min 20 s}, {@code 2 h 05 min}.
	 *
	 * @param seconds the duration
	 * @return the text
	 */
	static String time(double seconds) {
		long whole = Math.round(seconds);
		if (whole < 60) {
			return whole + " s";
		}
		if (whole < 3600) {
			return String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
		}
		long hours = whole / 3600;
		return hours < 48 ? String.format(Locale.ROOT, "%d h %02d min", hours, whole % 3600 / 60)
				: hours / 24 + " days " + hours % 24 + " h";
	}

	/**
	 * A figure with four digits.
	 *
	 * @param value the figure
	 * @return the text; a dash when it is not defined
	 */
	static String figure(double value) {
		if (Double.isNaN(value)) {
			return "–";
		}
		if (Double.isInfinite(value)) {
			return value > 0 ? "∞" : "−∞";
		}
		double size = Math.abs(value);
		if (size != 0 && (size < 1e-3 || size >= 1e7)) {
			return String.format(Locale.ROOT, "%.3g", value);
		}
		return String.format(Locale.ROOT, size >= 1000 ? "%.0f" : size >= 100 ? "%.1f" : size >= 10 ? "%.2f" : "%.3f", value);
	}
}
