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
 * The 2D navigation of MAML (Finn, Abbeel and Levine 2017, section 5.3), as in the authors' code (cbfinn/maml_rl,
 * {@code point_env_randgoal.py}): start (0, 0), goal uniform in [−0.5, 0.5]², steps of at most 0.1 per axis, reward −‖x −
 * goal‖ after the step (the paper's text says squared; its figures fit the code), terminated within 0.01 of the goal on both
 * axes. Id {@code point-goal-maml}. ω is (goal.x, goal.y).
 *
 * <p>Training goals are drawn afresh for every episode's task, as in the code; validation and test goals are lists drawn once,
 * which training goals avoid.
 */
public final class PointGoalMaml implements Environment<PointGoalMamlSettings> {

	static final double GOAL_BOUND = 0.5;

	@Override
	public TaskFamily create(PointGoalMamlSettings settings) {
		return new TaskFamily(new PointGoalMamlDynamics(settings),
				List.of(new ParameterGroup("goal", List.of("x", "y"), "", -GOAL_BOUND, GOAL_BOUND, Double.NaN)), taskSets(settings),
				new ReturnShape(worstReturn(settings.maxEpisodeSteps()), 0, Double.NaN));
	}

	/** The return of a walk away from a goal in the corner. */
	private static double worstReturn(int steps) {
		double sum = 0;
		for (int step = 1; step <= steps; step++) {
			sum -= Math.sqrt(2) * (GOAL_BOUND + PointGoalMamlDynamics.MAX_STEP * step);
		}
		return sum;
	}

	private static List<TaskSet> taskSets(PointGoalMamlSettings settings) {
		GoalRegion square = new GoalRegion(GOAL_BOUND, (x, y) -> true);
		RandomStreams streams = new RandomStreams(settings.splitSeed());
		GoalList test = new GoalList(settings.testGoals(), square, streams.stream("test"));
		GoalList validation = new GoalList(settings.validationGoals(), square, streams.stream("validation"), test);
		GoalRegion train = new GoalRegion(GOAL_BOUND, (x, y) -> !test.contains(x, y) && !validation.contains(x, y));
		List<TaskSet> sets = new ArrayList<>();
		sets.add(new TaskSet("train", "goals drawn afresh from the square", TaskRole.TRAIN, train, train));
		if (validation.size() > 0) {
			sets.add(new TaskSet("validation", validation.size() + " goals of the square", TaskRole.VALIDATION, validation, validation));
		}
		sets.add(new TaskSet("test", test.size() + " goals of the square", TaskRole.TEST, test, test));
		return sets;
	}
}
