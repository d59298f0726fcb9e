package org.headstart.analysis.figure;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** Numbers as text for people, the same in every locale. As many digits as the interval bears. */
public final class Figures {

	private static final String NONE = "–";
	private static final int MOST_DECIMALS = 6;
	/** From here on numbers are shown by their size. */
	private static final double LONGEST = 1e12;

	private Figures() {}

	/**
	 * @param estimate figure and interval
	 * @return for example {@code "0.35 [0.21, 0.47]"}; without brackets where there is no interval, with {@code "≤ "} and the
	 *         like before what is a bound, and the estimate's word or a dash where there is no figure
	 */
	public static String estimate(Estimate estimate) {
		int decimals = decimals(estimate);
		return text(estimate, value -> fixed(value, decimals), "");
	}

	/**
	 * @param estimate of a share
	 * @return for example {@code "94 % [91, 97]"}
	 */
	public static String share(Estimate estimate) {
		Estimate percent = new Estimate(100 * estimate.value(), 100 * estimate.low(), 100 * estimate.high(),
				estimate.qualification());
		int decimals = Math.min(decimals(percent), 1);
		return text(percent, value -> fixed(value, decimals), " %");
	}

	/**
	 * @param estimate a difference
	 * @return like {@link #estimate}, with ▲ in front when all of the interval lies above 0 and ▼ when all of it lies below
	 */
	public static String difference(Estimate estimate) {
		return (estimate.isAbove(0) ? "▲ " : estimate.isBelow(0) ? "▼ " : "") + estimate(estimate);
	}

	/**
	 * @param estimate of a number of environment steps
	 * @return like {@link #estimate}, with short numbers as {@link #steps(double)} makes them
	 */
	public static String steps(Estimate estimate) {
		return text(estimate, Figures::steps, "");
	}

	private static String text(Estimate estimate, DoubleFunction<String> number, String unit) {
		Qualification said = estimate.qualification();
		if (!estimate.isDefined()) {
			return said.word().isEmpty() ? NONE : said.word();
		}
		String value = bounded(said.value(), number.apply(estimate.value())) + unit;
		String low = bounded(said.low(), number.apply(estimate.low()));
		String high = bounded(said.high(), number.apply(estimate.high()));
		// a time beyond the budget in every resample
		boolean beyond = said.value() == Bound.MORE_THAN && value.equals(low + unit) && low.equals(high);
		return estimate.hasInterval() && !beyond ? value + " [" + low + ", " + high + "]" : value;
	}

	private static String bounded(Bound bound, String number) {
		return bound == Bound.EXACT ? number : bound.sign() + " " + number;
	}

	/** Two significant digits of the interval's width, else three of the value. */
	private static int decimals(Estimate estimate) {
		double width = estimate.high() - estimate.low();
		double scale = width > 0 && Double.isFinite(width) ? width : Math.abs(estimate.value()) / 10;
		return scale > 0 && Double.isFinite(scale) ? Math.clamp(1 - (long) Math.floor(Math.log10(scale)), 0, MOST_DECIMALS)
				: 2;
	}

	/**
	 * @param value any
	 * @return three significant digits, or whole
	 */
	public static String number(double value) {
		return estimate(Estimate.exactly(value));
	}

	/**
	 * @param value a count, as of steps
	 * @return whole, in groups of three
	 */
	public static String count(double value) {
		return Double.isNaN(value) ? NONE : fixed(value, 0);
	}

	/**
	 * @param seconds a duration
	 * @return for example {@code "3 h 20 min"}
	 */
	public static String duration(double seconds) {
		if (Double.isNaN(seconds)) {
			return NONE;
		}
		if (seconds < 60) {
			return fixed(seconds, seconds < 10 ? 1 : 0) + " s";
		}
		if (seconds >= 3.6e9) {
			return fixed(seconds / 3600, 0) + " h";
		}
		long minutes = Math.round(seconds / 60);
		return minutes < 60 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
	}

	/**
	 * @param value    any
	 * @param decimals places behind the point
	 * @return in groups of three, with a minus sign, the same in every locale
	 */
	public static String fixed(double value, int decimals) {
		if (Double.isNaN(value)) {
			return NONE;
		}
		if (Double.isInfinite(value)) {
			return value > 0 ? "∞" : "−∞";
		}
		if (Math.abs(value) >= LONGEST) {
			return scientific(value);
		}
		BigDecimal rounded = new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN);
		if (rounded.signum() == 0 && value != 0 && decimals == MOST_DECIMALS) {
			return scientific(value);
		}
		String text = String.format(Locale.ROOT, "%,." + decimals + "f", rounded.abs());
		return rounded.signum() < 0 ? "−" + text : text;
	}

	/** Where all digits would say less than the size does. */
	private static String scientific(double value) {
		return String.format(Locale.ROOT, "%.2e", value).replaceFirst("e\\+0?", "e").replace("e-0", "e-").replace('-', '−');
	}

	/**
	 * @param share for example 0.95
	 * @return for example {@code "95 %"}
	 */
	public static String percent(double share) {
		return plain(100 * share) + " %";
	}

	/**
	 * @param steps a number of environment steps, perhaps negative
	 * @return short, with three significant digits: {@code 523k}
	 */
	public static String steps(double steps) {
		return Double.isFinite(steps) && steps != 0 ? tick(new BigDecimal(steps).round(new MathContext(3)).doubleValue())
				: fixed(steps, 0);
	}

	/**
	 * @param value a number at an axis
	 * @return short: {@code 250k} and {@code 1.5M} instead of zeros
	 */
	public static String tick(double value) {
		double size = Math.abs(value);
		if (size >= LONGEST) {
			return Double.isFinite(value) ? scientific(value) : fixed(value, 0);
		}
		if (size >= 1e9) {
			return plain(value / 1e9) + "G";
		}
		if (size >= 1e6) {
			return plain(value / 1e6) + "M";
		}
		if (size >= 1e4) {
			return plain(value / 1e3) + "k";
		}
		return plain(value);
	}

	private static String plain(double value) {
		BigDecimal rounded = new BigDecimal(value).setScale(6, RoundingMode.HALF_EVEN).stripTrailingZeros();
		return rounded.signum() < 0 ? "−" + rounded.negate().toPlainString() : rounded.toPlainString();
	}
}
