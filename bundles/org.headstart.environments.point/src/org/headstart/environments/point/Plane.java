package org.headstart.environments.point;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Optional;

import org.headstart.api.environment.Outcome;
import org.headstart.api.environment.Trace;

/**
 * The trace, the outcome and the picture of both point tasks. The trace is the path, the outcome the distance to the goal at
 * its end, in the plane's unit. The picture has a grid and axes, the start, the goal with its success radius, the point, and
 * a dashed line between point and goal. It uses no fonts, which a server may lack.
 */
final class Plane {

	static final List<Outcome> OUTCOMES = List.of(new Outcome("final-distance",
			"Distance between the point and its goal at the end of the trial's last episode", "", Outcome.InTrial.LAST));
	static final Optional<Trace> TRACE = Optional.of(new Trace(Trace.Kind.PLANE, List.of("x", "y", "goal-x", "goal-y")));

	private static final Color BACKGROUND = new Color(0xFAFAF7);
	private static final Color PAPER = Color.WHITE;
	private static final Color GRID = new Color(0xECEEF1);
	private static final Color AXIS = new Color(0xC9CED6);
	private static final Color INK = new Color(0x2E3440);
	private static final Color BLUE = new Color(0x3B6FB6);
	private static final Color GREEN = new Color(0x3F9C6B);
	private static final Color GREEN_VEIL = new Color(0x3F, 0x9C, 0x6B, 0x38);

	private Plane() {}

	/**
	 * Draws.
	 *
	 * @param x         the point
	 * @param y         the point
	 * @param goalX     the goal
	 * @param goalY     the goal
	 * @param radius    distance that counts as reached
	 * @param halfWidth extent of the plane
	 * @param target where to draw; its settings are restored
	 * @param width     pixels
	 * @param height    pixels
	 */
	static void render(double x, double y, double goalX, double goalY, double radius, double halfWidth, Graphics2D target,
			int width, int height) {
		Graphics2D canvas = (Graphics2D) target.create();
		try {
			canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
			canvas.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
			fill(canvas, BACKGROUND, new Rectangle2D.Double(0, 0, width, height));
			double scale = Math.min(width, height) / (2.16 * halfWidth);
			canvas.translate(width / 2.0, height / 2.0);
			canvas.scale(scale, -scale);

			fill(canvas, PAPER, new Rectangle2D.Double(-halfWidth, -halfWidth, 2 * halfWidth, 2 * halfWidth));
			canvas.setStroke(new BasicStroke((float) (0.006 * halfWidth)));
			for (int i = -10; i <= 10; i++) {
				double at = halfWidth * i / 10;
				canvas.setColor(i == 0 ? AXIS : GRID);
				canvas.draw(new Line2D.Double(at, -halfWidth, at, halfWidth));
				canvas.draw(new Line2D.Double(-halfWidth, at, halfWidth, at));
			}
			canvas.setColor(AXIS);
			canvas.setStroke(new BasicStroke((float) (0.012 * halfWidth)));
			canvas.draw(new Rectangle2D.Double(-halfWidth, -halfWidth, 2 * halfWidth, 2 * halfWidth));

			canvas.setColor(INK);
			canvas.setStroke(new BasicStroke((float) (0.014 * halfWidth), BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1,
					new float[] {(float) (0.04 * halfWidth), (float) (0.03 * halfWidth)}, 0));
			canvas.draw(new Line2D.Double(x, y, goalX, goalY));

			canvas.setStroke(new BasicStroke((float) (0.012 * halfWidth)));
			canvas.setColor(INK);
			canvas.draw(disc(0, 0, 0.03 * halfWidth));
			fill(canvas, GREEN_VEIL, disc(goalX, goalY, Math.max(radius, 0.06 * halfWidth)));
			fill(canvas, GREEN, disc(goalX, goalY, 0.035 * halfWidth));
			fill(canvas, BLUE, disc(x, y, 0.05 * halfWidth));
		} finally {
			canvas.dispose();
		}
	}

	private static void fill(Graphics2D canvas, Color colour, Shape shape) {
		canvas.setColor(colour);
		canvas.fill(shape);
	}

	private static Ellipse2D disc(double x, double y, double radius) {
		return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
	}

	/** Writes {@link #OUTCOMES}. */
	static void outcomes(double[] state, int stateOffset, double[] omega, int omegaOffset, double[] outcomes, int outcomesOffset) {
		double x = omega[omegaOffset] - state[stateOffset];
		double y = omega[omegaOffset + 1] - state[stateOffset + 1];
		outcomes[outcomesOffset] = Math.sqrt(x * x + y * y);
	}

	/** Writes {@link #TRACE}. */
	static void trace(double[] state, int stateOffset, double[] omega, int omegaOffset, double[] values, int valuesOffset) {
		values[valuesOffset] = state[stateOffset];
		values[valuesOffset + 1] = state[stateOffset + 1];
		values[valuesOffset + 2] = omega[omegaOffset];
		values[valuesOffset + 3] = omega[omegaOffset + 1];
	}
}
