package org.headstart.analysis.internal.section;

import java.util.Optional;

import org.headstart.analysis.TransferAnalysis;
import org.headstart.analysis.figure.FigureTable.Kind;
import org.headstart.analysis.internal.FigureTables;
import org.headstart.analysis.section.AnalysedRun;
import org.headstart.analysis.section.ReportSection;
import org.headstart.analysis.section.Section;

/** Steps and time of training. */
final class CostSection implements ReportSection {

	@Override
	public Optional<Section> of(AnalysedRun run) {
		TransferAnalysis analysis = run.analysis();
		return Optional.of(Section.titled("cost", analysis.judgedOnly() ? "Cost of training" : "Cost on source and target")
				.tables(FigureTables.of(analysis, Kind.COST))
				.note("Steps are " + analysis.counted().many() + ", times are processor time.").build());
	}
}
