package org.headstart.engine.internal.results;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;

import org.headstart.api.environment.Trace;
import org.junit.jupiter.api.Test;

class CsvTextTest {

	private static final List<String> TEXTS = List.of("plain", "", "a,b", "say \"so\"", "two\nlines", "=1+1", "+1", "-1.5", "@SUM(A1)",
			"\tx", "\rx", "\nx", "＝1", "'", "'quoted'", "'=1+1", "''=1", "a=1", "-");

	@Test
	void whatASpreadsheetWouldRunIsText() {
		assertEquals("'=1+1", CsvText.cell("=1+1"));
		assertEquals("'+1", CsvText.cell("+1"));
		assertEquals("'-1.5", CsvText.cell("-1.5"));
		assertEquals("'@SUM(A1)", CsvText.cell("@SUM(A1)"));
		assertEquals("'\tx", CsvText.cell("\tx"));
		assertEquals("\"'\rx\"", CsvText.cell("\rx"));
		assertEquals("\"'=HYPERLINK(\"\"x\"\",1)\"", CsvText.cell("=HYPERLINK(\"x\",1)"));
		assertEquals("a=1", CsvText.cell("a=1"));
		assertEquals("'quoted'", CsvText.cell("'quoted'"));
	}

	@Test
	void textsComeBackAsTheyWere() {
		for (String text : TEXTS) {
			List<List<String>> lines = CsvText.lines("x," + CsvText.cell(text) + ",y\n");
			assertEquals(1, lines.size(), text);
			assertEquals(List.of("x", text, "y"), lines.get(0).stream().map(CsvText::text).toList());
		}
	}

	@Test
	void metricsKeepEveryNameAndSign() throws ResultsException {
		for (String text : TEXTS) {
			MetricsTable table = new MetricsTable(List.of(new MetricsRow(text, text, 0, 0, -1, -1.5, 0, -2, -1, 3, 4, Double.NaN,
					Map.of(text, -0.5), List.of(), Map.of(text, -7.0))));
			assertEquals(table, MetricsTable.parse(table.toCsv()), text);
		}
	}

	/** A learner may call its numbers what it likes. */
	@Test
	void aLearnersNameIsNotTakenForAnotherColumn() throws ResultsException {
		Map<String, Double> learner = Map.of("return:1", 1.0, "outcome:regret", 2.0, "steps", 3.0, "learner:loss", 4.0, "loss", 5.0);
		MetricsTable table = new MetricsTable(
				List.of(new MetricsRow("train", "t", 0, 0, -1, 1, 0, 1, 1, 3, 4, 0.5, Map.of("regret", 6.0), List.of(7.0, 8.0), learner)));
		assertEquals(table, MetricsTable.parse(table.toCsv()));
	}

	@Test
	void tracesKeepEveryName() throws ResultsException {
		TraceTable table = new TraceTable(Trace.Kind.OVER_STEPS, TEXTS.stream().filter(text -> !text.isEmpty()).toList(), List.of(
				new TraceTable.Row(1, 1, 0, TEXTS.stream().filter(text -> !text.isEmpty()).map(text -> -1.5).toList())));
		assertEquals(table, TraceTable.parse(table.toCsv()));
	}
}
