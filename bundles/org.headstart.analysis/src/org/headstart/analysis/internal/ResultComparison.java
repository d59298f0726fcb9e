package org.headstart.analysis.internal;

import java.util.ArrayList;
import java.util.List;

import org.headstart.analysis.AnalysisSettings;
import org.headstart.analysis.TransferAnalysis;
import org.headstart.analysis.TransferFigures;
import org.headstart.analysis.TransferMetric;
import org.headstart.analysis.TrialFigures;
import org.headstart.analysis.figure.Estimate;
import org.headstart.analysis.result.AdaptationResult;

/**
 * Two sets of results side by side, for example of two versions of the code: for each arm and target that both have, the second
 * against the first, as an arm against its baseline. Where both ran the same seeds they are resampled together.
 *
 * @param rows     one for each arm and target that both have
 * @param notes    what limits the comparison
 */
public record ResultComparison(List<Row> rows, List<String> notes) {

	/** Defensive copies. */
	public ResultComparison {
		rows = List.copyOf(rows);
		notes = List.copyOf(notes);
	}

	/**
	 * One arm on one target.
	 *
	 * @param arm        label
	 * @param target     label
	 * @param first      figures of the first set
	 * @param second     figures of the second set, with its metrics against the first
	 * @param firstTrial  what the last evaluations of the first set say; null where they say nothing else
	 * @param secondTrial the same of the second set, with its differences from the first
	 */
	public record Row(String arm, String target, TransferFigures first, TransferFigures second, TrialFigures firstTrial,
			TrialFigures secondTrial) {

		/** @return whether nothing was trained on the target, so that the last evaluation is all that there is */
		public boolean judgedOnly() {
			return secondTrial != null && second.metrics().isEmpty();
		}

		/** @return what is compared: returns and their metrics, then the environment's outcomes */
		public List<Figure> figures() {
			List<Figure> figures = new ArrayList<>();
			if (judgedOnly()) {
				figures.add(new Figure("return", firstTrial.finalReturn(), secondTrial.finalReturn(), secondTrial.difference(), 0));
			} else {
				figures.add(new Figure("return at step 0", first.stepZero(), second.stepZero(),
						second.metric(TransferMetric.JUMPSTART), 0));
				figures.add(new Figure("asymptote", first.asymptote(), second.asymptote(),
						second.metric(TransferMetric.ASYMPTOTIC_DIFFERENCE), 0));
				figures.add(new Figure("mean return, ratio", first.meanReturn(), second.meanReturn(),
						second.metric(TransferMetric.AREA_RATIO), 1));
			}
			if (secondTrial != null) {
				secondTrial.outcomeDifferences().forEach((name, difference) -> figures.add(
						new Figure("outcome: " + name.replace('-', ' '), firstTrial.outcome(name), secondTrial.outcome(name), difference,
								0)));
			}
			return figures;
		}

		/**
		 * @param metric which
		 * @return the verdict that the interval bears
		 */
		public String verdict(TransferMetric metric) {
			return ResultComparison.verdict(second.metric(metric), metric.noDifference());
		}
	}

	/**
	 * One figure of both sets.
	 *
	 * @param name         what it is
	 * @param first        of the first set
	 * @param second       of the second
	 * @param against      the second against the first: their difference or ratio
	 * @param noDifference the value of {@code against} that stands for none
	 */
	public record Figure(String name, Estimate first, Estimate second, Estimate against, double noDifference) {

		/** @return the verdict that the interval bears */
		public String verdict() {
			return ResultComparison.verdict(against, noDifference);
		}
	}

	/**
	 * @param estimate     a difference or ratio of two sets
	 * @param noDifference the value that stands for none
	 * @return the verdict that the interval bears
	 */
	public static String verdict(Estimate estimate, double noDifference) {
		return !estimate.isDefined() ? "no figure" : !estimate.hasInterval() ? "no interval" : estimate.isAbove(noDifference) ? "higher"
				: estimate.isBelow(noDifference) ? "lower" : "no difference shown";
	}

	/**
	 * @param arms     labels, in order
	 * @param targets  labels, in order
	 * @param first    results
	 * @param second   results
	 * @param settings how to analyse
	 * @return the comparison
	 */
	public static ResultComparison of(List<String> arms, List<String> targets, List<AdaptationResult> first,
			List<AdaptationResult> second, AnalysisSettings settings) {
		List<Row> rows = new ArrayList<>();
		List<String> notes = new ArrayList<>();
		for (String target : targets) {
			for (String arm : arms) {
				List<AdaptationResult> both = new ArrayList<>();
				int before = relabelled(first, arm, target, "first", both);
				int after = relabelled(second, arm, target, "second", both) - before;
				if (before == 0 || after == 0) {
					if (before + after > 0) {
						notes.add(arm + " on " + target + " is in the " + (before == 0 ? "second" : "first") + " results only.");
					}
					continue;
				}
				TransferAnalysis analysis = TransferAnalyser.analyse(List.of("first", "second"), "first", List.of(target), both,
						settings);
				both.stream().flatMap(result -> result.warnings().stream()
						.map(warning -> arm + " on " + target + " (" + result.strategy() + "): " + warning + ".")).distinct()
						.forEach(notes::add);
				TransferFigures left = analysis.figures("first", target);
				TransferFigures right = analysis.figures("second", target);
				analysis.warnings().stream().filter(warning -> warning.startsWith("Left out")).forEach(
						warning -> notes.add(warning.replace("of first on", "of " + arm + " (first) on")
								.replace("of second on", "of " + arm + " (second) on").replace("flatter first", "flatter it")
								.replace("flatter second", "flatter it")));
				if (left != null && right != null) {
					rows.add(new Row(arm, target, left, right, analysis.trials().figures("first", target),
							analysis.trials().figures("second", target)));
				}
			}
		}
		int fewest = rows.stream().mapToInt(row -> Math.min(row.first().runs(), row.second().runs())).min().orElse(0);
		if (rows.isEmpty()) {
			notes.add("The two have no arm and target in common.");
		} else if (fewest < TransferAnalysis.SEEDS_FOR_A_CLAIM) {
			notes.add("A claim needs " + TransferAnalysis.SEEDS_FOR_A_CLAIM + " seeds or more; here the fewest are " + fewest + ".");
		}
		return new ResultComparison(rows, notes);
	}

	private static int relabelled(List<AdaptationResult> from, String arm, String target, String label,
			List<AdaptationResult> to) {
		from.stream().filter(result -> result.strategy().equals(arm) && result.target().equals(target))
				.map(result -> result.relabelled(label)).forEach(to::add);
		return to.size();
	}
}
