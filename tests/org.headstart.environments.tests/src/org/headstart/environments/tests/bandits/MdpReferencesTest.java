package org.headstart.environments.tests.bandits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.headstart.api.environment.TaskFamily;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MdpReferencesTest {

	@Nested
	class Small extends ReferenceContract {
		@Override
		protected TaskFamily family() {
			return TabularMdpTest.mdp(4, 3, 5);
		}
	}

	/**
	 * Table 2 of Duan et al. 2016, "RL²", means of 1,000 processes. The standard error of 1,000 processes is about 0.8 % at 10
	 * episodes and 0.7 % at 25.
	 */
	@ParameterizedTest
	@CsvSource({"10, random, 1000, 100.1", "10, beb, 1000, 150.2", "10, greedy, 1000, 134.8"})
	void publishedTotals(int episodes, String algorithm, int trials, double published) {
		double total = new References(TabularMdpTest.mdp(10, 5, 10), episodes).play(algorithm, trials).meanReturn();
		assertEquals(published, total, 0.02 * published, algorithm);
	}

	@Tag("nightly")
	@ParameterizedTest
	@CsvSource({"10, psrl, 1000, 138.1", "10, opsrl, 500, 144.1", "10, ucrl2, 1000, 146.6", "10, epsilon-greedy, 1000, 132.8",
			"25, psrl, 500, 408.8", "25, beb, 1000, 427.8", "25, greedy, 1000, 368.8"})
	void furtherPublishedTotals(int episodes, String algorithm, int trials, double published) {
		publishedTotals(episodes, algorithm, trials, published);
	}

	@Test
	void theOracleHasNoRegretAndOthersHave() {
		References references = new References(TabularMdpTest.mdp(10, 5, 10), 10);
		// noise of the moves
		assertEquals(0, references.play("oracle", 500).outcomes()[0], 1.5);
		References.Play random = references.play("random", 1_000);
		// random actions bring the mean of all rewards, 1 a step
		assertEquals(100, random.meanReturn(), 3);
		assertTrue(random.outcomes()[0] > 100, "regret " + random.outcomes()[0]);
	}

	@Test
	void parametersCount() {
		References references = new References(TabularMdpTest.mdp(10, 5, 10), 10);
		assertEquals(references.play("random", 500).meanReturn(), references.play("epsilon-greedy", 1, 500).meanReturn(), 3);
		assertEquals(references.play("psrl", 200).meanReturn(), references.play("opsrl", 1, 200).meanReturn(), 0);
		assertTrue(references.play("opsrl", 5, 500).meanReturn() > references.play("opsrl", 1, 500).meanReturn());
		assertEquals(references.play("greedy", 200).meanReturn(), references.play("ucrl2", 0, 200).meanReturn(), 1e-9,
				"a confidence region without extent");
		for (String wrong : List.of("epsilon-greedy", "opsrl", "ucrl2", "beb")) {
			String message = assertThrows(IllegalArgumentException.class, () -> references.play(wrong, -1, 50)).getMessage();
			assertTrue(message.contains(wrong), message);
		}
	}
}
