package org.headstart.environments.point;

import java.util.ArrayList;
import java.util.List;

import org.headstart.api.environment.Environment;
import org.headstart.api.environment.ParameterGroup;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskFamily.ReturnShape;
import org.headstart.api.environment.TaskRole;
import org.headstart.api.environment.TaskSet;
import org.headstart.api.random.RandomStreams;

/**
 * A point starts at the origin of the plane and must reach a goal. An action is a step; the reward is minus the distance to
 * the goal after it. Id {@code point-goal}. ω is (goal.x, goal.y); goals are uniform by area, and none is within the success
 * radius of the start.
 *
 * <p>Split {@code sample} holds single goals out, so that the test measures interpolation (Duan et al. 2016, "RL²", evaluate
 * on unseen tasks of the same distribution). {@code sector} and {@code ring} hold a region out, which is harder.
 */
public final class PointGoal implements Environment<PointGoalSettings> {

	/** The narrowest sector for rejection sampling. */
	private static final double MIN_DEGREES = 5;
	/** The narrowest ring for rejection sampling, as a share of the half-width. */
	private static final double MIN_RING = 0.05;

	@Override
	public TaskFamily create(PointGoalSettings settings) {
		check(settings);
		double h = settings.halfWidth();
		int steps = settings.maxEpisodeSteps();
		// the lowest reward is that of a point in one corner and a goal in the opposite one
		return new TaskFamily(new PointGoalDynamics(settings),
				List.of(new ParameterGroup("goal", List.of("x", "y"), "", -h, h, Double.NaN)), taskSets(settings),
				new ReturnShape(-steps * 2 * Math.sqrt(2) * h, 0, Double.NaN));
	}

	private static void check(PointGoalSettings settings) {
		if (settings.successRadius() > settings.halfWidth() / 2) {
			throw new IllegalArgumentException("success-radius " + settings.successRadius()
					+ " must be at most half of half-width " + settings.halfWidth() + ", or almost no goals are left");
		}
		if (settings.endAtGoal() && settings.actions() == StepChoice.DISCRETE
				&& settings.successRadius() < settings.maxStep() * Math.sqrt(0.5)) {
			throw new IllegalArgumentException("with discrete actions some goals lie " + settings.maxStep() * Math.sqrt(0.5)
					+ " from any place that steps of max-step " + settings.maxStep() + " lead to, so success-radius "
					+ settings.successRadius() + " could not be reached: make it larger, or set end-at-goal to false");
		}
	}

	private static List<TaskSet> taskSets(PointGoalSettings settings) {
		double h = settings.halfWidth();
		double reached = settings.successRadius();
		GoalRegion.Shape away = (x, y) -> x * x + y * y >= reached * reached;
		return switch (settings.split()) {
			case SAMPLE -> samples(settings.sample(), new GoalRegion(h, away));
			case SECTOR -> {
				SectorSplit sector = settings.sector();
				checkOrder("sector", sector.from(), sector.to(), sector.validationTo(), MIN_DEGREES);
				if (sector.validationTo() - sector.from() > 360 - MIN_DEGREES) {
					throw new IllegalArgumentException("sector: nothing is left to train on between validation-to "
							+ sector.validationTo() + "° and from " + sector.from() + "°");
				}
				yield regions(h, away, GoalRegion.sector(sector.from(), sector.to()),
						GoalRegion.sector(sector.to(), sector.validationTo()), sector.validationTo() > sector.to(),
						"directions", "°", sector.from(), sector.to(), sector.validationTo());
			}
			case RING -> {
				RingSplit ring = settings.ring();
				checkOrder("ring", ring.from(), ring.to(), ring.validationTo(), MIN_RING);
				if (ring.to() * h <= reached + MIN_RING * h / 2) {
					throw new IllegalArgumentException("ring: the test ring ends at " + ring.to() * h
							+ ", within success-radius " + reached + " of the start");
				}
				yield regions(h, away, GoalRegion.ring(ring.from() * h, ring.to() * h),
						GoalRegion.ring(ring.to() * h, ring.validationTo() * h), ring.validationTo() > ring.to(),
						"distances", "", ring.from() * h, ring.to() * h, ring.validationTo() * h);
			}
		};
	}

	private static void checkOrder(String split, double from, double to, double validationTo, double narrowest) {
		if (to - from < narrowest) {
			throw new IllegalArgumentException(split + ": 'to' " + to + " must be at least " + narrowest + " above 'from' "
					+ from);
		}
		if (validationTo != to && validationTo - to < narrowest) {
			throw new IllegalArgumentException(split + ": 'validation-to' " + validationTo + " must be equal to 'to' " + to
					+ " (no validation set) or at least " + narrowest + " above it");
		}
	}

	private static List<TaskSet> samples(SampleSplit sizes, GoalRegion plane) {
		RandomStreams streams = new RandomStreams(sizes.seed());
		GoalList test = new GoalList(sizes.test(), plane, streams.stream("test"));
		GoalList validation = new GoalList(sizes.validation(), plane, streams.stream("validation"), test);
		GoalList train = new GoalList(sizes.train(), plane, streams.stream("train"), test, validation);
		List<TaskSet> sets = new ArrayList<>();
		sets.add(new TaskSet("train", sizes.train() + " goals in the plane", TaskRole.TRAIN, train, train));
		if (validation.size() > 0) {
			sets.add(new TaskSet("validation", sizes.validation() + " other goals", TaskRole.VALIDATION, validation, validation));
		}
		sets.add(new TaskSet("test", sizes.test() + " other goals", TaskRole.TEST, test, test));
		return sets;
	}

	private static List<TaskSet> regions(double halfWidth, GoalRegion.Shape away, GoalRegion.Shape test,
			GoalRegion.Shape validation, boolean hasValidation, String what, String unit, double from, double to,
			double validationTo) {
		GoalRegion trainGoals = new GoalRegion(halfWidth, away.and(test.outside()).and(validation.outside()));
		GoalRegion testGoals = new GoalRegion(halfWidth, away.and(test));
		List<TaskSet> sets = new ArrayList<>();
		sets.add(new TaskSet("train", "goals in " + what + " not from " + from + unit + " to " + validationTo + unit, TaskRole.TRAIN,
				trainGoals, trainGoals));
		if (hasValidation) {
			GoalRegion validationGoals = new GoalRegion(halfWidth, away.and(validation));
			sets.add(new TaskSet("validation", "goals in " + what + " from " + to + unit + " to " + validationTo + unit,
					TaskRole.VALIDATION, validationGoals, validationGoals));
		}
		sets.add(new TaskSet("test", "goals in " + what + " from " + from + unit + " to " + to + unit, TaskRole.TEST, testGoals,
				testGoals));
		return sets;
	}
}
