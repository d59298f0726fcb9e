package org.headstart.analysis.internal.section;

import java.util.Optional;

import org.headstart.analysis.TransferAnalysis;
import org.headstart.analysis.figure.FigureTable.Kind;
import org.headstart.analysis.internal.FigureTables;
import org.headstart.analysis.internal.TrialCharts;
import org.headstart.analysis.section.AnalysedRun;
import org.headstart.analysis.section.ReportSection;
import org.headstart.analysis.section.Section;

/** Returns on tasks to learn on against returns on held-out ones. */
final class GeneralisationSection implements ReportSection {

	@Override
	public Optional<Section> of(AnalysedRun run) {
		TransferAnalysis analysis = run.analysis();
		if (analysis.trials().gaps().isEmpty()) {
			return Optional.empty();
		}
		return Optional.of(Section.titled("generalisation", "Generalisation to new tasks")
				.charts(TrialCharts.generalisationGap(analysis).stream().toList())
				.tables(FigureTables.of(analysis, Kind.GENERALISATION)).build());
	}
}
