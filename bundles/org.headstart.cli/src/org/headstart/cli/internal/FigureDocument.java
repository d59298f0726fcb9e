package org.headstart.cli.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.headstart.analysis.figure.Estimate;
import org.headstart.analysis.figure.FigureTable;

/**
 * A table of figures in {@code --json} documents.
 *
 * @param table   the table's name
 * @param caption how the figures were computed
 * @param columns the columns
 * @param rows    the rows
 */
record FigureDocument(String table, String caption, List<Column> columns, List<Row> rows) {

	/**
	 * A column.
	 *
	 * @param key      the figure's key in each row
	 * @param heading  the heading, for people
	 * @param unit     the unit of its numbers; may be empty
	 * @param at       number of granted episodes, or index of the episode in a trial; otherwise null
	 * @param compared whether it is relative to the baseline, or to the first of two runs
	 */
	record Column(String key, String heading, String unit, Integer at, boolean compared) {}

	/**
	 * A row.
	 *
	 * @param scope      {@code target}, {@code all targets}, {@code pair of targets} or {@code sources}
	 * @param target     label of the target, for a pair of the held-out one; null if the row has no single target
	 * @param against    label of a pair's other target; otherwise null
	 * @param arm        label of the arm
	 * @param figure     the compared figure, if each row has another one; otherwise null
	 * @param runs       number of runs behind the figures
	 * @param resampling {@code paired by seed} or {@code independent}; null if it does not apply
	 * @param figures    the figures by their column's key
	 */
	record Row(String scope, String target, String against, String arm, String figure, int runs, String resampling,
			Map<String, Figure> figures) {}

	/**
	 * A figure.
	 *
	 * @param value     the number; null when there is none
	 * @param low       lower end of the interval; null when there is none
	 * @param high      upper end
	 * @param bound     {@code <=}, {@code >=} or {@code >} if the value is only a bound; otherwise null
	 * @param lowBound  the same for the lower end
	 * @param highBound the same for the upper end
	 * @param text      the figure's text in tables
	 * @param note      why there is no figure or no interval, or a remark on the figure; otherwise null
	 */
	record Figure(double value, double low, double high, String bound, String lowBound, String highBound, String text,
			String note) {

		static Figure of(FigureTable.Cell cell) {
			Estimate estimate = cell.estimate();
			return new Figure(estimate.value(), estimate.low(), estimate.high(), orNull(estimate.qualification().value().ascii()),
					orNull(estimate.qualification().low().ascii()), orNull(estimate.qualification().high().ascii()), cell.text(),
					orNull(estimate.qualification().note()));
		}
	}

	static FigureDocument of(FigureTable table) {
		return new FigureDocument(table.kind().word(), table.caption(),
				table.columns().stream().map(each -> new Column(each.key(), each.heading(), each.unit(),
						each.at() < 0 ? null : each.at(), each.compared())).toList(),
				table.rows().stream().map(row -> row(table, row)).toList());
	}

	private static Row row(FigureTable table, FigureTable.Row row) {
		Map<String, Figure> figures = new LinkedHashMap<>();
		for (int i = 0; i < table.columns().size(); i++) {
			figures.put(table.columns().get(i).key(), Figure.of(row.cells().get(i)));
		}
		FigureTable.Key key = row.key();
		return new Row(key.scope().word(), orNull(key.target()), orNull(key.against()), key.arm(), orNull(key.figure()), row.runs(),
				orNull(row.resampling()), figures);
	}

	private static String orNull(String text) {
		return text.isEmpty() ? null : text;
	}
}
