package org.headstart.engine.internal.results;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Text in the cells of CSV files that people open in spreadsheets (RFC 4180). A spreadsheet executes a cell that begins like
 * a formula, and labels and names may be any text. So such a text is written with an apostrophe before it, which marks text
 * in spreadsheets. Numbers, including negative ones, are written unchanged.
 */
public final class CsvText {

	/** Signs that begin a formula, or that spreadsheets strip before one; some spreadsheets also accept full-width signs. */
	private static final String FORMULA = "[=+\\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]";
	/** Texts with apostrophes before such a sign get one more, so that the change can be undone. */
	private static final Pattern DANGEROUS = Pattern.compile("'*" + FORMULA + ".*", Pattern.DOTALL);
	private static final Pattern NEUTRALISED = Pattern.compile("'+" + FORMULA + ".*", Pattern.DOTALL);

	private CsvText() {}

	/**
	 * @param text any
	 * @return the cell, neutralised, and quoted where it must be
	 */
	public static String cell(String text) {
		String safe = DANGEROUS.matcher(text).matches() ? "'" + text : text;
		return safe.matches("[^\",\r\n]*") ? safe : '"' + safe.replace("\"", "\"\"") + '"';
	}

	/**
	 * @param cell a cell without its quotes, as {@link #cell} made it
	 * @return the text that it was made from
	 */
	public static String text(String cell) {
		return NEUTRALISED.matcher(cell).matches() ? cell.substring(1) : cell;
	}

	/**
	 * @param text a file's text
	 * @return its lines, each as cells without their quotes; what follows the last line feed is no line
	 */
	static List<List<String>> lines(String text) {
		List<List<String>> lines = new ArrayList<>();
		List<String> cells = new ArrayList<>();
		StringBuilder cell = new StringBuilder();
		boolean quotes = false;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (quotes) {
				if (c != '"') {
					cell.append(c);
				} else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
					cell.append('"');
					i++;
				} else {
					quotes = false;
				}
			} else if (c == '"') {
				quotes = true;
			} else if (c == ',' || c == '\n') {
				cells.add(cell.toString());
				cell.setLength(0);
				if (c == '\n') {
					lines.add(cells);
					cells = new ArrayList<>();
				}
			} else {
				cell.append(c);
			}
		}
		return lines;
	}
}
