package org.headstart.environments.classic;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;

/**
 * A picture in metres: x to the right, y up, the whole world in view at any size of the canvas, anti-aliased on a light
 * background. Uses no fonts, which a server may lack.
 */
final class Scene implements AutoCloseable {

	static final Color BACKGROUND = new Color(0xFAFAF7);
	static final Color INK = new Color(0x2E3440);
	static final Color FAINT = new Color(0xC9CED6);
	static final Color GROUND = new Color(0xE3E6E1);
	static final Color BLUE = new Color(0x3B6FB6);
	static final Color ORANGE = new Color(0xE08A3C);
	static final Color GREEN = new Color(0x3F9C6B);

	private final Graphics2D canvas;

	/**
	 * Clears the canvas and sets the view.
	 *
	 * @param canvas      where to draw; its settings are restored
	 * @param width       pixels
	 * @param height      pixels
	 * @param centreX     x in the middle of the picture
	 * @param centreY     y in the middle of the picture
	 * @param worldWidth  width that must be in view
	 * @param worldHeight height that must be in view
	 */
	Scene(Graphics2D canvas, int width, int height, double centreX, double centreY, double worldWidth,
			double worldHeight) {
		this.canvas = (Graphics2D) canvas.create();
		this.canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
		this.canvas.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
		this.canvas.setColor(BACKGROUND);
		this.canvas.fillRect(0, 0, width, height);
		double scale = Math.min(width / worldWidth, height / worldHeight);
		this.canvas.translate(width / 2.0, height / 2.0);
		this.canvas.scale(scale, -scale);
		this.canvas.translate(-centreX, -centreY);
	}

	/** A filled shape. */
	void fill(Color colour, Shape shape) {
		canvas.setColor(colour);
		canvas.fill(shape);
	}

	/** Draws a shape's outline; its thickness is in metres. */
	void outline(Color colour, double thickness, Shape shape) {
		canvas.setColor(colour);
		canvas.setStroke(new BasicStroke((float) thickness, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
		canvas.draw(shape);
	}

	/** A dashed line. */
	void dashes(Color colour, double thickness, double dash, double x0, double y0, double x1, double y1) {
		canvas.setColor(colour);
		canvas.setStroke(new BasicStroke((float) thickness, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1,
				new float[] {(float) dash, (float) dash}, 0));
		canvas.draw(new Line2D.Double(x0, y0, x1, y1));
	}

	/** A rod with round ends. */
	void rod(Color colour, double thickness, double x0, double y0, double x1, double y1) {
		outline(colour, thickness, new Line2D.Double(x0, y0, x1, y1));
	}

	/** A filled circle. */
	void disc(Color colour, double x, double y, double radius) {
		fill(colour, new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
	}

	@Override
	public void close() {
		canvas.dispose();
	}
}
