package org.headstart.environments.tests.bandits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;

import org.headstart.api.environment.ReferenceAlgorithm;
import org.headstart.api.environment.TaskFamily;
import org.headstart.testkit.Allocation;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every reference algorithm of a family must keep. */
@TestInstance(Lifecycle.PER_CLASS)
public abstract class ReferenceContract {

	private static final int EPISODES = 7;

	/** The family under test. */
	protected abstract TaskFamily family();

	Stream<String> names() {
		return family().references().stream().map(ReferenceAlgorithm::name);
	}

	@ParameterizedTest
	@MethodSource("names")
	void sameSeedGivesTheSameActionsAndLanesAreIndependent(String name) {
		References.Lanes one = lanes(name, 1);
		References.Lanes many = lanes(name, 6);
		References.Lanes again = lanes(name, 6);
		for (int step = 0; step < 3 * EPISODES * family().environment().maxEpisodeSteps(); step++) {
			one.step();
			many.step();
			again.step();
			assertEquals(one.actions.index[0], many.actions.index[0], "lane 0 alone and beside others, step " + step);
			assertArrayEquals(many.actions.index, again.actions.index, "step " + step);
		}
	}

	@ParameterizedTest
	@MethodSource("names")
	void aStepAllocatesNothing(String name) {
		References.Lanes lanes = lanes(name, 4);
		Allocation.assertNone(name + ", in windows of 400 steps", () -> {
			for (int step = 0; step < 400; step++) {
				lanes.step();
			}
		});
	}

	private References.Lanes lanes(String name, int lanes) {
		return new References(family(), EPISODES).lanes(name, lanes, 3);
	}
}
