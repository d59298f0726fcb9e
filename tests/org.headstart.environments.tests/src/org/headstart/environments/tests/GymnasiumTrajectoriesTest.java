package org.headstart.environments.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.TaskFamily;
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
import org.junit.jupiter.api.Test;

/**
 * Every step of Gymnasium's recorded trajectories, taken again: from a row's state and the next row's action to that row's
 * state within 1e-6 (relative), observation, reward and termination. The recordings lie beside the repository, in
 * {@code ../shared/gymnasium}, or in {@code gymnasium} below the system property {@code headstart.shared}.
 */
class GymnasiumTrajectoriesTest {

	private static final double TOLERANCE = 1e-6;

	@Test
	void cartPole() throws IOException {
		replay("CartPole-v1.csv", SettingsFor.family(new CartPole(), CartPoleSettings.class));
	}

	@Test
	void mountainCar() throws IOException {
		replay("MountainCar-v0.csv", SettingsFor.family(new MountainCar(), MountainCarSettings.class));
	}

	@Test
	void mountainCarContinuous() throws IOException {
		replay("MountainCarContinuous-v0.csv",
				SettingsFor.family(new MountainCarContinuous(), MountainCarContinuousSettings.class));
	}

	@Test
	void acrobot() throws IOException {
		replay("Acrobot-v1.csv", SettingsFor.family(new Acrobot(), AcrobotSettings.class));
	}

	@Test
	void pendulum() throws IOException {
		replay("Pendulum-v1.csv", SettingsFor.family(new Pendulum(), PendulumSettings.class));
	}

	private static void replay(String file, TaskFamily family) throws IOException {
		List<String> lines = Files.readAllLines(recordings().resolve(file));
		int states = (int) Arrays.stream(lines.get(0).split(",")).filter(name -> name.matches("s\\d+")).count();
		int observations = (int) Arrays.stream(lines.get(0).split(",")).filter(name -> name.matches("o\\d+")).count();
		OneLane lane = new OneLane(family);
		String[] before = null;
		int steps = 0;
		for (String line : lines.subList(1, lines.size())) {
			String[] row = line.split(",", -1);
			String where = file + ", episode " + row[0] + ", step " + row[1] + ": ";
			if (!row[1].equals("0")) {
				double[] state = new double[states];
				for (int i = 0; i < states; i++) {
					state[i] = Double.parseDouble(before[3 + i]);
				}
				lane.at(state);
				if (family.environment().actionSpace() instanceof DiscreteSpace) {
					lane.choose(Integer.parseInt(row[2]));
				} else {
					lane.act(Float.parseFloat(row[2]));
				}
				double reward = Double.parseDouble(row[3 + states + observations]);
				assertEquals(reward, lane.reward(), TOLERANCE * Math.abs(reward), where + "reward");
				assertEquals(row[4 + states + observations].equals("1"), lane.terminated(), where + "terminated");
				for (int i = 0; i < states; i++) {
					double expected = Double.parseDouble(row[3 + i]);
					assertEquals(expected, lane.state[i], TOLERANCE * Math.abs(expected), where + "state " + i);
				}
				float[] observation = lane.observation();
				assertEquals(observations, observation.length, where + "observation size");
				for (int i = 0; i < observations; i++) {
					double expected = Double.parseDouble(row[3 + states + i]);
					assertEquals(expected, observation[i], TOLERANCE * Math.max(1e-3, Math.abs(expected)),
							where + "observation " + i);
				}
				steps++;
			}
			before = row;
		}
		assertTrue(steps > 100, file + " has only " + steps + " steps");
	}

	private static Path recordings() {
		String shared = System.getProperty("headstart.shared");
		Path folder = null;
		if (shared != null) {
			folder = Path.of(shared, "gymnasium");
		} else {
			for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
				if (Files.isDirectory(at.resolve("bundles")) && Files.isDirectory(at.resolve("releng"))) {
					folder = at.resolveSibling("shared").resolve("gymnasium");
					break;
				}
			}
		}
		assumeTrue(folder != null && Files.isDirectory(folder), "Gymnasium's recordings are not there (looked for "
				+ (folder == null ? "the repository's root from " + Path.of("").toAbsolutePath() : folder)
				+ "); set the system property headstart.shared to the folder that has gymnasium/");
		return folder;
	}
}
