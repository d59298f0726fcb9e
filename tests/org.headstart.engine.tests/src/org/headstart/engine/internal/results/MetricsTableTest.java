package org.headstart.engine.internal.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.headstart.api.learner.BudgetUnit;
import org.junit.jupiter.api.Test;

class MetricsTableTest {

	private static MetricsRow row(long steps, int shots, double value, Map<String, Double> learner) {
		return new MetricsRow("phase, the \"first\"", "point/test", steps, 3, shots, value, 0.1, -1e-9, 1e300, 12.5, 20,
				Double.NaN, Map.of(), List.of(), learner);
	}

	@Test
	void outcomesAndReturnsOfEpisodesHaveColumnsBeforeTheLearners() throws ResultsException {
		Map<String, Double> outcomes = new LinkedHashMap<>();
		outcomes.put("regret", 3.25);
		outcomes.put("accuracy", 1.0 / 3);
		MetricsTable table = new MetricsTable(List.of(
				new MetricsRow("target", "bandit/test", 0, 0, 0, 7, 0, 7, 7, 10, 20, Double.NaN, outcomes, List.of(3.0, 4.0),
						Map.of("entropy", 0.5)),
				new MetricsRow("target", "bandit/test", 10, 1, -1, 8, 0, 8, 8, 10, 20, 7, outcomes, List.of(3.5, 4.5, 0.0),
						Map.of())));
		String text = table.toCsv();
		assertTrue(text.contains(",training-return,outcome:regret,outcome:accuracy,return:1,return:2,return:3,entropy\n"), text);
		assertEquals(table, MetricsTable.parse(text));
		assertEquals(text, MetricsTable.parse(text).toCsv());
		assertEquals(List.of("regret", "accuracy"), List.copyOf(MetricsTable.parse(text).rows().get(0).outcomes().keySet()));
	}

	@Test
	void readsBackWhatItWrites() throws ResultsException {
		Map<String, Double> more = new LinkedHashMap<>();
		more.put("policy-loss", -0.1);
		more.put("entropy", 0.69);
		MetricsTable table = new MetricsTable(List.of(row(0, 0, 1.0 / 3, Map.of()), row(2_000_000_000_000L, -1, -0.0, more)));
		String text = table.toCsv();
		assertEquals(table, MetricsTable.parse(text));
		assertEquals(text, MetricsTable.parse(text).toCsv());
		assertTrue(text.startsWith("phase,task,steps,episodes,shots,return-mean,return-std,return-min,return-max,length-mean,"
				+ "evaluation-episodes,training-return,policy-loss,entropy\n\"phase, the \"\"first\"\"\",point/test,0,3,0,"),
				text);
	}

	@Test
	void theColumnThatCountsIsCalledWhatItCounts() throws ResultsException {
		for (BudgetUnit unit : BudgetUnit.values()) {
			MetricsTable table = new MetricsTable(List.of(row(0, 0, 1, Map.of()), row(64, -1, 2, Map.of(unit.key(), 7.0))), unit);
			String text = table.toCsv();
			assertTrue(text.startsWith("phase,task," + unit.key() + ",episodes,") && text.contains(",learner:" + unit.key() + "\n"), text);
			assertEquals(table, MetricsTable.parse(text));
		}
	}

	@Test
	void damageIsNamed() {
		String text = new MetricsTable(List.of(row(0, 0, 1, Map.of()))).toCsv();
		assertTrue(assertThrows(ResultsException.class, () -> MetricsTable.parse("")).getMessage().contains("first line"));
		assertTrue(assertThrows(ResultsException.class, () -> MetricsTable.parse(text.replace(",20,", ",twenty,"))).getMessage()
				.contains("row 1"));
		assertTrue(assertThrows(ResultsException.class, () -> MetricsTable.parse(text.replace(",20,", ","))).getMessage()
				.contains("cells"));
	}
}
