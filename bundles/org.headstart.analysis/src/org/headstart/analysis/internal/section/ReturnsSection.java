package org.headstart.analysis.internal.section;

import java.util.List;
import java.util.Optional;

import org.headstart.analysis.TransferAnalysis;
import org.headstart.analysis.TrialAnalysis;
import org.headstart.analysis.figure.FigureTable.Kind;
import org.headstart.analysis.internal.FigureTables;
import org.headstart.analysis.internal.TrialCharts;
import org.headstart.analysis.section.AnalysedRun;
import org.headstart.analysis.section.ReportSection;
import org.headstart.analysis.section.Section;

/** Returns and outcomes of last evaluations. */
final class ReturnsSection implements ReportSection {

	@Override
	public Optional<Section> of(AnalysedRun run) {
		TransferAnalysis analysis = run.analysis();
		TrialAnalysis trials = analysis.trials();
		if (trials.figures().isEmpty()) {
			return Optional.empty();
		}
		Section.Builder section = Section.titled("returns", "Returns and outcomes");
		List<String> judged = trials.targets().stream().filter(target -> analysis.facts(target).judgedOnly()).toList();
		if (!judged.isEmpty()) {
			section.paragraph("Nothing was trained on " + listed(judged)
					+ ": arms come as they are, from their sources or as an algorithm that learns no weights, and are judged there"
					+ " once. So there are no learning curves and no transfer figures"
					+ (analysis.judgedOnly() ? "." : " of " + (judged.size() == 1 ? "it." : "them.")));
		}
		if (!trials.heldOut().isEmpty()) {
			section.paragraph("Held out, that is without a task that could be learned on: " + listed(trials.heldOut()) + ".");
		}
		section.charts(TrialCharts.finalReturns(analysis)).tables(FigureTables.of(analysis, Kind.RETURNS, Kind.RETURN_DIFFERENCES));
		List<String> meanings = meanings(run);
		if (!meanings.isEmpty()) {
			section.notes(meanings);
		}
		return Optional.of(section.charts(TrialCharts.shareOfTheWay(analysis).stream().toList()).build());
	}

	/** The meaning of each outcome, as the environment says. */
	private static List<String> meanings(AnalysedRun run) {
		TrialAnalysis trials = run.analysis().trials();
		List<String> names = trials.targets().stream().flatMap(target -> trials.outcomes(target).stream()).distinct().toList();
		return run.results().outcomes().stream().filter(outcome -> names.contains(outcome.name()))
				.map(outcome -> outcome.name().replace('-', ' ') + ": " + outcome.value()).toList();
	}

	private static String listed(List<String> items) {
		return items.size() == 1 ? items.get(0)
				: String.join(", ", items.subList(0, items.size() - 1)) + " and " + items.get(items.size() - 1);
	}
}
