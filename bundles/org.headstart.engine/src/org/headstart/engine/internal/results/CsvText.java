package org.headstart.engine.internal.results;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Text in the cells of CSV files that people open in spreadsheets (RFC 4180). A spreadsheet runs a cell that begins like a formula,
 * and labels and names may be any text: such a text gets an apostrophe in front, by which spreadsheets know text. Numbers are
 * not text and stay as they are, negative ones too.
 */
public final class CsvText {

	/** What a spreadsheet takes for a formula, or strips to find one; full-width signs count in some of them. */
	private static final String FORMULA = "[=+\\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]";
	/** Texts that begin with apostrophes before such a sign get one more, so that it can be taken off again. */
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
