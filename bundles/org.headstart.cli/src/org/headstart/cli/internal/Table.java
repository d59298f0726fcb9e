package org.headstart.cli.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/** Text in aligned columns, no wider than the terminal of standard output. */
final class Table {

	private static final String GAP = "  ";
	/** The narrowest column for prose; if there are fewer columns, prose goes below its line's head. */
	private static final int LEAST_FOR_PROSE = 30;

	private static final Pattern LINE_END = Pattern.compile(" *\\R *");

	private Table() {}

	/**
	 * Aligns cells that must not be wrapped, such as figures. A table that is too wide is split: the first column is
	 * repeated before each part of the others. If not even two columns fit, each row becomes a list of its cells.
	 *
	 * @param rows       the cells; the first row has the columns' names, a row of one cell is a heading and does not widen
	 *                   its column
	 * @param alignRight whether a column is aligned to the right
	 * @return the lines
	 */
	static List<String> of(List<List<String>> rows, IntPredicate alignRight) {
		return of(rows, alignRight, Terminal.OUT.width());
	}

	static List<String> of(List<List<String>> cells, IntPredicate alignRight, int terminal) {
		List<List<String>> rows = onOneLine(cells);
		List<Integer> widths = widths(rows);
		List<String> lines = new ArrayList<>();
		int from = 1;
		do {
			int to = from;
			int width = widths.isEmpty() ? 0 : widths.get(0);
			while (to < widths.size() && width + GAP.length() + widths.get(to) <= terminal) {
				width += GAP.length() + widths.get(to);
				to++;
			}
			if (to == from && to < widths.size()) {
				return turned(rows);
			}
			if (!lines.isEmpty()) {
				lines.add("");
			}
			for (List<String> row : rows) {
				if (row.size() > 1 || from == 1) {
					lines.add(line(row, from, Math.min(to, row.size()), widths, alignRight));
				}
			}
			from = to;
		} while (from < widths.size());
		return lines;
	}

	/**
	 * Aligns rows whose last cell is prose; long prose is wrapped within its column. On other outputs than a terminal a row
	 * is one line, with two blanks between cells.
	 *
	 * @param rows       the cells; a row of one cell is a heading
	 * @param alignRight whether a column is aligned to the right
	 * @return the lines
	 */
	static List<String> ofProse(List<List<String>> rows, IntPredicate alignRight) {
		return ofProse(rows, alignRight, Terminal.OUT.width());
	}

	static List<String> ofProse(List<List<String>> cells, IntPredicate alignRight, int terminal) {
		List<List<String>> rows = onOneLine(cells);
		if (terminal == Integer.MAX_VALUE) {
			return rows.stream().map(row -> String.join(GAP, row)).toList();
		}
		List<Integer> widths = widths(rows);
		int last = widths.size() - 1;
		int before = widths.stream().limit(Math.max(0, last)).mapToInt(width -> width + GAP.length()).sum();
		List<String> lines = new ArrayList<>();
		for (List<String> row : rows) {
			if (row.size() <= last) {
				lines.add(line(row, 1, row.size(), widths, alignRight));
			} else if (terminal - before >= LEAST_FOR_PROSE) {
				lines.addAll(TextLayout.wrap(line(row, 1, row.size(), widths, alignRight), terminal, before));
			} else {
				lines.add(line(row, 1, last, widths, alignRight));
				lines.addAll(TextLayout.wrap(" ".repeat(2 * GAP.length()) + row.get(last), terminal, 2 * GAP.length()));
			}
		}
		return lines;
	}

	/** Replaces line feeds in descriptions and labels, which would break the table. */
	private static List<List<String>> onOneLine(List<List<String>> rows) {
		return rows.stream().map(row -> row.stream().map(Table::onOneLine).toList()).toList();
	}

	/** Fast for cells without a line end: a plan of a million steps has four million cells. */
	private static String onOneLine(String cell) {
		return TextLayout.isPlain(cell) ? cell : LINE_END.matcher(cell).replaceAll(" ");
	}

	private static List<Integer> widths(List<List<String>> rows) {
		List<Integer> widths = new ArrayList<>();
		for (List<String> row : rows) {
			for (int column = 0; row.size() > 1 && column < row.size(); column++) {
				int width = TextLayout.width(row.get(column));
				if (column == widths.size()) {
					widths.add(width);
				} else {
					widths.set(column, Math.max(widths.get(column), width));
				}
			}
		}
		return widths;
	}

	/** The first cell and the cells of some columns. */
	private static String line(List<String> row, int from, int to, List<Integer> widths, IntPredicate alignRight) {
		if (row.size() == 1) {
			return row.get(0);
		}
		StringBuilder line = new StringBuilder(padded(row, 0, widths, alignRight));
		for (int column = from; column < to; column++) {
			line.append(GAP).append(padded(row, column, widths, alignRight));
		}
		return line.toString().stripTrailing();
	}

	private static String padded(List<String> row, int column, List<Integer> widths, IntPredicate alignRight) {
		String cell = row.get(column);
		String padding = " ".repeat(Math.max(0, widths.get(column) - TextLayout.width(cell)));
		return alignRight.test(column) ? padding + cell : cell + padding;
	}

	/** Each row as its first cell, and below it the other cells, each after its column's name. */
	private static List<String> turned(List<List<String>> rows) {
		List<String> names = rows.get(0);
		int width = names.stream().skip(1).mapToInt(TextLayout::width).max().orElse(0);
		List<String> lines = new ArrayList<>();
		for (List<String> row : rows.subList(1, rows.size())) {
			lines.add(row.get(0));
			for (int column = 1; column < row.size(); column++) {
				String name = names.get(column);
				lines.add(GAP + name + " ".repeat(width - TextLayout.width(name)) + GAP + row.get(column));
			}
		}
		return lines;
	}
}
