package org.headstart.cli.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.headstart.analysis.Estimate;
import org.headstart.analysis.FigureTable;

/**
 * A table of figures as {@code --json} prints it.
 *
 * @param table   what it is about
 * @param caption how the figures were made
 * @param columns what the figures are
 * @param rows    the rows
 */
record FigureDocument(String table, String caption, List<Column> columns, List<Row> rows) {

	/**
	 * A column.
	 *
	 * @param key      names the figure in each row
	 * @param heading  for people
	 * @param unit     of its numbers; may be empty
	 * @param at       number of granted episodes, or of the episode in a trial; else null
	 * @param compared whether it is against the baseline, or against the first of two runs
	 */
	record Column(String key, String heading, String unit, Integer at, boolean compared) {}

	/**
	 * A row.
	 *
	 * @param scope      {@code target}, {@code all targets}, {@code pair of targets} or {@code sources}
	 * @param target     label; of a pair the held-out one; null where it is not of one target
	 * @param against    label of a pair's other target; else null
	 * @param arm        label
	 * @param figure     what is compared, where each row has another figure; else null
	 * @param runs       runs behind the figures
	 * @param resampling {@code paired by seed} or {@code independent}; null where there is nothing to say
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
	 * @param bound     {@code <=}, {@code >=} or {@code >} where the value is only a bound; else null
	 * @param lowBound  the same of the lower end
	 * @param highBound the same of the upper end
	 * @param text      as tables show it
	 * @param note      why there is no figure or no interval, or what is to be known of it; else null
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
