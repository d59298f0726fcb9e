package org.headstart.cli.internal;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

import org.headstart.analysis.TransferAnalysis;
import org.headstart.analysis.figure.FigureTable;
import org.headstart.analysis.internal.FigureTables;

/** Tables of figures on a terminal. */
final class ResultTable {

	private ResultTable() {}

	/**
	 * Prints the short table of every target at the end of a run, and the warnings. The report has all figures and explains
	 * them.
	 *
	 * @param analysis the analysis
	 * @param print where to print print
	 */
	static void print(TransferAnalysis analysis, PrintWriter print) {
		for (FigureTable table : FigureTables.summaries(analysis)) {
			print.println();
			print.println(Terminal.OUT.bold(table.rows().get(0).key().target()) + "  (" + table.caption() + ")");
			rows(table, table.rows(), print);
			table.notes().forEach(print::println);
		}
		analysis.warnings().forEach(warning -> print.println(Terminal.OUT.red("! ") + warning));
	}

	/**
	 * Prints each group of a table's rows below its heading, and the table's notes.
	 *
	 * @param table the table
	 * @param print where to print
	 */
	static void groups(FigureTable table, PrintWriter print) {
		int from = 0;
		for (int i = 0; i < table.rows().size(); i++) {
			if (i + 1 == table.rows().size() || table.startsGroup(i + 1)) {
				print.println();
				print.println(Terminal.OUT.bold(table.rows().get(from).key().group()));
				rows(table, table.rows().subList(from, i + 1), print);
				from = i + 1;
			}
		}
		print.println();
		table.notes().forEach(print::println);
	}

	private static void rows(FigureTable table, List<FigureTable.Row> rows, PrintWriter print) {
		List<List<String>> lines = new ArrayList<>();
		List<String> header = new ArrayList<>();
		table.leading().forEach(leading -> header.add(leading.heading()));
		table.columns().forEach(column -> header.add(column.narrow()));
		lines.add(header);
		for (FigureTable.Row row : rows) {
			List<String> cells = new ArrayList<>();
			table.leading().forEach(leading -> cells.add(leading.of(row)));
			row.cells().forEach(cell -> cells.add(cell.text()));
			lines.add(cells);
		}
		Table.of(lines, column -> false).forEach(print::println);
	}
}
