package org.headstart.analysis.internal.section;

import java.util.Optional;

import org.headstart.analysis.TransferAnalysis;
import org.headstart.analysis.figure.FigureTable.Kind;
import org.headstart.analysis.internal.FigureTables;
import org.headstart.analysis.internal.TransferCharts;
import org.headstart.analysis.section.AnalysedRun;
import org.headstart.analysis.section.ReportSection;
import org.headstart.analysis.section.Section;

/** The performance profile and aggregates of normalised scores. */
final class ProfileSection implements ReportSection {

	@Override
	public Optional<Section> of(AnalysedRun run) {
		TransferAnalysis analysis = run.analysis();
		if (analysis.judgedOnly() || analysis.overall().isEmpty()) {
			return Optional.empty();
		}
		return Optional.of(Section.titled("profile", "Performance profile and aggregates")
				.charts(TransferCharts.performanceProfile(analysis).stream().toList())
				.tables(FigureTables.of(analysis, Kind.AGGREGATES)).build());
	}
}
