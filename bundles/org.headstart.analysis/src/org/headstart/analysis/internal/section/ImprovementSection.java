package org.headstart.analysis.internal.section;

import java.util.List;
import java.util.Optional;

import org.headstart.analysis.internal.TransferCharts;
import org.headstart.analysis.section.AnalysedRun;
import org.headstart.analysis.section.ReportSection;
import org.headstart.analysis.section.Section;

/** The probability that a run of an arm ends above one of the baseline. */
final class ImprovementSection implements ReportSection {

	@Override
	public Optional<Section> of(AnalysedRun run) {
		if (run.analysis().judgedOnly()) {
			return Optional.empty();
		}
		return TransferCharts.probabilityOfImprovement(run.analysis())
				.map(chart -> Section.titled("improvement", "Probability of improvement").charts(List.of(chart)).build());
	}
}
