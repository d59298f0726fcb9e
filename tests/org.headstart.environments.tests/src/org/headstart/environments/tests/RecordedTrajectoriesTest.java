package org.headstart.environments.tests;

import org.headstart.api.environment.Environment;
import org.headstart.api.environment.TaskSet;
import org.headstart.environments.bandits.BernoulliBandit;
import org.headstart.environments.bandits.BernoulliBanditSettings;
import org.headstart.environments.bandits.TabularMdp;
import org.headstart.environments.bandits.TabularMdpSettings;
import org.headstart.environments.classic.Acrobot;
import org.headstart.environments.classic.AcrobotSettings;
import org.headstart.environments.classic.CartPole;
import org.headstart.environments.classic.CartPoleSettings;
import org.headstart.environments.classic.MountainCar;
import org.headstart.environments.classic.MountainCarContinuous;
import org.headstart.environments.classic.MountainCarContinuousSettings;
import org.headstart.environments.classic.MountainCarSettings;
import org.headstart.environments.classic.Pendulum;
import org.headstart.environments.classic.PendulumSettings;
import org.headstart.environments.maze.GridMaze;
import org.headstart.environments.maze.GridMazeSettings;
import org.headstart.environments.point.PointGoal;
import org.headstart.environments.point.PointGoalMaml;
import org.headstart.environments.point.PointGoalMamlSettings;
import org.headstart.environments.point.PointGoalSettings;
import org.headstart.testkit.RecordedTrajectory;
import org.junit.jupiter.api.Test;

/**
 * The families' results stay the same. The recordings of the classic environments were made by code that
 * {@link GymnasiumTrajectoriesTest} had found equal to Gymnasium on all its recordings.
 */
class RecordedTrajectoriesTest {

	/** Laws that call {@link Math#sin} or {@link Math#cos}. */
	private static final double TRIGONOMETRIC = 1e-5;

	private static <S extends Record> void assertAsRecorded(String name, double tolerance, Environment<S> environment,
			Class<S> settings) {
		for (TaskSet set : SettingsFor.family(environment, settings).taskSets()) {
			new RecordedTrajectory(SettingsFor.family(environment, settings), set.name(), tolerance)
					.assertAsRecorded(RecordedTrajectoriesTest.class, "trajectories/" + name + "-" + set.name() + ".csv");
		}
	}

	@Test
	void cartPole() {
		assertAsRecorded("cart-pole", TRIGONOMETRIC, new CartPole(), CartPoleSettings.class);
	}

	@Test
	void mountainCar() {
		assertAsRecorded("mountain-car", TRIGONOMETRIC, new MountainCar(), MountainCarSettings.class);
	}

	@Test
	void mountainCarContinuous() {
		assertAsRecorded("mountain-car-continuous", TRIGONOMETRIC, new MountainCarContinuous(),
				MountainCarContinuousSettings.class);
	}

	@Test
	void acrobot() {
		assertAsRecorded("acrobot", TRIGONOMETRIC, new Acrobot(), AcrobotSettings.class);
	}

	@Test
	void pendulum() {
		assertAsRecorded("pendulum", TRIGONOMETRIC, new Pendulum(), PendulumSettings.class);
	}

	@Test
	void bernoulliBandit() {
		assertAsRecorded("bernoulli-bandit", 0, new BernoulliBandit(), BernoulliBanditSettings.class);
	}

	@Test
	void tabularMdp() {
		assertAsRecorded("tabular-mdp", 0, new TabularMdp(), TabularMdpSettings.class);
	}

	@Test
	void gridMaze() {
		assertAsRecorded("grid-maze", 0, new GridMaze(), GridMazeSettings.class);
	}

	@Test
	void pointGoal() {
		assertAsRecorded("point-goal", 0, new PointGoal(), PointGoalSettings.class);
	}

	@Test
	void pointGoalOfMaml() {
		assertAsRecorded("point-goal-maml", 0, new PointGoalMaml(), PointGoalMamlSettings.class);
	}
}
