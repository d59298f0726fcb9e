package org.headstart.environments.optimization.digits;

/** The styles of drawn digits: domains that share their classes. Lengths are shares of the picture's edge. */
public enum DigitStyle {

	/** A pen of medium width. */
	PLAIN(0.055, 0, 0),
	/** A fine pen. */
	THIN(0.03, 0, 0),
	/** A broad pen. */
	BOLD(0.09, 0, 0),
	/** Leaning to the right. */
	SLANTED(0.055, 0, 0.4),
	/** The border of broad strokes. */
	OUTLINE(0.095, 0.045, 0),
	/** Bright on dark becomes dark on bright. */
	INVERTED(0.055, 0, 0),
	/** Strokes with gaps. */
	DASHED(0.055, 0, 0),
	/** The shapes of a seven-segment display. */
	SEGMENTS(0.055, 0, 0);

	/** Half the pen's width. */
	final double radius;
	/** Half the width of the gap in the middle of a stroke. */
	final double hollow;
	/** How far the top leans to the right, per height. */
	final double slant;

	DigitStyle(double radius, double hollow, double slant) {
		this.radius = radius;
		this.hollow = hollow;
		this.slant = slant;
	}
}
