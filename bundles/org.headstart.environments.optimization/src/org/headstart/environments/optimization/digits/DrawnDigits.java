package org.headstart.environments.optimization.digits;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;

/**
 * Digits drawn from scratch, with affine and elastic distortion (Simard, Steinkraus and Platt 2003, "Best practices for
 * convolutional neural networks applied to visual document analysis", section 2), blur and noise. No font is needed, and equal
 * styles and sizes give equal pictures everywhere.
 *
 * <p>Training and test pictures come from separate streams, so no picture is in both. Pictures are drawn when first needed
 * and kept until the process ends. Thread-safe.
 */
public final class DrawnDigits {

	/** Training pictures of a style; every tenth shows the same digit. */
	public static final int TRAIN = 4000;
	/** Test pictures of a style. */
	public static final int TEST = 1000;

	/** Largest turn, in radians. */
	private static final double TURN = 0.12;
	/** Largest shear, sideways per height. */
	private static final double SHEAR = 0.12;
	/** Largest stretch of an axis, as a natural logarithm. */
	private static final double STRETCH = 0.1;
	/** Largest shift, in parts of the edge. */
	private static final double SHIFT = 0.04;
	/** The share of the edge that a digit may fill. */
	private static final double FILLED = 0.86;

	/**
	 * Elastic distortion: a field of random shifts on a grid, smoothed. Simard et al. take σ = 4 and α = 34 on 28 pixels;
	 * these are the same distortions on half as many points.
	 */
	private static final int FIELD = 14;
	private static final double FIELD_SIGMA = 2;
	private static final double FIELD_ALPHA = 6.5 / FIELD;
	private static final double[] FIELD_KERNEL = gaussian(FIELD_SIGMA, 5);

	private static final double NOISE = 0.05;
	/** Largest σ of the blur, in pixels. */
	private static final double BLUR = 0.6;
	/** Length of a dash and of a gap. */
	private static final double DASH = 0.13;

	private record Key(DigitStyle style, int side, boolean test) {}

	private static final Map<Key, DigitImages> DRAWN = new ConcurrentHashMap<>();

	private DrawnDigits() {}

	/**
	 * Pictures to learn from.
	 *
	 * @param style the style
	 * @param side  pixels along each edge, at least 8
	 * @return {@value #TRAIN} pictures
	 */
	public static DigitImages train(DigitStyle style, int side) {
		return drawn(new Key(style, side, false));
	}

	/**
	 * Other pictures, to judge by.
	 *
	 * @param style the style
	 * @param side  pixels along each edge, at least 8
	 * @return {@value #TEST} pictures
	 */
	public static DigitImages test(DigitStyle style, int side) {
		return drawn(new Key(style, side, true));
	}

	private static DigitImages drawn(Key key) {
		if (key.side() < 8) {
			throw new IllegalArgumentException("digits need at least 8 pixels along each edge, not " + key.side());
		}
		return DRAWN.computeIfAbsent(key, DrawnDigits::draw);
	}

	private static DigitImages draw(Key key) {
		RandomStreams streams = new RandomStreams(2003).under(key.style().name()).under(key.test() ? "test" : "train");
		int count = key.test() ? TEST : TRAIN;
		int pixels = key.side() * key.side();
		float[] images = new float[count * pixels];
		byte[] labels = new byte[count];
		Canvas canvas = new Canvas(key.side());
		for (int i = 0; i < count; i++) {
			labels[i] = (byte) (i % DigitImages.CLASSES);
			canvas.draw(labels[i], key.style(), streams.stream("image-" + i));
			for (int p = 0; p < pixels; p++) {
				images[i * pixels + p] = (float) canvas.image[p];
			}
		}
		return new DigitImages(key.side(), images, labels);
	}

	/** A Gaussian's values at −reach … reach, which sum to 1. */
	private static double[] gaussian(double sigma, int reach) {
		double[] kernel = new double[2 * reach + 1];
		double sum = 0;
		for (int i = 0; i < kernel.length; i++) {
			double x = (i - reach) / sigma;
			kernel[i] = StrictMath.exp(-0.5 * x * x);
			sum += kernel[i];
		}
		for (int i = 0; i < kernel.length; i++) {
			kernel[i] /= sum;
		}
		return kernel;
	}

	/** Convolves an image of one float a point with a kernel along both axes; beyond the edge there is zero. */
	private static void smooth(double[] image, double[] scratch, int side, double[] kernel) {
		convolve(image, scratch, side, 1, kernel);
		convolve(scratch, image, side, side, kernel);
	}

	private static void convolve(double[] from, double[] to, int side, int stride, double[] kernel) {
		int reach = kernel.length / 2;
		int across = stride == 1 ? side : 1;
		for (int line = 0; line < side; line++) {
			for (int i = 0; i < side; i++) {
				double sum = 0;
				for (int k = Math.max(-reach, -i); k <= Math.min(reach, side - 1 - i); k++) {
					sum += kernel[k + reach] * from[line * across + (i + k) * stride];
				}
				to[line * across + i * stride] = sum;
			}
		}
	}

	/** Draws one picture after the other. */
	private static final class Canvas {

		final double[] image;
		private final double[] scratch;
		private final int side;
		private final double[] shiftX = new double[FIELD * FIELD];
		private final double[] shiftY = new double[FIELD * FIELD];
		private final double[] fieldScratch = new double[FIELD * FIELD];

		Canvas(int side) {
			this.side = side;
			image = new double[side * side];
			scratch = new double[side * side];
		}

		void draw(int digit, DigitStyle style, RandomStream random) {
			double[][] strokes = style == DigitStyle.SEGMENTS ? Glyphs.segments(digit)
					: Glyphs.written(digit, random.nextInt(Glyphs.ways(digit)));
			double[][] distorted = distort(strokes, style, random);
			double width = StrictMath.exp(random.uniform(-0.25, 0.25)) * side;
			double dash = style == DigitStyle.DASHED ? DASH * side : 0;
			ink(distorted, style.radius * width, style.hollow * width, dash, random.nextDouble());
			double ink = random.uniform(0.7, 1);
			smooth(image, scratch, side, gaussian(random.uniform(0.1, BLUR), 2));
			for (int p = 0; p < image.length; p++) {
				double value = ink * image[p];
				value = style == DigitStyle.INVERTED ? 1 - value : value;
				image[p] = Math.clamp(value + NOISE * random.nextGaussian(), 0.0, 1.0);
			}
		}

		/** @return the strokes in pixels */
		private double[][] distort(double[][] strokes, DigitStyle style, RandomStream random) {
			double turn = random.uniform(-TURN, TURN);
			double cos = StrictMath.cos(turn);
			double sin = StrictMath.sin(turn);
			double shear = style.slant + random.uniform(-SHEAR, SHEAR);
			double stretchX = StrictMath.exp(random.uniform(-STRETCH, STRETCH));
			double stretchY = StrictMath.exp(random.uniform(-STRETCH, STRETCH));
			double moveX = random.uniform(-SHIFT, SHIFT);
			double moveY = random.uniform(-SHIFT, SHIFT);
			drawField(shiftX, random);
			drawField(shiftY, random);
			double[][] distorted = new double[strokes.length][];
			for (int s = 0; s < strokes.length; s++) {
				distorted[s] = new double[strokes[s].length];
				for (int i = 0; i < strokes[s].length; i += 2) {
					double y = stretchY * (strokes[s][i + 1] - 0.5);
					double x = stretchX * (strokes[s][i] - 0.5) - shear * y;
					double px = 0.5 + FILLED * (cos * x - sin * y) + moveX;
					double py = 0.5 + FILLED * (sin * x + cos * y) + moveY;
					distorted[s][i] = side * (px + at(shiftX, px, py));
					distorted[s][i + 1] = side * (py + at(shiftY, px, py));
				}
			}
			return distorted;
		}

		private void drawField(double[] field, RandomStream random) {
			for (int i = 0; i < field.length; i++) {
				field[i] = FIELD_ALPHA * random.uniform(-1, 1);
			}
			smooth(field, fieldScratch, FIELD, FIELD_KERNEL);
		}

		/** Bilinear between the points of a field that spans the picture. */
		private static double at(double[] field, double x, double y) {
			double gridX = Math.clamp(x * (FIELD - 1), 0.0, FIELD - 1.001);
			double gridY = Math.clamp(y * (FIELD - 1), 0.0, FIELD - 1.001);
			int left = (int) gridX;
			int top = (int) gridY;
			double right = gridX - left;
			double down = gridY - top;
			int i = top * FIELD + left;
			return (1 - down) * ((1 - right) * field[i] + right * field[i + 1])
					+ down * ((1 - right) * field[i + FIELD] + right * field[i + FIELD + 1]);
		}

		/**
		 * Colours each pixel by its distance from the nearest stroke.
		 *
		 * @param strokes in pixels
		 * @param radius  half the pen's width, in pixels
		 * @param hollow  half the width of the gap in a stroke, in pixels; 0 for none
		 * @param dash    length of dashes and gaps in pixels; 0 for none
		 * @param phase   the phase of dash and gap at the beginning of a stroke, from 0 to 1
		 */
		private void ink(double[][] strokes, double radius, double hollow, double dash, double phase) {
			for (int row = 0; row < side; row++) {
				for (int column = 0; column < side; column++) {
					double x = column + 0.5;
					double y = row + 0.5;
					double nearest = Double.POSITIVE_INFINITY;
					for (double[] stroke : strokes) {
						nearest = Math.min(nearest, distanceSquared(stroke, x, y, dash, phase));
					}
					double distance = Math.sqrt(nearest);
					double cover = Math.clamp(radius - distance + 0.5, 0.0, 1.0);
					image[row * side + column] = hollow == 0 ? cover
							: cover * Math.clamp(distance - hollow + 0.5, 0.0, 1.0);
				}
			}
		}

		private static double distanceSquared(double[] stroke, double x, double y, double dash, double phase) {
			double nearest = Double.POSITIVE_INFINITY;
			double length = phase * 2 * dash;
			for (int i = 2; i < stroke.length; i += 2) {
				double fromX = stroke[i - 2];
				double fromY = stroke[i - 1];
				double alongX = stroke[i] - fromX;
				double alongY = stroke[i + 1] - fromY;
				double square = alongX * alongX + alongY * alongY;
				double part = square == 0 ? 0
						: Math.clamp(((x - fromX) * alongX + (y - fromY) * alongY) / square, 0.0, 1.0);
				double segment = Math.sqrt(square);
				boolean gap = dash > 0 && ((long) ((length + part * segment) / dash) & 1) == 1;
				length += segment;
				if (!gap) {
					double awayX = fromX + part * alongX - x;
					double awayY = fromY + part * alongY - y;
					nearest = Math.min(nearest, awayX * awayX + awayY * awayY);
				}
			}
			return nearest;
		}
	}
}
