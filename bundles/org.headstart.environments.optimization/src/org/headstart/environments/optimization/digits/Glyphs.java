package org.headstart.environments.optimization.digits;

import java.util.ArrayList;
import java.util.List;

/**
 * The digits' shapes as strokes in the unit square, x to the right and y down: one or more ways to write each digit, and the
 * seven-segment ones. A stroke is a polygonal line x₀, y₀, x₁, y₁, …
 */
final class Glyphs {

	/** Points of a full turn. */
	private static final int TURN = 24;
	private static final int CURVE = 8;

	/** [digit][way to write it]. */
	private static final double[][][][] WRITTEN = {
			{glyph(pen(0.74, 0.5).arc(0.5, 0.5, 0.24, 0.39, 0, 360))},
			{glyph(pen(0.5, 0.1).to(0.5, 0.9)),
					glyph(pen(0.33, 0.28).to(0.52, 0.1).to(0.52, 0.9)),
					glyph(pen(0.33, 0.28).to(0.52, 0.1).to(0.52, 0.9), pen(0.34, 0.9).to(0.7, 0.9))},
			{glyph(pen(0.26, 0.3).arc(0.5, 0.31, 0.24, 0.21, 185, 380).curve(0.6, 0.6, 0.23, 0.9).to(0.78, 0.9)),
					glyph(pen(0.26, 0.25).arc(0.48, 0.31, 0.25, 0.21, 200, 385).curve(0.55, 0.7, 0.3, 0.86)
							.curve(0.18, 0.92, 0.2, 0.8).curve(0.3, 0.68, 0.5, 0.84).curve(0.65, 0.95, 0.8, 0.82))},
			{glyph(pen(0.27, 0.2).arc(0.47, 0.3, 0.24, 0.2, 215, 450).arc(0.46, 0.7, 0.28, 0.2, 270, 510)),
					glyph(pen(0.25, 0.1).to(0.74, 0.1).to(0.46, 0.42).arc(0.46, 0.66, 0.28, 0.24, 270, 510))},
			{glyph(pen(0.62, 0.9).to(0.62, 0.1).to(0.2, 0.64).to(0.82, 0.64)),
					glyph(pen(0.28, 0.12).to(0.24, 0.55).to(0.8, 0.55), pen(0.66, 0.3).to(0.64, 0.9))},
			{glyph(pen(0.74, 0.1).to(0.32, 0.1).to(0.28, 0.47).arc(0.48, 0.65, 0.27, 0.25, 225, 500))},
			{glyph(pen(0.66, 0.11).curve(0.28, 0.25, 0.26, 0.66).arc(0.5, 0.68, 0.24, 0.22, 180, 540))},
			{glyph(pen(0.22, 0.1).to(0.78, 0.1).to(0.42, 0.9)),
					glyph(pen(0.22, 0.12).to(0.78, 0.1).curve(0.55, 0.5, 0.45, 0.9), pen(0.36, 0.5).to(0.7, 0.48))},
			{glyph(pen(0.5, 0.49).arc(0.5, 0.3, 0.2, 0.19, 90, 450).arc(0.5, 0.7, 0.25, 0.21, 270, 630))},
			{glyph(pen(0.74, 0.32).arc(0.5, 0.32, 0.24, 0.22, 0, 360).curve(0.76, 0.7, 0.56, 0.9)),
					glyph(pen(0.74, 0.32).arc(0.5, 0.32, 0.24, 0.22, 0, 360).to(0.7, 0.9))}};

	/** The segments a to g, in the order of their letters. */
	private static final double[][] SEGMENTS = {{0.27, 0.1, 0.73, 0.1}, {0.73, 0.1, 0.73, 0.5}, {0.73, 0.5, 0.73, 0.9},
			{0.73, 0.9, 0.27, 0.9}, {0.27, 0.9, 0.27, 0.5}, {0.27, 0.5, 0.27, 0.1}, {0.27, 0.5, 0.73, 0.5}};

	private static final String[] LIT = {"abcdef", "bc", "abged", "abgcd", "fgbc", "afgcd", "afgedc", "abc", "abcdefg",
			"abfgcd"};

	private Glyphs() {}

	/** @return how many ways there are to write a digit */
	static int ways(int digit) {
		return WRITTEN[digit].length;
	}

	/** @return the strokes of a digit as people write it; not to be changed */
	static double[][] written(int digit, int way) {
		return WRITTEN[digit][way];
	}

	/** @return the strokes of a digit on a seven-segment display; not to be changed */
	static double[][] segments(int digit) {
		double[][] strokes = new double[LIT[digit].length()][];
		for (int i = 0; i < strokes.length; i++) {
			strokes[i] = SEGMENTS[LIT[digit].charAt(i) - 'a'];
		}
		return strokes;
	}

	private static double[][] glyph(Pen... strokes) {
		double[][] glyph = new double[strokes.length][];
		for (int i = 0; i < strokes.length; i++) {
			glyph[i] = strokes[i].points.stream().mapToDouble(Double::doubleValue).toArray();
		}
		return glyph;
	}

	private static Pen pen(double x, double y) {
		return new Pen().to(x, y);
	}

	/** Draws one stroke. */
	private static final class Pen {

		private final List<Double> points = new ArrayList<>();

		Pen to(double x, double y) {
			points.add(x);
			points.add(y);
			return this;
		}

		/** A quadratic Bézier curve from where the pen is. */
		Pen curve(double controlX, double controlY, double x, double y) {
			double fromX = points.get(points.size() - 2);
			double fromY = points.get(points.size() - 1);
			for (int i = 1; i <= CURVE; i++) {
				double t = (double) i / CURVE;
				double a = (1 - t) * (1 - t);
				double b = 2 * t * (1 - t);
				to(a * fromX + b * controlX + t * t * x, a * fromY + b * controlY + t * t * y);
			}
			return this;
		}

		/** Part of an ellipse; degrees count from the right, clockwise since y points down. */
		Pen arc(double centreX, double centreY, double radiusX, double radiusY, double from, double to) {
			int parts = (int) Math.ceil(TURN * (to - from) / 360);
			for (int i = 0; i <= parts; i++) {
				double angle = StrictMath.toRadians(from + (to - from) * i / parts);
				to(centreX + radiusX * StrictMath.cos(angle), centreY + radiusY * StrictMath.sin(angle));
			}
			return this;
		}
	}
}
