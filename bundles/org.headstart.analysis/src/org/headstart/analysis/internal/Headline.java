package org.headstart.analysis.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.headstart.analysis.OverallFigures;
import org.headstart.analysis.TargetFacts;
import org.headstart.analysis.TransferAnalysis;
import org.headstart.analysis.TransferFigures;
import org.headstart.analysis.TransferMetric;
import org.headstart.analysis.TrialAnalysis;
import org.headstart.analysis.TrialFigures;
import org.headstart.analysis.figure.Estimate;
import org.headstart.analysis.figure.Figures;
import org.headstart.analysis.figure.TargetName;

/** The finding of an experiment in a few sentences that claim no more than the intervals bear. */
public final class Headline {

	private Headline() {}

	/**
	 * @param analysis the analysis
	 * @return plain text, never empty
	 */
	public static String of(TransferAnalysis analysis) {
		return finding(analysis) + notAboveRandom(analysis);
	}

	/** A difference between arms means little where neither has learned anything. */
	private static String notAboveRandom(TransferAnalysis analysis) {
		Map<String, List<String>> where = new LinkedHashMap<>();
		for (String arm : analysis.arms()) {
			for (TransferFigures each : analysis.figures()) {
				if (each.arm().equals(arm) && analysis.facts(each.target()).noBetterThanRandom(each.asymptote())) {
					where.computeIfAbsent(arm, key -> new ArrayList<>()).add(TargetName.shown(each.target()));
				}
			}
		}
		boolean several = analysis.facts().size() > 1;
		return where.isEmpty() ? ""
				: " Not shown to be better than the random policy: " + listed(where.entrySet().stream()
						.map(each -> each.getKey() + (several ? " (on " + String.join(", ", each.getValue()) + ")" : "")).toList()) + ".";
	}

	private static String finding(TransferAnalysis analysis) {
		if (analysis.figures().isEmpty()) {
			return "There is no finished result yet.";
		}
		List<String> others = analysis.arms().stream().filter(arm -> !arm.equals(analysis.baseline())).toList();
		if (others.isEmpty()) {
			return "Only " + analysis.baseline() + " was run: there is nothing to compare it with.";
		}
		if (analysis.judgedOnly()) {
			return judged(analysis, others);
		}
		if (analysis.figures().stream().allMatch(each -> each.metrics().isEmpty())) {
			return "Nothing can be compared: the other arms and the baseline (" + analysis.baseline() + ") have no target in common yet.";
		}
		// the whole curve where each arm can be compared by it, else its end
		TransferMetric metric = others.stream().allMatch(arm -> figure(analysis, arm, TransferMetric.AREA_RATIO).isDefined()
				|| !figure(analysis, arm, TransferMetric.ASYMPTOTIC_DIFFERENCE).isDefined()) ? TransferMetric.AREA_RATIO
						: TransferMetric.ASYMPTOTIC_DIFFERENCE;
		int fewest = analysis.fewestRuns();
		if (fewest == 1) {
			return "With one seed there is no interval: nothing can be said about differences from " + analysis.baseline() + ".";
		}
		StringBuilder text = new StringBuilder();
		if (fewest < TransferAnalysis.SEEDS_FOR_A_CLAIM) {
			text.append("An indication, not a claim, with ").append(fewest).append(" seeds. ");
		}
		int targets = analysis.facts().size();
		if (targets > 1 && targets(analysis) == 0) {
			// returns of different targets have no common scale
			return text.append("No figure over all targets, as none can be normalised; each target's stand in its table.").toString();
		}
		List<String> better = new ArrayList<>();
		List<String> worse = new ArrayList<>();
		List<String> open = new ArrayList<>();
		List<String> unknown = new ArrayList<>();
		for (String arm : others) {
			Estimate estimate = figure(analysis, arm, metric);
			if (!estimate.hasInterval()) {
				unknown.add(arm);
			} else {
				(estimate.isAbove(metric.noDifference()) ? better : estimate.isBelow(metric.noDifference()) ? worse : open)
						.add(arm + " (" + Figures.estimate(estimate) + ")");
			}
		}
		String baseline = analysis.baseline();
		List<String> parts = new ArrayList<>();
		if (!better.isEmpty()) {
			parts.add("better than " + baseline + ": " + listed(better));
		}
		if (!worse.isEmpty()) {
			parts.add("worse than " + baseline + ": " + listed(worse));
		}
		if (!open.isEmpty()) {
			parts.add("no difference from " + baseline + " shown: " + listed(open));
		}
		if (!unknown.isEmpty()) {
			parts.add("no interval for " + listed(unknown));
		}
		String body = String.join("; ", parts);
		text.append(Character.toUpperCase(body.charAt(0))).append(body.substring(1));
		return text.append(". Figures: ").append(metric.label())
				.append(targets == 1 ? " on " + TargetName.shown(analysis.facts().get(0).target())
						: " over " + targets(analysis) + (targets(analysis) == 1 ? " target" : " targets"))
				.append(", ").append(fewest).append(" seeds, ").append(Figures.percent(analysis.settings().confidence()))
				.append(" intervals.").toString();
	}

	/** The finding where nothing was trained on the targets: what the agents return there. */
	private static String judged(TransferAnalysis analysis, List<String> others) {
		TrialAnalysis trials = analysis.trials();
		String baseline = analysis.baseline();
		String target = trials.heldOut().isEmpty() ? trials.targets().get(0) : trials.heldOut().get(0);
		List<TrialFigures> compared = trials.figures(target).stream().filter(each -> each.difference().isDefined()).toList();
		if (compared.isEmpty()) {
			return "Nothing can be compared on " + TargetName.shown(target) + " yet: " + (trials.figures(baseline, target) == null
					? "there is no result of " + baseline + "." : "there is no result of another arm than " + baseline + ".");
		}
		int fewest = trials.figures(target).stream().mapToInt(TrialFigures::runs).min().orElse(0);
		if (fewest == 1) {
			return "With one seed there is no interval: nothing can be said about differences from " + baseline + ". Returns on "
					+ TargetName.shown(target) + ": " + String.join(", ", trials.figures(target).stream()
							.map(each -> each.arm() + " " + Figures.number(each.finalReturn().value())).toList())
					+ ".";
		}
		StringBuilder text = new StringBuilder();
		if (fewest < TransferAnalysis.SEEDS_FOR_A_CLAIM) {
			text.append("An indication, not a claim, with ").append(fewest).append(" seeds. ");
		}
		text.append("On ").append(TargetName.shown(target))
				.append(trials.heldOut().contains(target) ? ", whose tasks are held out, " : " ");
		List<TrialFigures> onTheWay = compared.stream().filter(each -> each.shareOfTheWay().isDefined()).toList();
		if (!onTheWay.isEmpty()) {
			text.append(listed(onTheWay.stream().map(each -> each.arm() + " comes " + Figures.share(each.shareOfTheWay())).toList()))
					.append(" of the way from ").append(value(trials, baseline, target)).append(" to ")
					.append(value(trials, trials.oracle(), target)).append(", which is shown the task");
		} else {
			List<String> better = verdicts(compared, each -> each.difference().isAbove(0));
			List<String> worse = verdicts(compared, each -> each.difference().isBelow(0));
			List<String> open = verdicts(compared, each -> !each.difference().isAbove(0) && !each.difference().isBelow(0));
			List<String> parts = new ArrayList<>();
			if (!better.isEmpty()) {
				parts.add(listed(better) + (better.size() == 1 ? " returns" : " return") + " more than "
						+ value(trials, baseline, target));
			}
			if (!worse.isEmpty()) {
				parts.add(listed(worse) + (worse.size() == 1 ? " returns" : " return") + " less than "
						+ (better.isEmpty() ? value(trials, baseline, target) : baseline));
			}
			if (!open.isEmpty()) {
				parts.add("no difference from " + baseline + " is shown for " + listed(open));
			}
			text.append(String.join("; ", parts));
		}
		return text.append(". Figures: return of the evaluation")
				.append(trials.episodes().containsKey(target) ? ", of whole trials, " : ", ").append(fewest).append(" seeds, ")
				.append(Figures.percent(analysis.settings().confidence())).append(" intervals.").toString();
	}

	private static String value(TrialAnalysis trials, String arm, String target) {
		return arm + " (" + Figures.number(trials.figures(arm, target).finalReturn().value()) + ")";
	}

	private static List<String> verdicts(List<TrialFigures> figures, Predicate<TrialFigures> which) {
		return figures.stream().filter(which).map(each -> each.arm() + " (" + Figures.estimate(each.finalReturn()) + ")").toList();
	}

	private static long targets(TransferAnalysis analysis) {
		return analysis.facts().stream().filter(TargetFacts::normalised).count();
	}

	private static Estimate figure(TransferAnalysis analysis, String arm, TransferMetric metric) {
		if (analysis.facts().size() == 1) {
			TransferFigures figures = analysis.figures(arm, analysis.facts().get(0).target());
			return figures == null ? Estimate.UNDEFINED : figures.metric(metric);
		}
		OverallFigures overall = analysis.overall(arm);
		return overall == null ? Estimate.UNDEFINED : overall.metric(metric);
	}

	private static String listed(List<String> items) {
		return items.size() == 1 ? items.get(0)
				: String.join(", ", items.subList(0, items.size() - 1)) + " and " + items.get(items.size() - 1);
	}
}
