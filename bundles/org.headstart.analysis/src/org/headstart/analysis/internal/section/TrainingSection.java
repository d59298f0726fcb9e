package org.headstart.analysis.internal.section;

import java.util.List;
import java.util.Optional;

import org.headstart.analysis.chart.LineChart;
import org.headstart.analysis.internal.TrainingCurves;
import org.headstart.analysis.section.AnalysedRun;
import org.headstart.analysis.section.ReportSection;
import org.headstart.analysis.section.Section;

/** Curves of training on the sources. */
final class TrainingSection implements ReportSection {

	@Override
	public Optional<Section> of(AnalysedRun run) {
		List<LineChart> charts = TrainingCurves.of(run.analysis().arms(), run.results().acquisitions(), run.analysis().settings());
		return charts.isEmpty() ? Optional.empty()
				: Optional.of(Section.titled("training", "Training on the sources").charts(charts).build());
	}
}
