package org.headstart.analysis.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.headstart.analysis.Aggregate;
import org.headstart.analysis.AnalysisSettings;
import org.headstart.analysis.ExperimentDesign;
import org.headstart.analysis.GeneralisationGap;
import org.headstart.analysis.TargetFacts;
import org.headstart.analysis.TrialAnalysis;
import org.headstart.analysis.TrialFigures;
import org.headstart.analysis.figure.Estimate;
import org.headstart.analysis.figure.TargetName;
import org.headstart.analysis.result.AdaptationResult;
import org.headstart.analysis.result.CurveBand;

/** Makes one {@link TrialAnalysis}, on the same resamples of seeds as the transfer figures. */
final class TrialAnalyser {

	/** A trial of so many episodes has all of them in a table; of a longer one 1, 2, 5, 10, 20, 50, … and the last. */
	private static final int ALL_EPISODES = 6;
	/** More episodes than this are thinned in a curve. */
	private static final int MOST_POINTS = 401;

	private final List<String> arms;
	private final String baseline;
	private final List<TargetFacts> facts;
	private final ExperimentDesign design;
	private final Map<String, Map<String, List<AdaptationResult>>> runs;
	private final SeedResamples resamples;
	private final AnalysisSettings settings;
	private final List<String> warnings;
	private final List<String> notes;
	private final String oracle;

	/** @param runs by target, then arm, each in the order of the seeds */
	TrialAnalyser(List<String> arms, String baseline, List<TargetFacts> facts, ExperimentDesign design,
			Map<String, Map<String, List<AdaptationResult>>> runs, SeedResamples resamples, AnalysisSettings settings,
			List<String> warnings, List<String> notes) {
		this.arms = arms;
		this.baseline = baseline;
		this.facts = facts;
		this.design = design;
		this.runs = runs;
		this.resamples = resamples;
		this.settings = settings;
		this.warnings = warnings;
		this.notes = notes;
		List<String> oracles = arms.stream().filter(design.oracles()::contains).toList();
		this.oracle = oracles.size() == 1 && !oracles.get(0).equals(baseline) ? oracles.get(0) : null;
	}

	TrialAnalysis analyse() {
		List<TargetFacts> covered = facts.stream().filter(this::covers).toList();
		List<String> targets = covered.stream().map(TargetFacts::target).toList();
		List<TrialFigures> figures = new ArrayList<>();
		List<String> noWay = new ArrayList<>();
		for (TargetFacts fact : covered) {
			String target = fact.target();
			Set<String> outcomes = new LinkedHashSet<>();
			runs.get(target).values().forEach(of -> of.forEach(result -> outcomes.addAll(result.outcomes().keySet())));
			List<TrialFigures> of = new ArrayList<>();
			for (String arm : arms) {
				if (!runs(arm, target).isEmpty()) {
					of.add(figures(arm, fact, outcomes));
				}
			}
			if (of.stream().anyMatch(each -> each.shareOfTheWay().isDefined() && isWorse(each.difference()))) {
				of.replaceAll(TrialFigures::withoutShare);
				noWay.add(TargetName.shown(target));
			}
			figures.addAll(of);
			checkOracle(target);
		}
		if (!noWay.isEmpty()) {
			notes.add("No share of the way to " + oracle + " on " + String.join(", ", noWay) + ": there are arms that return less than "
					+ baseline + ", which is no lower end therefore.");
		}
		return new TrialAnalysis(targets, targets.stream().filter(design::heldOut).toList(), oracle, figures,
				episodes(), gaps());
	}

	/** The curves of learning within a trial alone, for results that are not finished. */
	SortedMap<String, List<CurveBand>> episodes() {
		SortedMap<String, List<CurveBand>> episodes = new TreeMap<>();
		for (TargetFacts fact : facts) {
			List<CurveBand> bands = new ArrayList<>();
			arms.forEach(arm -> band(arm, fact.target(), bands));
			if (!bands.isEmpty()) {
				episodes.put(fact.target(), bands);
			}
		}
		return episodes;
	}

	private boolean covers(TargetFacts fact) {
		return fact.judgedOnly() || runs.get(fact.target()).values().stream().flatMap(List::stream)
				.anyMatch(result -> !result.outcomes().isEmpty() || result.episodeReturns().length > 1);
	}

	private List<AdaptationResult> runs(String arm, String target) {
		return runs.get(target).get(arm);
	}

	private TrialFigures figures(String arm, TargetFacts fact, Set<String> outcomeNames) {
		String target = fact.target();
		List<AdaptationResult> own = runs(arm, target);
		List<AdaptationResult> base = arm.equals(baseline) ? List.of() : runs(baseline, target);
		Sample value = finalReturn(own, target);
		Estimate difference = Estimate.UNDEFINED;
		Estimate ratio = Estimate.UNDEFINED;
		Estimate share = Estimate.UNDEFINED;
		if (!base.isEmpty()) {
			Sample against = finalReturn(base, target);
			difference = estimate(value.with(against, (a, b) -> a - b));
			if (haveOneSign(own, base)) {
				ratio = estimate(value.with(against, (a, b) -> a / b));
			}
			if (oracle != null && !arm.equals(oracle) && !runs(oracle, target).isEmpty()) {
				Sample way = finalReturn(runs(oracle, target), target).with(against, (a, b) -> a > b ? a - b : Double.NaN);
				share = estimate(value.with(against, (a, b) -> a - b).with(way, (a, b) -> a / b));
			}
		}
		Map<String, Estimate> outcomes = new LinkedHashMap<>();
		Map<String, Estimate> differences = new LinkedHashMap<>();
		for (String name : outcomeNames) {
			List<AdaptationResult> with = withOutcome(own, name);
			if (with.isEmpty()) {
				continue;
			}
			if (with.size() < own.size()) {
				warnings.add("On " + TargetName.shown(target) + " " + (own.size() - with.size()) + " of " + own.size() + " seeds of " + arm
						+ " have no " + name + "; its figure rests on the others.");
			}
			Sample outcome = outcome(with, target, name);
			outcomes.put(name, estimate(outcome));
			List<AdaptationResult> baseWith = withOutcome(base, name);
			if (!baseWith.isEmpty()) {
				differences.put(name, estimate(outcome.with(outcome(baseWith, target, name), (a, b) -> a - b)));
			}
		}
		SortedMap<Integer, Estimate> episodes = new TreeMap<>();
		Estimate gain = Estimate.UNDEFINED;
		List<AdaptationResult> trials = trials(own);
		if (!trials.isEmpty()) {
			int last = trials.get(0).episodeReturns().length;
			for (int number : shown(last)) {
				episodes.put(number, estimate(episode(trials, target, number)));
			}
			gain = estimate(episode(trials, target, last).with(episode(trials, target, 1), (a, b) -> a - b));
		}
		return new TrialFigures(arm, target, own.size(),
				!base.isEmpty() && SeedResamples.seeds(own).equals(SeedResamples.seeds(base)),
				fact.comparedWithRandom(estimate(value)), difference, ratio,
				share, outcomes, differences, episodes, gain);
	}

	private Sample finalReturn(List<AdaptationResult> of, String target) {
		return resamples.interquartileMean(of, target, AdaptationResult::finalReturn);
	}

	private Sample outcome(List<AdaptationResult> of, String target, String name) {
		return resamples.interquartileMean(of, target, result -> result.outcomes().get(name));
	}

	private Sample episode(List<AdaptationResult> of, String target, int number) {
		return resamples.interquartileMean(of, target, result -> result.episodeReturns()[number - 1]);
	}

	private Estimate estimate(Sample sample) {
		return sample.estimate(settings.confidence());
	}

	/** Shown to be, or with one seed seen to be. */
	private static boolean isWorse(Estimate difference) {
		return difference.hasInterval() ? difference.isBelow(0) : difference.value() < 0;
	}

	/** A ratio of returns means something only where neither side crosses zero. */
	private static boolean haveOneSign(List<AdaptationResult> own, List<AdaptationResult> base) {
		double[] all = Stream.concat(own.stream(), base.stream()).mapToDouble(AdaptationResult::finalReturn)
				.toArray();
		return Arrays.stream(all).allMatch(value -> value > 0) || Arrays.stream(all).allMatch(value -> value < 0);
	}

	private static List<AdaptationResult> withOutcome(List<AdaptationResult> of, String name) {
		return of.stream().filter(result -> Double.isFinite(result.outcomes().getOrDefault(name, Double.NaN))).toList();
	}

	/** The runs with as many episodes a trial as the longest, each with a return. */
	private static List<AdaptationResult> trials(List<AdaptationResult> of) {
		int most = of.stream().mapToInt(result -> result.episodeReturns().length).max().orElse(0);
		return most < 2 ? List.of() : of.stream().filter(result -> result.episodeReturns().length == most
				&& Arrays.stream(result.episodeReturns()).allMatch(Double::isFinite)).toList();
	}

	private static SortedSet<Integer> shown(int last) {
		SortedSet<Integer> shown = new TreeSet<>();
		if (last <= ALL_EPISODES) {
			for (int number = 1; number <= last; number++) {
				shown.add(number);
			}
			return shown;
		}
		for (long decade = 1; decade <= last; decade *= 10) {
			for (long number : new long[] {decade, 2 * decade, 5 * decade}) {
				if (number <= last) {
					shown.add((int) number);
				}
			}
		}
		shown.add(last);
		return shown;
	}

	private void band(String arm, String target, List<CurveBand> bands) {
		List<AdaptationResult> of = trials(runs(arm, target));
		if (of.isEmpty()) {
			return;
		}
		int last = of.get(0).episodeReturns().length;
		int points = Math.min(last, MOST_POINTS);
		double[] x = new double[points];
		for (int i = 0; i < points; i++) {
			x[i] = 1 + Math.round((double) i * (last - 1) / (points - 1));
		}
		double[][][] values = {of.stream()
				.map(result -> Arrays.stream(x).map(number -> result.episodeReturns()[(int) number - 1]).toArray())
				.toArray(double[][]::new)};
		bands.add(LearningCurves.band(arm, x, values,
				(tasks, present) -> resamples.draws(Arrays.stream(present.get(0)).mapToObj(of::get).toList(), target,
						settings.curveResamples()),
				settings.confidence()));
	}

	private void checkOracle(String target) {
		if (oracle != null && !runs(oracle, target).isEmpty() && !runs(baseline, target).isEmpty()) {
			Sample way = finalReturn(runs(oracle, target), target).with(finalReturn(runs(baseline, target), target),
					(a, b) -> a - b);
			if (!(way.value() > 0)) {
				warnings.add("On " + TargetName.shown(target) + " " + oracle + ", which is shown the task, does not return more than "
						+ baseline + ": there is no way to take a share of.");
			}
		}
	}

	private List<GeneralisationGap> gaps() {
		List<GeneralisationGap> gaps = new ArrayList<>();
		for (ExperimentDesign.Target seen : design.targets()) {
			for (ExperimentDesign.Target held : design.targets()) {
				if (seen.heldOut() || !held.heldOut() || !seen.whole() || !held.whole() || !seen.family().equals(held.family())
						|| !judgedOnly(seen.label()) || !judgedOnly(held.label())) {
					continue;
				}
				for (String arm : arms) {
					List<AdaptationResult> of = runs(arm, seen.label());
					List<AdaptationResult> on = runs(arm, held.label());
					if (!of.isEmpty() && !on.isEmpty()) {
						gaps.add(gap(arm, seen.label(), of, held.label(), on));
					}
				}
			}
		}
		return gaps;
	}

	private boolean judgedOnly(String target) {
		return facts.stream().anyMatch(fact -> fact.target().equals(target) && fact.judgedOnly());
	}

	private GeneralisationGap gap(String arm, String seen, List<AdaptationResult> of, String heldOut, List<AdaptationResult> on) {
		boolean paired = SeedResamples.seeds(of).equals(SeedResamples.seeds(on));
		Sample left = paired ? acrossTargets(of) : finalReturn(of, seen);
		Sample right = paired ? acrossTargets(on) : finalReturn(on, heldOut);
		return new GeneralisationGap(arm, seen, heldOut, Math.min(of.size(), on.size()), paired, estimate(left), estimate(right),
				estimate(left.with(right, (a, b) -> a - b)));
	}

	private Sample acrossTargets(List<AdaptationResult> of) {
		double[] values = of.stream().mapToDouble(AdaptationResult::finalReturn).toArray();
		return new Sample(Aggregate.interquartileMean(values), values.length < 2 ? null
				: resamples.acrossTargets(of, settings.resamples()).interquartileMeans(values), values.length);
	}
}
