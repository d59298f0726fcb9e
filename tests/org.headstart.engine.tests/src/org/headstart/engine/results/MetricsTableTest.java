package org.headstart.engine.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

class MetricsTableTest {

	private static MetricsRow row(long steps, int shots, double value, Map<String, Double> learner) {
		return new MetricsRow("phase, the \"first\"", "point/test", steps, 3, shots, value, 0.1, -1e-9, 1e300, 12.5, 20,
				Double.NaN, learner);
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
	void damageIsNamed() {
		String text = new MetricsTable(List.of(row(0, 0, 1, Map.of()))).toCsv();
		assertTrue(assertThrows(ResultsException.class, () -> MetricsTable.parse("")).getMessage().contains("first line"));
		assertTrue(assertThrows(ResultsException.class, () -> MetricsTable.parse(text.replace(",20,", ",twenty,"))).getMessage()
				.contains("row 1"));
		assertTrue(assertThrows(ResultsException.class, () -> MetricsTable.parse(text.replace(",20,", ","))).getMessage()
				.contains("cells"));
	}
}
