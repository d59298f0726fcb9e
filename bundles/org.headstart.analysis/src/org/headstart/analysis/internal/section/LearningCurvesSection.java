package org.headstart.analysis.internal.section;

import java.util.Optional;

import org.headstart.analysis.internal.TransferCharts;
import org.headstart.analysis.section.AnalysedRun;
import org.headstart.analysis.section.ReportSection;
import org.headstart.analysis.section.Section;

/** Learning curves on the targets that are trained on. */
final class LearningCurvesSection implements ReportSection {

	@Override
	public Optional<Section> of(AnalysedRun run) {
		if (run.analysis().judgedOnly()) {
			return Optional.empty();
		}
		return Optional
				.of(Section.titled("learning-curves", "Learning curves").charts(TransferCharts.learningCurves(run.analysis())).build());
	}
}
