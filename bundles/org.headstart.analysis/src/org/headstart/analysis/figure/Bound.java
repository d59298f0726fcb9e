package org.headstart.analysis.figure;

/** What a number says of the quantity that it stands for, where that is not known exactly. */
public enum Bound {

	/** It is the quantity. */
	EXACT("", ""),
	/** The quantity is this or less. */
	AT_MOST("≤", "<="),
	/** The quantity is this or more. */
	AT_LEAST("≥", ">="),
	/** The quantity is more: a time that lies beyond the budget. */
	MORE_THAN(">", ">");

	private final String sign;
	private final String ascii;

	Bound(String sign, String ascii) {
		this.sign = sign;
		this.ascii = ascii;
	}

	/** @return for people; empty for {@link #EXACT} */
	public String sign() {
		return sign;
	}

	/** @return for files that programs read; empty for {@link #EXACT} */
	public String ascii() {
		return ascii;
	}
}
