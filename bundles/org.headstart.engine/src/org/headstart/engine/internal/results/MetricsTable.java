package org.headstart.engine.internal.results;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.headstart.api.learner.BudgetUnit;

/**
 * {@code metrics.csv}: one row per evaluation (RFC 4180, UTF-8, line feeds). A missing number is an empty cell; texts are
 * written by {@link CsvText}. The fixed columns are followed by {@code outcome:NAME} for each of the environment's outcomes,
 * {@code return:K} for the K-th episode of a trial if a trial has several, and the learner's reports in the order of their
 * first occurrence, called {@code learner:NAME} if the name could be another column's. The third column has the name of its
 * unit: {@code steps}, of an environment, {@code examples} or {@code updates}. Immutable.
 *
 * @param rows the rows, in the order of time
 * @param unit the unit of their steps
 */
public record MetricsTable(List<MetricsRow> rows, BudgetUnit unit) {

	/** Index of the column with the count of steps. */
	private static final int COUNTED = 2;
	private static final List<String> FIXED = List.of("phase", "task", BudgetUnit.ENVIRONMENT_STEPS.key(), "episodes", "shots",
			"return-mean", "return-std", "return-min", "return-max", "length-mean", "evaluation-episodes", "training-return");
	private static final String OUTCOME = "outcome:";
	private static final String RETURN = "return:";
	private static final String LEARNER = "learner:";

	/** Defensive copy. */
	public MetricsTable {
		rows = List.copyOf(rows);
	}

	/**
	 * A table that counts environment steps.
	 *
	 * @param rows the rows, in the order of time
	 */
	public MetricsTable(List<MetricsRow> rows) {
		this(rows, BudgetUnit.ENVIRONMENT_STEPS);
	}

	private static List<String> fixed(BudgetUnit unit) {
		List<String> columns = new ArrayList<>(FIXED);
		columns.set(COUNTED, unit.key());
		return columns;
	}

	/** @return the file's text */
	public String toCsv() {
		Set<String> outcomeColumns = new LinkedHashSet<>();
		Set<String> learnerColumns = new LinkedHashSet<>();
		int trialEpisodes = 0;
		for (MetricsRow row : rows) {
			outcomeColumns.addAll(row.outcomes().keySet());
			learnerColumns.addAll(row.learner().keySet());
			trialEpisodes = Math.max(trialEpisodes, row.episodeReturns().size());
		}
		StringBuilder text = new StringBuilder(String.join(",", fixed(unit)));
		for (String column : outcomeColumns) {
			text.append(',').append(CsvText.cell(OUTCOME + column));
		}
		for (int episode = 1; episode <= trialEpisodes; episode++) {
			text.append(',').append(RETURN).append(episode);
		}
		for (String column : learnerColumns) {
			text.append(',').append(CsvText.cell(learnerColumn(column)));
		}
		text.append('\n');
		for (MetricsRow row : rows) {
			text.append(CsvText.cell(row.phase())).append(',').append(CsvText.cell(row.task())).append(',').append(row.steps())
					.append(',').append(row.episodes()).append(',').append(row.shots() < 0 ? "" : row.shots());
			for (double value : new double[] {row.returnMean(), row.returnStd(), row.returnMin(), row.returnMax(),
					row.lengthMean()}) {
				text.append(',').append(cell(value));
			}
			text.append(',').append(row.evaluationEpisodes()).append(',').append(cell(row.trainingReturn()));
			for (String column : outcomeColumns) {
				text.append(',').append(cell(row.outcomes().getOrDefault(column, Double.NaN)));
			}
			for (int episode = 0; episode < trialEpisodes; episode++) {
				text.append(',').append(cell(
						episode < row.episodeReturns().size() ? row.episodeReturns().get(episode) : Double.NaN));
			}
			for (String column : learnerColumns) {
				text.append(',').append(cell(row.learner().getOrDefault(column, Double.NaN)));
			}
			text.append('\n');
		}
		return text.toString();
	}

	private String learnerColumn(String name) {
		boolean taken = FIXED.contains(name) || name.equals(unit.key()) || name.startsWith(OUTCOME) || name.startsWith(RETURN)
				|| name.startsWith(LEARNER);
		return taken ? LEARNER + name : name;
	}

	private static String cell(double value) {
		return Double.isNaN(value) ? "" : Double.toString(value);
	}

	/**
	 * Reads a table.
	 *
	 * @param text as {@link #toCsv} gives it
	 * @return the table
	 * @throws ResultsException when it is damaged; the message names the row
	 */
	public static MetricsTable parse(String text) throws ResultsException {
		List<List<String>> lines = CsvText.lines(text);
		Optional<BudgetUnit> unit = lines.isEmpty() || lines.get(0).size() < FIXED.size() ? Optional.empty()
				: Stream.of(BudgetUnit.values()).filter(each -> lines.get(0).subList(0, FIXED.size()).equals(fixed(each))).findFirst();
		if (unit.isEmpty()) {
			throw new ResultsException("the first line is not that of a metrics table: " + String.join(",", FIXED));
		}
		List<String> header = lines.get(0);
		List<MetricsRow> rows = new ArrayList<>();
		for (int i = 1; i < lines.size(); i++) {
			List<String> cells = lines.get(i);
			if (cells.size() != header.size()) {
				throw new ResultsException("row " + i + " has " + cells.size() + " cells, the header " + header.size());
			}
			try {
				Map<String, Double> outcomes = new LinkedHashMap<>();
				List<Double> episodeReturns = new ArrayList<>();
				Map<String, Double> learner = new LinkedHashMap<>();
				for (int column = FIXED.size(); column < header.size(); column++) {
					String name = CsvText.text(header.get(column));
					if (cells.get(column).isEmpty()) {
						continue;
					}
					double value = Double.parseDouble(cells.get(column));
					if (name.startsWith(OUTCOME)) {
						outcomes.put(name.substring(OUTCOME.length()), value);
					} else if (name.startsWith(RETURN)) {
						episodeReturns.add(value);
					} else {
						learner.put(name.startsWith(LEARNER) ? name.substring(LEARNER.length()) : name, value);
					}
				}
				rows.add(new MetricsRow(CsvText.text(cells.get(0)), CsvText.text(cells.get(1)), Long.parseLong(cells.get(2)),
						Long.parseLong(cells.get(3)), cells.get(4).isEmpty() ? -1 : Integer.parseInt(cells.get(4)),
						number(cells.get(5)), number(cells.get(6)), number(cells.get(7)), number(cells.get(8)),
						number(cells.get(9)), Integer.parseInt(cells.get(10)), number(cells.get(11)), outcomes,
						episodeReturns, learner));
			} catch (NumberFormatException e) {
				throw new ResultsException("row " + i + " holds something else than a number: " + e.getMessage(), e);
			}
		}
		return new MetricsTable(rows, unit.get());
	}

	private static double number(String cell) {
		return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
	}
}
