package org.headstart.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Text in aligned columns. */
final class Table {

	private static final String GAP = "  ";

	private Table() {
	}

	/**
	 * Aligns.
	 *
	 * @param rows       the cells; a row of one cell is a heading and does not widen its column
	 * @param alignRight for which columns numbers stand below numbers
	 * @return one line a row
	 */
	static List<String> of(List<List<String>> rows, IntPredicate alignRight) {
		List<Integer> widths = new ArrayList<>();
		for (List<String> row : rows) {
			for (int column = 0; row.size() > 1 && column < row.size(); column++) {
				int width = width(row.get(column));
				if (column == widths.size()) {
					widths.add(width);
				} else {
					widths.set(column, Math.max(widths.get(column), width));
				}
			}
		}
		List<String> lines = new ArrayList<>();
		for (List<String> row : rows) {
			StringBuilder line = new StringBuilder();
			for (int column = 0; column < row.size(); column++) {
				String cell = row.get(column);
				String padding = row.size() == 1 ? "" : " ".repeat(Math.max(0, widths.get(column) - width(cell)));
				line.append(column == 0 ? "" : GAP);
				line.append(alignRight.test(column) ? padding + cell : cell + padding);
			}
			lines.add(line.toString().stripTrailing());
		}
		return lines;
	}

	private static int width(String cell) {
		return cell.codePointCount(0, cell.length());
	}
}
