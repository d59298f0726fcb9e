package org.headstart.report.internal;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.headstart.analysis.AnalysisSettings;
import org.headstart.analysis.figure.FigureTable;
import org.headstart.analysis.internal.FigureTables;
import org.headstart.analysis.internal.ResultComparison;

/** Compares two runs, for example of two versions, arm by arm on the targets that both have. */
public final class CompareWriter {

	private final RunReport first;
	private final RunReport second;
	private final ResultComparison comparison;
	private final FigureTable table;

	/**
	 * @param first    what is compared against
	 * @param second   what is compared
	 * @param settings how to analyse
	 */
	public CompareWriter(RunReport first, RunReport second, AnalysisSettings settings) {
		this.first = first;
		this.second = second;
		Set<String> arms = new LinkedHashSet<>();
		Set<String> targets = new LinkedHashSet<>();
		for (RunReport each : List.of(first, second)) {
			arms.addAll(each.comparison().arms());
			targets.addAll(each.comparison().targets());
		}
		this.comparison = ResultComparison.of(List.copyOf(arms), List.copyOf(targets), first.results().adaptations(),
				second.results().adaptations(), settings);
		this.table = FigureTables.of(comparison, settings);
	}

	/** @return what limits the comparison */
	public List<String> notes() {
		return comparison.notes();
	}

	/** @return second against first; without rows where the two have nothing in common */
	public FigureTable table() {
		return table;
	}

	/** @return a self-contained page */
	public String html() {
		HtmlPage page = new HtmlPage(first.name() + " and " + second.name() + " · Headstart comparison");
		page.raw("<header>\n").element("h1", "Comparison of two runs").element("p", "First: " + first.name())
				.element("p", "Second: " + second.name()).raw("</header>\n");
		if (!comparison.notes().isEmpty()) {
			page.raw("<div class=\"warning\">\n").list(comparison.notes()).raw("</div>\n");
		}
		if (!table.rows().isEmpty()) {
			page.table(table);
		}
		return page.toString();
	}
}
