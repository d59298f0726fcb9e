package org.headstart.environments.classic;

import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;

/** The valley of both mountain-car tasks: its extent, and its picture with the car. */
final class Hill {

	static final double LEFT = -1.2;
	static final double RIGHT = 0.6;

	private Hill() {}

	/** Height of the track, for the picture only; the equation of motion uses its slope cos(3x). */
	private static double height(double x) {
		return 0.45 * Math.sin(3 * x) + 0.55;
	}

	/** Draws the valley, the flag and the car. */
	static void render(double position, double goal, Graphics2D canvas, int width, int height) {
		try (Scene scene = new Scene(canvas, width, height, (LEFT + RIGHT) / 2, 0.62, 1.9, 1.3)) {
			Path2D track = new Path2D.Double();
			track.moveTo(LEFT, height(LEFT));
			for (int i = 1; i <= 120; i++) {
				double x = LEFT + (RIGHT - LEFT) * i / 120;
				track.lineTo(x, height(x));
			}
			Path2D ground = new Path2D.Double(track);
			ground.lineTo(RIGHT, 0);
			ground.lineTo(LEFT, 0);
			ground.closePath();
			scene.fill(Scene.GROUND, ground);
			scene.outline(Scene.INK, 0.009, track);

			double foot = height(goal);
			scene.rod(Scene.INK, 0.008, goal, foot, goal, foot + 0.2);
			Path2D flag = new Path2D.Double();
			flag.moveTo(goal, foot + 0.2);
			flag.lineTo(goal + 0.09, foot + 0.17);
			flag.lineTo(goal, foot + 0.14);
			flag.closePath();
			scene.fill(Scene.GREEN, flag);

			AffineTransform place = AffineTransform.getTranslateInstance(position, height(position));
			place.rotate(Math.atan(1.35 * Math.cos(3 * position)));
			scene.fill(Scene.BLUE, place.createTransformedShape(
					new RoundRectangle2D.Double(-0.075, 0.025, 0.15, 0.05, 0.03, 0.03)));
			scene.fill(Scene.BLUE, place.createTransformedShape(
					new RoundRectangle2D.Double(-0.042, 0.05, 0.084, 0.055, 0.04, 0.04)));
			wheel(scene, place, -0.045);
			wheel(scene, place, 0.045);
		}
	}

	private static void wheel(Scene scene, AffineTransform place, double along) {
		Shape axle = place.createTransformedShape(new RoundRectangle2D.Double(along - 0.001, 0.024, 0.002, 0.002, 0, 0));
		double x = axle.getBounds2D().getCenterX();
		double y = axle.getBounds2D().getCenterY();
		scene.disc(Scene.INK, x, y, 0.024);
		scene.disc(Scene.FAINT, x, y, 0.01);
	}
}
