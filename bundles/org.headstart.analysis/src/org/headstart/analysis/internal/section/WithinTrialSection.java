package org.headstart.analysis.internal.section;

import java.util.Optional;

import org.headstart.analysis.TransferAnalysis;
import org.headstart.analysis.figure.FigureTable.Kind;
import org.headstart.analysis.internal.FigureTables;
import org.headstart.analysis.internal.TrialCharts;
import org.headstart.analysis.section.AnalysedRun;
import org.headstart.analysis.section.ReportSection;
import org.headstart.analysis.section.Section;

/** How agents get better from episode to episode of a trial. */
final class WithinTrialSection implements ReportSection {

	@Override
	public Optional<Section> of(AnalysedRun run) {
		TransferAnalysis analysis = run.analysis();
		if (analysis.trials().episodes().isEmpty()) {
			return Optional.empty();
		}
		return Optional.of(Section.titled("within-a-trial", "Learning within a trial")
				.paragraph("A trial is several episodes on one task that the agent does not know at first. What later episodes return"
						+ " more than the first is what it has learned about the task on the way. Strategies that learn by gradient steps play"
						+ " episode k + 1 after k of them.")
				.charts(TrialCharts.episodes(analysis)).tables(FigureTables.of(analysis, Kind.EPISODES)).build());
	}
}
