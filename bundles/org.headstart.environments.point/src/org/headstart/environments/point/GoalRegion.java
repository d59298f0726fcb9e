package org.headstart.environments.point;

import java.util.function.Predicate;

import org.headstart.api.environment.TaskSampler;
import org.headstart.api.random.RandomStream;

/**
 * The goals in a shape within a square around the start, uniform by area.
 *
 * @param halfWidth the square is [−halfWidth, halfWidth)²
 * @param shape     the shape; a share of the square large enough for rejection sampling
 */
record GoalRegion(double halfWidth, Shape shape) implements TaskSampler, Predicate<double[]> {

	/** Part of the plane. */
	interface Shape {

		boolean contains(double x, double y);

		default Shape and(Shape other) {
			return (x, y) -> contains(x, y) && other.contains(x, y);
		}

		default Shape outside() {
			return (x, y) -> !contains(x, y);
		}
	}

	/** Directions in [from, to), degrees in [0, 360). */
	static Shape sector(double from, double to) {
		return (x, y) -> {
			// StrictMath: the same split on every processor.
			double angle = StrictMath.toDegrees(StrictMath.atan2(y, x));
			double direction = angle < 0 ? angle + 360 : angle;
			return direction >= from && direction < to;
		};
	}

	/** Distances in [from, to). */
	static Shape ring(double from, double to) {
		return (x, y) -> {
			double squared = x * x + y * y;
			return squared >= from * from && squared < to * to;
		};
	}

	@Override
	public void sample(RandomStream random, double[] omega, int omegaOffset) {
		double x;
		double y;
		do {
			x = random.uniform(-halfWidth, halfWidth);
			y = random.uniform(-halfWidth, halfWidth);
		} while (!shape.contains(x, y));
		omega[omegaOffset] = x;
		omega[omegaOffset + 1] = y;
	}

	@Override
	public boolean test(double[] omega) {
		return Math.abs(omega[0]) <= halfWidth && Math.abs(omega[1]) <= halfWidth && shape.contains(omega[0], omega[1]);
	}
}
