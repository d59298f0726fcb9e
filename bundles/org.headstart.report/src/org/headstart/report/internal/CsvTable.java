package org.headstart.report.internal;

import java.math.BigDecimal;

import org.headstart.engine.internal.results.CsvText;

/**
 * Comma-separated values as RFC 4180 has them, but with line feeds. Undefined numbers are empty fields, and
 * texts are neutralised, see {@link CsvText}.
 */
final class CsvTable {

	private final StringBuilder text = new StringBuilder();
	private final int columns;

	CsvTable(String... header) {
		columns = header.length;
		row((Object[]) header);
	}

	CsvTable row(Object... fields) {
		if (fields.length != columns) {
			throw new IllegalArgumentException(fields.length + " fields for " + columns + " columns");
		}
		for (int i = 0; i < fields.length; i++) {
			text.append(i == 0 ? "" : ",").append(field(fields[i]));
		}
		text.append('\n');
		return this;
	}

	private static String field(Object value) {
		return switch (value) {
			case Double number when number.isNaN() -> "";
			case Double number when number.isInfinite() -> number > 0 ? "inf" : "-inf";
			// 1000000, not 1.0E6: not every reader knows the latter
			case Double number when number == Math.rint(number) && Math.abs(number) < 1e15 ->
				Long.toString(number.longValue());
			case Double number -> new BigDecimal(Double.toString(number)).toPlainString();
			case Number number -> number.toString();
			default -> CsvText.cell(value.toString());
		};
	}

	@Override
	public String toString() {
		return text.toString();
	}
}
