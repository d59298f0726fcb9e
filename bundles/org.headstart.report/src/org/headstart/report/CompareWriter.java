package org.headstart.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.headstart.engine.analysis.AnalysisSettings;
import org.headstart.engine.analysis.Figures;
import org.headstart.engine.analysis.ResultComparison;
import org.headstart.engine.analysis.TransferFigures;
import org.headstart.engine.analysis.TransferMetric;

/** Compares two runs, for example of two versions, arm by arm on the targets that both have: as text and as a page. */
public final class CompareWriter {

	private static final String[] HEADER = {"strategy", "target", "seeds", "asymptote, first", "asymptote, second", "difference",
			"", "area ratio", ""};

	private final RunReport first;
	private final RunReport second;
	private final ResultComparison comparison;
	private final AnalysisSettings settings;

	/**
	 * @param first    what is compared against
	 * @param second   what is compared
	 * @param settings how to analyse
	 */
	public CompareWriter(RunReport first, RunReport second, AnalysisSettings settings) {
		this.first = first;
		this.second = second;
		this.settings = settings;
		Set<String> arms = new LinkedHashSet<>();
		Set<String> targets = new LinkedHashSet<>();
		for (RunReport each : List.of(first, second)) {
			each.arms().forEach(arm -> arms.add(arm.label()));
			targets.addAll(each.targets());
		}
		this.comparison = ResultComparison.of(List.copyOf(arms), List.copyOf(targets), first.results(), second.results(), settings);
	}

	/** @return the figures behind the tables */
	public ResultComparison comparison() {
		return comparison;
	}

	private List<String[]> rows() {
		List<String[]> rows = new ArrayList<>();
		for (ResultComparison.Row row : comparison.rows()) {
			TransferFigures second = row.second();
			if (row.judgedOnly()) {
				rows.add(new String[] {row.arm(), row.target(), seeds(row), Figures.estimate(row.firstTrial().finalReturn()),
						Figures.estimate(row.secondTrial().finalReturn()), Figures.estimate(row.secondTrial().difference()),
						ResultComparison.verdict(row.secondTrial().difference(), 0), "", ""});
				row.secondTrial().outcomeDifferences().forEach((name, difference) -> rows.add(new String[] {row.arm(),
						row.target() + ", " + name, seeds(row), Figures.estimate(row.firstTrial().outcome(name)),
						Figures.estimate(row.secondTrial().outcome(name)), Figures.estimate(difference),
						ResultComparison.verdict(difference, 0), "", ""}));
				continue;
			}
			rows.add(new String[] {row.arm(), row.target(), seeds(row),
					Figures.estimate(row.first().asymptote()), Figures.estimate(second.asymptote()),
					Figures.estimate(second.metric(TransferMetric.ASYMPTOTIC_DIFFERENCE)),
					row.verdict(TransferMetric.ASYMPTOTIC_DIFFERENCE), Figures.estimate(second.metric(TransferMetric.AREA_RATIO)),
					row.verdict(TransferMetric.AREA_RATIO)});
		}
		return rows;
	}

	private static String seeds(ResultComparison.Row row) {
		int first = row.first().runs();
		int second = row.second().runs();
		return first == second ? String.valueOf(second) : first + ", " + second;
	}

	/** How many of the columns there are data for: no area ratio where nothing was trained on any target. */
	private int columns() {
		return !comparison.rows().isEmpty() && comparison.rows().stream().allMatch(ResultComparison.Row::judgedOnly)
				? HEADER.length - 2 : HEADER.length;
	}

	private String explanation() {
		return "Second against first, with " + Figures.percent(settings.confidence())
				+ " bootstrap intervals over seeds; where both ran the same seeds they are resampled together."
				+ (comparison.rows().stream().anyMatch(ResultComparison.Row::judgedOnly)
						? " Where nothing was trained on a target, the return of its one evaluation stands for the asymptote." : "");
	}

	/** @return a table for a terminal, with figures to the right */
	public String text() {
		List<String[]> rows = rows();
		int[] widths = new int[columns()];
		for (int i = 0; i < widths.length; i++) {
			widths[i] = HEADER[i].length();
			for (String[] row : rows) {
				widths[i] = Math.max(widths[i], row[i].length());
			}
		}
		StringBuilder text = new StringBuilder("first:  ").append(first.name()).append("\nsecond: ").append(second.name())
				.append('\n').append(explanation()).append("\n\n");
		if (!rows.isEmpty()) {
			line(text, widths, HEADER);
			rows.forEach(row -> line(text, widths, row));
			text.append('\n');
		}
		comparison.notes().forEach(note -> text.append(note).append('\n'));
		return text.toString();
	}

	private static void line(StringBuilder text, int[] widths, String[] cells) {
		StringBuilder line = new StringBuilder();
		for (int i = 0; i < widths.length; i++) {
			String gap = " ".repeat(widths[i] - cells[i].length());
			// words to the left, figures to the right
			boolean words = i < 2 || HEADER[i].isEmpty();
			line.append(i == 0 ? "" : "  ").append(words ? cells[i] + gap : gap + cells[i]);
		}
		text.append(line.toString().stripTrailing()).append('\n');
	}

	/** @return a self-contained page */
	public String html() {
		HtmlPage page = new HtmlPage(first.name() + " and " + second.name() + " · Headstart comparison");
		page.raw("<header>\n").element("h1", "Comparison of two runs").element("p", "First: " + first.name())
				.element("p", "Second: " + second.name()).raw("</header>\n").element("p", explanation());
		if (!comparison.notes().isEmpty()) {
			page.raw("<div class=\"warning\">\n").list(comparison.notes()).raw("</div>\n");
		}
		if (!comparison.rows().isEmpty()) {
			page.startTable("", 4, "figure", "first", "second", "second against first", "verdict");
			for (ResultComparison.Row row : comparison.rows()) {
				page.group(5, row.arm() + " on " + row.target());
				if (row.judgedOnly()) {
					page.row(4, "return", Figures.estimate(row.firstTrial().finalReturn()),
							Figures.estimate(row.secondTrial().finalReturn()), Figures.estimate(row.secondTrial().difference()),
							ResultComparison.verdict(row.secondTrial().difference(), 0));
					outcomes(page, row);
					continue;
				}
				page.row(4, "asymptote", Figures.estimate(row.first().asymptote()), Figures.estimate(row.second().asymptote()),
						Figures.estimate(row.second().metric(TransferMetric.ASYMPTOTIC_DIFFERENCE)),
						row.verdict(TransferMetric.ASYMPTOTIC_DIFFERENCE));
				page.row(4, "return at step 0", Figures.estimate(row.first().stepZero()),
						Figures.estimate(row.second().stepZero()),
						Figures.estimate(row.second().metric(TransferMetric.JUMPSTART)), row.verdict(TransferMetric.JUMPSTART));
				page.row(4, "mean return (ratio of areas)", Figures.estimate(row.first().meanReturn()),
						Figures.estimate(row.second().meanReturn()),
						Figures.estimate(row.second().metric(TransferMetric.AREA_RATIO)), row.verdict(TransferMetric.AREA_RATIO));
				outcomes(page, row);
			}
			page.endTable();
		}
		return page.toString();
	}

	private static void outcomes(HtmlPage page, ResultComparison.Row row) {
		if (row.secondTrial() != null) {
			row.secondTrial().outcomeDifferences().forEach((name, difference) -> page.row(4, name.replace('-', ' '),
					Figures.estimate(row.firstTrial().outcome(name)), Figures.estimate(row.secondTrial().outcome(name)),
					Figures.estimate(difference), ResultComparison.verdict(difference, 0)));
		}
	}
}
