package org.headstart.environments.optimization.rate;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** The picture of a training so far: the loss above, from 0 to slightly over chance, and the rates below, on a logarithmic scale. */
final class TrainingPicture {

	private static final double HIGHEST_LOSS = 2.6;
	private static final Color FRAME = new Color(0xBBBBBB);
	private static final Color LOSS = new Color(0x1F4E9E);
	private static final Color RATE = new Color(0xC05A00);

	private TrainingPicture() {}

	/**
	 * Draws.
	 *
	 * @param canvas     where
	 * @param width      pixels
	 * @param height     pixels
	 * @param choices    the rates that can be chosen, rising
	 * @param iterations iterations of a whole training
	 * @param rates      the chosen rates
	 * @param losses     the losses; the first is the loss before any iteration
	 */
	static void draw(Graphics2D canvas, int width, int height, double[] choices, int iterations, double[] rates,
			double[] losses) {
		canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
		canvas.setColor(Color.WHITE);
		canvas.fillRect(0, 0, width, height);
		double margin = 0.05 * Math.min(width, height);
		double part = (height - 3 * margin) / 2;
		Rectangle2D above = new Rectangle2D.Double(margin, margin, width - 2 * margin, part);
		Rectangle2D below = new Rectangle2D.Double(margin, 2 * margin + part, width - 2 * margin, part);
		canvas.setColor(FRAME);
		canvas.setStroke(new BasicStroke(1));
		canvas.draw(above);
		canvas.draw(below);
		canvas.setStroke(new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
		canvas.setColor(LOSS);
		Path2D curve = new Path2D.Double();
		for (int i = 0; i < losses.length; i++) {
			to(curve, above, (double) i / iterations, losses[i] / HIGHEST_LOSS);
		}
		// a point, as long as there is no line
		to(curve, above, (losses.length - 1.0) / iterations, losses[losses.length - 1] / HIGHEST_LOSS);
		canvas.draw(curve);
		canvas.setColor(RATE);
		Path2D stairs = new Path2D.Double();
		double low = Math.log(choices[0]);
		double range = Math.log(choices[choices.length - 1]) - low;
		for (int i = 0; i < rates.length; i++) {
			double y = 0.05 + 0.9 * (Math.log(rates[i]) - low) / range;
			to(stairs, below, (double) i / iterations, y);
			to(stairs, below, (i + 1.0) / iterations, y);
		}
		if (rates.length > 0) {
			canvas.draw(stairs);
		}
	}

	private static void to(Path2D path, Rectangle2D area, double x, double y) {
		double px = area.getX() + x * area.getWidth();
		double py = area.getMaxY() - Math.min(y, 1) * area.getHeight();
		if (path.getCurrentPoint() == null) {
			path.moveTo(px, py);
		} else {
			path.lineTo(px, py);
		}
	}
}
