package org.headstart.engine.internal.results;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.headstart.api.environment.Trace.Kind;

/**
 * {@code trace.csv}: the traces of some trials of a step's last evaluation. Columns are {@code kind}, {@code trial},
 * {@code episode}, {@code step} and the numbers' names (UTF-8, line feeds), as {@link CsvText} makes them; a missing number
 * (NaN) is an empty cell. Immutable.
 *
 * @param kind  the kind of trace: {@code plane}, {@code over-steps} or {@code over-steps-logarithmic} in the file
 * @param names the names of the numbers
 * @param rows  the rows by trial, episode and step; at least one
 */
public record TraceTable(Kind kind, List<String> names, List<Row> rows) {

	private static final List<String> FIXED = List.of("kind", "trial", "episode", "step");

	/** Defensive copies, and a check. */
	public TraceTable {
		names = List.copyOf(names);
		rows = List.copyOf(rows);
		if (rows.isEmpty()) {
			throw new IllegalArgumentException("a trace without rows is no trace");
		}
		for (Row row : rows) {
			if (row.values().size() != names.size()) {
				throw new IllegalArgumentException("a row has " + row.values().size() + " numbers for " + names);
			}
		}
	}

	/**
	 * A step of an episode.
	 *
	 * @param trial   number of the trial, from 1
	 * @param episode number of the episode in the trial, from 1
	 * @param step    number of steps since the episode's start
	 * @param values  the numbers, in the order of their names
	 */
	public record Row(int trial, int episode, int step, List<Double> values) {

		/** Defensive copy. */
		public Row {
			values = List.copyOf(values);
		}
	}

	/** @return the file's text */
	public String toCsv() {
		StringBuilder text = new StringBuilder(String.join(",", FIXED));
		for (String name : names) {
			text.append(',').append(CsvText.cell(name));
		}
		text.append('\n');
		String drawn = text(kind);
		for (Row row : rows) {
			text.append(drawn).append(',').append(row.trial()).append(',').append(row.episode()).append(',').append(row.step());
			for (double value : row.values()) {
				text.append(',').append(Double.isNaN(value) ? "" : Double.toString(value));
			}
			text.append('\n');
		}
		return text.toString();
	}

	private static String text(Kind kind) {
		return kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
	}

	/**
	 * Reads a table.
	 *
	 * @param text as {@link #toCsv} gives it
	 * @return the table
	 * @throws ResultsException when it is damaged; the message names the row
	 */
	public static TraceTable parse(String text) throws ResultsException {
		List<List<String>> lines = CsvText.lines(text);
		List<String> header = lines.isEmpty() ? List.of() : lines.get(0).stream().map(CsvText::text).toList();
		if (header.size() <= FIXED.size() || !header.subList(0, FIXED.size()).equals(FIXED)) {
			throw new ResultsException("the first line is not that of a trace: " + String.join(",", FIXED) + ", and names");
		}
		if (lines.size() == 1 || !text.endsWith("\n")) {
			throw new ResultsException(text.endsWith("\n") ? "it has no rows" : "the last row ends too early");
		}
		Kind kind = null;
		List<Row> rows = new ArrayList<>();
		for (int i = 1; i < lines.size(); i++) {
			List<String> cells = lines.get(i);
			if (cells.size() != header.size()) {
				throw new ResultsException("row " + i + " has " + cells.size() + " cells, the header " + header.size());
			}
			Kind drawn = Arrays.stream(Kind.values()).filter(one -> text(one).equals(cells.get(0))).findFirst()
					.orElseThrow(() -> new ResultsException("there is no kind of trace called '" + cells.get(0) + "'"));
			if (kind != null && drawn != kind) {
				throw new ResultsException("row " + i + " is of another kind than the row before");
			}
			kind = drawn;
			try {
				rows.add(new Row(Integer.parseInt(cells.get(1)), Integer.parseInt(cells.get(2)),
						Integer.parseInt(cells.get(3)), cells.subList(FIXED.size(), cells.size()).stream()
								.map(cell -> cell.isEmpty() ? Double.NaN : Double.parseDouble(cell)).toList()));
			} catch (NumberFormatException e) {
				throw new ResultsException("row " + i + " holds something else than a number: " + e.getMessage(), e);
			}
		}
		return new TraceTable(kind, header.subList(FIXED.size(), header.size()), rows);
	}
}
