package org.headstart.environments.tests.bandits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.headstart.api.environment.TaskFamily;
import org.headstart.environments.bandits.GittinsIndices;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BanditReferencesTest {

	private static final int TRIALS = 40_000;

	@Nested
	class FiveArms extends ReferenceContract {
		@Override
		protected TaskFamily family() {
			return BernoulliBanditTest.bandit(5);
		}
	}

	/**
	 * Table 1 of Duan et al. 2016, "RL²", where its means of 1,000 bandits (standard error 1 % at n = 10, and rounded to 0.1)
	 * can be told from chance. 40,000 bandits have a standard error of 0.2 %.
	 */
	@ParameterizedTest
	@CsvSource({"10, 5, random, 5.0, 2", "10, 5, greedy, 6.6, 2", "10, 5, epsilon-greedy, 6.6, 2", "10, 5, ucb1, 6.7, 2",
			"10, 5, gittins, 6.6, 1", "10, 10, thompson, 5.5, 2"})
	void publishedTotals(int pulls, int arms, String algorithm, double published, double percent) {
		double total = new References(BernoulliBanditTest.bandit(arms), pulls).play(algorithm, TRIALS).meanReturn();
		assertEquals(published, total, percent / 100 * published, algorithm);
	}

	/** The table's further rows. */
	@Tag("nightly")
	@ParameterizedTest
	@CsvSource({"10, 10, random, 5.0, 2", "10, 10, greedy, 6.6, 2", "10, 10, epsilon-greedy, 6.6, 2", "10, 10, ucb1, 6.7, 2",
			"10, 50, greedy, 6.5, 2", "10, 50, epsilon-greedy, 6.5, 2", "10, 50, ucb1, 6.6, 2", "10, 50, thompson, 5.2, 2"})
	void furtherPublishedTotals(int pulls, int arms, String algorithm, double published, double percent) {
		publishedTotals(pulls, arms, algorithm, published, percent);
	}

	@Tag("nightly")
	@ParameterizedTest
	@CsvSource({"5, greedy, 74.8, 2", "5, epsilon-greedy, 75.4, 2", "5, ucb1, 78.0, 2", "5, gittins, 78.3, 1", "10, ucb1, 82.4, 2",
			"10, thompson, 76.7, 2", "10, gittins, 82.8, 1.5"})
	void furtherPublishedTotalsOfAHundredPulls(int arms, String algorithm, double published, double percent) {
		publishedTotalsOfAHundredPulls(arms, algorithm, published, percent);
	}

	/** Rows of 100 pulls; 4,000 bandits have a standard error of 0.3 %. */
	@ParameterizedTest
	@CsvSource({"5, thompson, 74.7, 2"})
	void publishedTotalsOfAHundredPulls(int arms, String algorithm, double published, double percent) {
		double total = new References(BernoulliBanditTest.bandit(arms), 100).play(algorithm, 4_000).meanReturn();
		assertEquals(published, total, percent / 100 * published, algorithm);
	}

	/** The Gittins rule for endless pulls loses hardly anything on ten. */
	@ParameterizedTest
	@CsvSource({"5, 6.659988", "10, 6.713951"})
	void gittinsComesNearTheBayesOptimum(int arms, double optimum) {
		assertEquals(optimum, new BayesOptimum().total(arms, 10), 1e-6);
		double total = new References(BernoulliBanditTest.bandit(arms), 10).play("gittins", TRIALS).meanReturn();
		// three standard errors
		assertEquals(optimum, total, 0.035);
	}

	/** These draw nothing, so with nothing known they all begin alike. */
	@ParameterizedTest
	@ValueSource(strings = {"greedy", "ucb1", "gittins"})
	void aTrialBeginsWithoutMemoryOfTheLast(String algorithm) {
		TaskFamily family = BernoulliBanditTest.bandit(5);
		References.Lanes lanes = new References(family, 7).lanes(algorithm, 10, 3);
		for (int trial = 0; trial < 3; trial++) {
			lanes.step();
			assertArrayEquals(new int[10], lanes.actions.index, "trial " + trial);
			for (int pull = 1; pull < 7; pull++) {
				lanes.step();
			}
			assertTrue(lanes.environment.terminated()[0]);
		}
	}

	@Test
	void theOracleHasNoRegretAndOthersHave() {
		References references = new References(BernoulliBanditTest.bandit(5), 10);
		References.Play oracle = references.play("oracle", 5_000);
		assertEquals(0, oracle.outcomes()[0], 1e-6);
		assertEquals(1, oracle.outcomes()[1], 1e-3);
		// the mean of the best of five uniform numbers is 5/6
		assertEquals(10 * 5 / 6.0, oracle.meanReturn(), 0.06);
		References.Play random = references.play("random", 5_000);
		assertEquals(10 * (5 / 6.0 - 0.5), random.outcomes()[0], 0.06);
		assertEquals(0.2, random.outcomes()[1], 0.01);
	}

	@Test
	void parametersCount() {
		References references = new References(BernoulliBanditTest.bandit(5), 10);
		double random = references.play("random", 5_000).meanReturn();
		assertEquals(random, references.play("epsilon-greedy", 1, 5_000).meanReturn(), 0.1);
		assertTrue(references.play("ucb1", 1, 5_000).meanReturn() < references.play("ucb1", 0.2, 5_000).meanReturn() - 0.5);
		assertEquals(references.play("greedy", 5_000).meanReturn(),
				references.play("optimistic-thompson", 0, 5_000).meanReturn(), 0, "a draw of no width is the mean");
		assertEquals(references.play("greedy", 5_000).meanReturn(), references.play("gittins", 0, 5_000).meanReturn(), 0,
				"without a future the index is the mean");
		for (String wrong : List.of("epsilon-greedy", "ucb1", "optimistic-thompson", "gittins")) {
			String message = assertThrows(IllegalArgumentException.class, () -> references.play(wrong, -1, 50)).getMessage();
			assertTrue(message.contains(wrong), message);
		}
	}

	/** Gittins, Glazebrook and Weber 2011, tables of the index under a uniform prior with discounts 0.9 and 0.99. */
	@Test
	void indicesAreThoseOfTheTables() {
		GittinsIndices indices = new GittinsIndices(4, 0.9);
		assertEquals(0.7029, indices.index(0, 0), 1e-3);
		assertEquals(0.8001, indices.index(1, 0), 1e-3);
		assertEquals(0.5001, indices.index(0, 1), 1e-3);
		assertEquals(0.6346, indices.index(1, 1), 1e-3);
		assertEquals(0.8699, new GittinsIndices(1, 0.99).index(0, 0), 1e-3);
	}

	/** What can be had at most, by dynamic programming over what is known of all arms. */
	private static final class BayesOptimum {

		private final Map<List<Integer>, Double> known = new HashMap<>();

		double total(int arms, int pulls) {
			return total(new int[2 * arms], pulls);
		}

		/** [successes, failures, …], arms in any order. */
		private double total(int[] record, int pulls) {
			if (pulls == 0) {
				return 0;
			}
			List<Integer> key = key(record, pulls);
			Double found = known.get(key);
			if (found != null) {
				return found;
			}
			double best = 0;
			for (int arm = 0; arm < record.length; arm += 2) {
				double mean = (record[arm] + 1.0) / (record[arm] + record[arm + 1] + 2);
				double value = mean * (1 + after(record, arm, pulls)) + (1 - mean) * after(record, arm + 1, pulls);
				best = Math.max(best, value);
			}
			known.put(key, best);
			return best;
		}

		private double after(int[] record, int place, int pulls) {
			record[place]++;
			double value = total(record, pulls - 1);
			record[place]--;
			return value;
		}

		private static List<Integer> key(int[] record, int pulls) {
			Integer[] key = new Integer[record.length / 2 + 1];
			for (int arm = 0; arm < record.length; arm += 2) {
				key[arm / 2] = 100 * record[arm] + record[arm + 1];
			}
			key[record.length / 2] = -pulls;
			Arrays.sort(key);
			return List.of(key);
		}
	}
}
