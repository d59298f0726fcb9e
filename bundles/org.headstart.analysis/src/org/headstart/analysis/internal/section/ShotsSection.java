package org.headstart.analysis.internal.section;

import java.util.List;
import java.util.Optional;

import org.headstart.analysis.TransferAnalysis;
import org.headstart.analysis.figure.FigureTable;
import org.headstart.analysis.figure.FigureTable.Kind;
import org.headstart.analysis.internal.FigureTables;
import org.headstart.analysis.internal.TransferCharts;
import org.headstart.analysis.section.AnalysedRun;
import org.headstart.analysis.section.ReportSection;
import org.headstart.analysis.section.Section;

/** Judged returns after granted episodes. */
final class ShotsSection implements ReportSection {

	@Override
	public Optional<Section> of(AnalysedRun run) {
		TransferAnalysis analysis = run.analysis();
		List<FigureTable> tables = FigureTables.of(analysis, Kind.SHOTS, Kind.SHOT_DIFFERENCES);
		if (analysis.judgedOnly() || tables.isEmpty()) {
			return Optional.empty();
		}
		return Optional.of(Section.titled("shots", "Judged return after k shots").charts(TransferCharts.shots(analysis)).tables(tables)
				.build());
	}
}
