package org.headstart.report.internal;

import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.headstart.analysis.figure.FigureTable;

/**
 * A self-contained page: style and charts are in it, and no script. Light or dark as the reader's system is, light in print.
 * Every text that comes in is escaped here.
 */
final class HtmlPage {

	private final StringBuilder html = new StringBuilder();
	/** Colour of the light theme in SVG's notation → the page's variable of the same role. */
	private final Map<String, String> variables = new LinkedHashMap<>();
	/** Sections so far, by their id. */
	private final Map<String, String> sections = new LinkedHashMap<>();
	/** Where the list of sections goes; −1: nowhere. */
	private int contents = -1;

	HtmlPage(String title) {
		role("background", ChartTheme.LIGHT.background());
		role("text", ChartTheme.LIGHT.text());
		role("muted", ChartTheme.LIGHT.muted());
		role("grid", ChartTheme.LIGHT.grid());
		role("line", ChartTheme.LIGHT.line());
		for (int i = 0; i < ChartTheme.LIGHT.colours(); i++) {
			role("series-" + i, ChartTheme.LIGHT.series(i));
		}
		html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
				.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
				.append(escape(title)).append("</title>\n<style>\n").append(style()).append("</style>\n</head>\n<body>\n<main>\n");
	}

	private void role(String name, Color light) {
		variables.put("rgb(" + light.getRed() + "," + light.getGreen() + "," + light.getBlue() + ")", "var(--" + name + ")");
	}

	private static String style() {
		return ":root {\n" + colours(ChartTheme.LIGHT) + "}\n@media screen and (prefers-color-scheme: dark) {\n:root {\n"
				+ colours(ChartTheme.DARK) + "}\n}\n" + """
						:root { color-scheme: light dark; }
						* { box-sizing: border-box; }
						body { margin: 0; background: var(--background); color: var(--text);
							font: 16px/1.55 system-ui, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; }
						main { max-width: 66rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem; }
						header p { color: var(--muted); margin: .25rem 0; }
						h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .5rem; overflow-wrap: anywhere; }
						h2 { font-size: 1.3rem; margin: 3rem 0 .75rem; padding-bottom: .3rem; border-bottom: 1px solid var(--grid); }
						h3 { font-size: 1.02rem; margin: 1.6rem 0 .4rem; }
						p, li { max-width: 46rem; }
						.finding { font-size: 1.12rem; line-height: 1.5; border-left: 4px solid var(--series-0);
							padding: .2rem 0 .2rem 1rem; margin: 1.5rem 0; }
						.finding p { max-width: none; margin: 0; }
						.warning { border: 1px solid var(--series-1); border-left-width: 4px; border-radius: 4px;
							padding: .6rem 1rem; margin: 1.2rem 0; }
						.warning ul, .warning p { margin: .2rem 0; }
						.muted, caption, .note { color: var(--muted); }
						.note { font-size: .92rem; }
						nav ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; font-size: .95rem; }
						a { color: var(--series-0); }
						figure { margin: 1.2rem 0 1.8rem; }
						figure svg { display: block; width: 100%; height: auto; border: 1px solid var(--grid); border-radius: 6px; }
						.scroll { overflow-x: auto; margin: .8rem 0 1.4rem; }
						table { border-collapse: collapse; font-size: .86rem; font-variant-numeric: tabular-nums; min-width: 50%; }
						caption { text-align: left; padding-bottom: .4rem; }
						th, td { padding: .38rem .9rem .38rem 0; border-bottom: 1px solid var(--grid); text-align: left;
							vertical-align: top; }
						thead th { border-bottom: 2px solid var(--line); font-weight: 600; vertical-align: bottom; }
						tbody td:first-child { min-width: 8.5rem; hyphens: none; }
						th.figure, td.figure { text-align: right; padding-left: .9rem; padding-right: 0; }
						tr.group th { padding-top: 1rem; font-weight: 600; color: var(--muted); }
						dl { max-width: 46rem; } dt { font-weight: 600; margin-top: .8rem; } dd { margin: 0; }
						pre { background: color-mix(in srgb, var(--grid) 55%, transparent); border-radius: 6px; padding: .8rem 1rem;
							overflow-x: auto; font: .86rem/1.5 ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; }
						td.value { overflow-wrap: anywhere; }
						@media print {
							main { max-width: none; padding: 0; } nav { display: none; }
							figure, table, .finding, .warning { break-inside: avoid; } h2, h3 { break-after: avoid; }
							pre { white-space: pre-wrap; } body { font-size: 10pt; }
							.scroll { overflow: visible; } table { font-size: 7.5pt; } th, td { padding-right: .4rem; }
							th.figure, td.figure { padding-left: .4rem; }
						}
						""";
	}

	private static String colours(ChartTheme theme) {
		StringBuilder css = new StringBuilder();
		css.append("--background:").append(hex(theme.background())).append("; --text:").append(hex(theme.text()))
				.append("; --muted:").append(hex(theme.muted())).append("; --grid:").append(hex(theme.grid())).append("; --line:")
				.append(hex(theme.line())).append(";\n");
		for (int i = 0; i < theme.colours(); i++) {
			css.append("--series-").append(i).append(':').append(hex(theme.series(i))).append("; ");
		}
		return css.append('\n').toString();
	}

	private static String hex(Color colour) {
		return String.format(Locale.ROOT, "#%06x", colour.getRGB() & 0xFFFFFF);
	}

	/** Everything that HTML gives a meaning, and control characters that it does not allow. */
	static String escape(String text) {
		StringBuilder escaped = new StringBuilder(text.length() + 16);
		text.codePoints().forEach(c -> {
			switch (c) {
				case '&' -> escaped.append("&amp;");
				case '<' -> escaped.append("&lt;");
				case '>' -> escaped.append("&gt;");
				case '"' -> escaped.append("&quot;");
				case '\'' -> escaped.append("&#39;");
				default -> {
					if (c < ' ' && c != '\n' && c != '\t') {
						escaped.append('\uFFFD');
					} else {
						escaped.appendCodePoint(c);
					}
				}
			}
		});
		return escaped.toString();
	}

	/** Markup that this bundle wrote. */
	HtmlPage raw(String markup) {
		html.append(markup);
		return this;
	}

	HtmlPage element(String name, String text) {
		html.append('<').append(name).append('>').append(escape(text)).append("</").append(name).append(">\n");
		return this;
	}

	/** Puts a list of all sections here, those that are still to come. */
	HtmlPage contents() {
		contents = html.length();
		return this;
	}

	HtmlPage section(String id, String title) {
		sections.put(id, title);
		html.append("<h2 id=\"").append(escape(id)).append("\">").append(escape(title)).append("</h2>\n");
		return this;
	}

	HtmlPage paragraph(String cssClass, String text) {
		html.append("<p class=\"").append(cssClass).append("\">").append(escape(text)).append("</p>\n");
		return this;
	}

	HtmlPage list(List<String> items) {
		html.append("<ul>\n");
		items.forEach(item -> element("li", item));
		html.append("</ul>\n");
		return this;
	}

	/** The chart, its colours bound to the page's theme. */
	HtmlPage chart(String id, String drawing) {
		String svg = drawing;
		for (Map.Entry<String, String> each : variables.entrySet()) {
			svg = svg.replace(":" + each.getKey(), ":" + each.getValue());
		}
		html.append("<figure id=\"").append(escape(id)).append("\">\n").append(svg).append("\n</figure>\n");
		return this;
	}

	/** The table with its notes below. */
	HtmlPage table(FigureTable table) {
		List<String> header = new ArrayList<>();
		table.leading().forEach(leading -> header.add(leading.heading()));
		table.columns().forEach(column -> header.add(column.heading()));
		int figures = table.columns().size() + (int) table.leading().stream().filter(FigureTable.Leading::isNumber).count();
		startTable(table.caption(), figures, header.toArray(new String[0]));
		for (int i = 0; i < table.rows().size(); i++) {
			FigureTable.Row row = table.rows().get(i);
			if (table.startsGroup(i)) {
				group(header.size(), row.key().group());
			}
			List<String> cells = new ArrayList<>();
			table.leading().forEach(leading -> cells.add(leading.of(row)));
			row.cells().forEach(cell -> cells.add(cell.text()));
			row(figures, cells.toArray(new String[0]));
		}
		endTable();
		table.notes().forEach(note -> paragraph("note", note));
		return this;
	}

	/**
	 * @param caption may be empty
	 * @param figures how many of the columns, from the right, hold figures
	 * @param header  names of the columns
	 */
	HtmlPage startTable(String caption, int figures, String... header) {
		html.append("<div class=\"scroll\">\n<table>\n");
		if (!caption.isEmpty()) {
			element("caption", caption);
		}
		html.append("<thead>\n<tr>");
		for (int i = 0; i < header.length; i++) {
			html.append(i < header.length - figures ? "<th scope=\"col\">" : "<th scope=\"col\" class=\"figure\">")
					.append(escape(header[i])).append("</th>");
		}
		html.append("</tr>\n</thead>\n<tbody>\n");
		return this;
	}

	HtmlPage group(int columns, String heading) {
		html.append("<tr class=\"group\"><th colspan=\"").append(columns).append("\" scope=\"colgroup\">").append(escape(heading))
				.append("</th></tr>\n");
		return this;
	}

	/** @param figures how many of the cells, from the right, are figures */
	HtmlPage row(int figures, String... cells) {
		html.append("<tr>");
		for (int i = 0; i < cells.length; i++) {
			boolean figure = i >= cells.length - figures;
			html.append(figure ? "<td class=\"figure\">" : i == 0 ? "<td>" : "<td class=\"value\">")
					.append(escape(figure ? unbroken(cells[i]) : cells[i])).append("</td>");
		}
		html.append("</tr>\n");
		return this;
	}

	/** In a wide table an interval may stand below its figure; neither is broken itself. */
	static String unbroken(String figure) {
		return figure.replace(' ', '\u00A0').replace("\u00A0[", " [");
	}

	HtmlPage endTable() {
		html.append("</tbody>\n</table>\n</div>\n");
		return this;
	}

	private String navigation() {
		StringBuilder list = new StringBuilder("<nav><ul>");
		sections.forEach((id, title) -> list.append("<li><a href=\"#").append(escape(id)).append("\">").append(escape(title))
				.append("</a></li>"));
		return list.append("</ul></nav>\n").toString();
	}

	@Override
	public String toString() {
		String page = html + "</main>\n</body>\n</html>\n";
		return contents < 0 ? page : page.substring(0, contents) + navigation() + page.substring(contents);
	}
}
