package org.headstart.examples.spirals;

import java.util.Locale;
import java.util.Optional;

import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DataSet;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.Environment;
import org.headstart.api.environment.Examples;
import org.headstart.api.environment.MemoryExamples;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskFamily.LabelledTask;
import org.headstart.api.environment.TaskRole;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.settings.Setting;

/**
 * Classification of points on two spirals in a plane (Lang and Witbrock 1988). The task is the angle by which they are
 * turned: upright spirals for training, turned ones for testing.
 */
public final class Spirals implements Environment<Spirals.Settings> {

	/** The settings. */
	public record Settings(
			@Setting(value = "Points to learn from, of both spirals together; the same number of others is for testing", byDefault = "1000",
					min = 2,
					max = 1e6) int points,
			@Setting(value = "Number of these points of each spiral to learn from, chosen anew for each seed; 0: all", byDefault = "0",
					min = 0, max = 1e6) int perClass,
			@Setting(value = "Standard deviation of the points around the spirals, whose radius is 1", byDefault = "0.02", min = 0,
					max = 1) double noise) {}

	@Override
	public TaskFamily create(Settings settings) {
		return TaskFamily.labelled(task(TaskRole.TRAIN, 0, settings), task(TaskRole.VALIDATION, 30, settings),
				task(TaskRole.TEST, 60, settings));
	}

	private static LabelledTask task(TaskRole role, double degrees, Settings settings) {
		DataSet all = new Turned(degrees, settings.points(), settings.noise());
		return new LabelledTask(role.toString(), String.format(Locale.ROOT, "turned by %.0f degrees", degrees), role,
				settings.perClass() == 0 ? all : all.perClass(settings.perClass()));
	}

	/** The points' coordinates and their spirals; the two spirals alternate. */
	private record Turned(double degrees, int points, double noise) implements DataSet {

		private static final ObservationSpace PLACE = ObservationSpace.of(BoxSpace.uniform(2, -10, 10));
		private static final DiscreteSpace SPIRAL = new DiscreteSpace(2);

		@Override
		public ObservationSpace inputs() {
			return PLACE;
		}

		@Override
		public Optional<ActionSpace> labels() {
			return Optional.of(SPIRAL);
		}

		@Override
		public int size(Split split) {
			return points;
		}

		/** Draws the points, always the same; a data set in a file would be read here. */
		@Override
		public Examples open(Selection selection) {
			RandomStream random = new RandomStreams(1).stream(selection.split().name());
			float[] places = new float[2 * points];
			int[] spirals = new int[points];
			for (int i = 0; i < points; i++) {
				spirals[i] = i % 2;
				double radius = random.uniform(0.1, 1);
				double angle = 2 * Math.PI * radius + Math.PI * spirals[i] + Math.toRadians(degrees);
				places[2 * i] = (float) Math.clamp(radius * StrictMath.cos(angle) + noise * random.nextGaussian(), -10, 10);
				places[2 * i + 1] = (float) Math.clamp(radius * StrictMath.sin(angle) + noise * random.nextGaussian(), -10, 10);
			}
			return MemoryExamples.of(PLACE, SPIRAL, places, spirals);
		}
	}
}
