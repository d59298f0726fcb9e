package org.headstart.analysis.internal.section;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.headstart.analysis.TargetFacts;
import org.headstart.analysis.TransferAnalysis;
import org.headstart.analysis.figure.FigureTable.Kind;
import org.headstart.analysis.figure.Figures;
import org.headstart.analysis.internal.FigureTables;
import org.headstart.analysis.internal.TransferCharts;
import org.headstart.analysis.section.AnalysedRun;
import org.headstart.analysis.section.ReportSection;
import org.headstart.analysis.section.Section;

/** What each arm gains against the baseline. */
final class TransferSection implements ReportSection {

	@Override
	public Optional<Section> of(AnalysedRun run) {
		TransferAnalysis analysis = run.analysis();
		if (analysis.judgedOnly()) {
			return Optional.empty();
		}
		Section.Builder section = Section.titled("transfer", "Transfer against " + analysis.baseline());
		if (analysis.figures().stream().allMatch(each -> each.metrics().isEmpty())) {
			return Optional.of(section.muted("Nothing to compare: no arm and the baseline have a target in common.")
					.tables(FigureTables.of(analysis, Kind.PARTS)).build());
		}
		return Optional.of(section.tables(FigureTables.of(analysis, Kind.TRANSFER_OVERALL, Kind.TRANSFER))
				.charts(TransferCharts.transferMetrics(analysis)).heading("What the differences are made of")
				.tables(FigureTables.of(analysis, Kind.PARTS)).notes(facts(analysis)).build());
	}

	/** The facts that the figures on each target rest on. */
	private static List<String> facts(TransferAnalysis analysis) {
		List<String> facts = new ArrayList<>();
		for (TargetFacts each : analysis.facts()) {
			if (each.judgedOnly()) {
				continue;
			}
			facts.add(each.target() + ": random policy " + Figures.number(each.randomReturn()) + "; common range to "
					+ Figures.count(each.end()) + " " + each.unit().key() + "; threshold " + Figures.number(each.threshold())
					+ (!each.derived() ? " (given)" : Double.isNaN(each.threshold()) ? " (none could be derived)"
							: " (derived: random + " + Figures.tick(analysis.settings().derivedShare())
									+ " · (asymptote of " + analysis.baseline() + " − random))")
					+ (Double.isNaN(each.shift()) ? "; no area ratio"
							: each.shift() == 0 ? "; areas as they are"
							: "; areas after subtracting the random policy's return from both, as returns are negative")
					+ ".");
		}
		return facts;
	}
}
