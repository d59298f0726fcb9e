package org.headstart.strategies;

import org.headstart.api.settings.SettingSyntax;

/**
 * The one parameter of a reference algorithm: a number, or the algorithm's own default.
 *
 * @param value the number; NaN for the default
 */
@SettingSyntax("number | default")
public record ParameterValue(double value) {

	/** The algorithm's default. */
	public static final ParameterValue DEFAULT = new ParameterValue(Double.NaN);

	private static final String DEFAULT_WORD = "default";

	/** Checks. */
	public ParameterValue {
		if (Double.isInfinite(value)) {
			throw new IllegalArgumentException("must be a finite number or " + DEFAULT_WORD + ", not " + value);
		}
	}

	/**
	 * Reads the value from YAML.
	 *
	 * @param yaml a number, or the word {@code default}
	 * @return the value
	 * @throws IllegalArgumentException when it is neither; the message is for the user
	 */
	public static ParameterValue of(Object yaml) {
		if (DEFAULT_WORD.equals(yaml)) {
			return DEFAULT;
		}
		if (yaml instanceof Number number && !Double.isNaN(number.doubleValue())) {
			return new ParameterValue(number.doubleValue());
		}
		throw new IllegalArgumentException("must be a number or " + DEFAULT_WORD + ", not '" + yaml + "'");
	}

	/** @return whether it is the algorithm's default */
	public boolean isDefault() {
		return Double.isNaN(value);
	}

	@Override
	public String toString() {
		return isDefault() ? DEFAULT_WORD : Double.toString(value);
	}
}
