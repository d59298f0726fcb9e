package org.headstart.analysis.internal.section;

import java.util.List;
import java.util.Optional;

import org.headstart.analysis.chart.PathChart;
import org.headstart.analysis.internal.TraceCharts;
import org.headstart.analysis.section.AnalysedRun;
import org.headstart.analysis.section.ReportSection;
import org.headstart.analysis.section.Section;

/** Single episodes, drawn from their traces. */
final class EpisodesSection implements ReportSection {

	@Override
	public Optional<Section> of(AnalysedRun run) {
		List<PathChart> charts = TraceCharts.of(run.analysis().arms(), run.analysis().targets(), run.results().traces());
		return charts.isEmpty() ? Optional.empty()
				: Optional.of(Section.titled("episodes", "Single episodes").charts(charts).build());
	}
}
