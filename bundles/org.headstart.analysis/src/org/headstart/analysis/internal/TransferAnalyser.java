package org.headstart.analysis.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

import org.headstart.analysis.Aggregate;
import org.headstart.analysis.AnalysisSettings;
import org.headstart.analysis.ExperimentDesign;
import org.headstart.analysis.OverallFigures;
import org.headstart.analysis.TargetFacts;
import org.headstart.analysis.TransferAnalysis;
import org.headstart.analysis.TransferFigures;
import org.headstart.analysis.TransferMetric;
import org.headstart.analysis.TrialAnalysis;
import org.headstart.analysis.figure.Bound;
import org.headstart.analysis.figure.Estimate;
import org.headstart.analysis.figure.Figures;
import org.headstart.analysis.figure.Qualification;
import org.headstart.analysis.figure.TargetName;
import org.headstart.analysis.result.AdaptationResult;
import org.headstart.analysis.result.Counted;
import org.headstart.analysis.result.CurveBand;
import org.headstart.engine.internal.experiment.Experiment;

/**
 * Makes one {@link TransferAnalysis}.
 *
 * <p>Every figure is computed on the data and on the same resamples of seeds: resample b of an arm and resample b of the
 * baseline give replicate b of a difference or ratio, so that a ratio's interval is that of the ratio and not a combination of
 * two intervals, see {@link SeedResamples}.
 */
public final class TransferAnalyser {

	/** Runs that end within a hundredth of each other differ by what did not fill their last rollout: nothing to warn of. */
	private static final double NEARLY_ALL = 0.99;

	private static final String NO_THRESHOLD = "no threshold is given and none could be derived";

	private final List<String> arms;
	private final String baseline;
	private final List<String> targets;
	private final AnalysisSettings settings;
	private final Map<String, Map<String, List<AdaptationResult>>> runs = new LinkedHashMap<>();
	private final List<String> warnings = new ArrayList<>();
	private final List<String> notes = new ArrayList<>();
	private final Map<List<String>, ArmSamples> armSamples = new HashMap<>();
	private final SeedResamples resamples;
	private final ExperimentDesign design;

	TransferAnalyser(List<String> arms, String baseline, List<String> targets, ExperimentDesign design,
			List<AdaptationResult> results, AnalysisSettings settings) {
		this.arms = arms;
		this.baseline = baseline;
		this.targets = targets;
		this.design = design;
		this.settings = settings;
		this.resamples = new SeedResamples(settings);
		if (!arms.contains(baseline)) {
			throw new IllegalArgumentException("the baseline \"" + baseline + "\" is none of the arms " + arms);
		}
		for (String target : targets) {
			runs.put(target, new LinkedHashMap<>());
			for (String arm : arms) {
				runs.get(target).put(arm, new ArrayList<>());
			}
		}
		List<AdaptationResult> ordered = new ArrayList<>(results);
		ordered.sort(Comparator.comparingInt(AdaptationResult::seed));
		for (AdaptationResult result : ordered) {
			if (!targets.contains(result.target()) || !arms.contains(result.strategy())) {
				throw new IllegalArgumentException("a result of \"" + result.strategy() + "\" on \"" + result.target()
						+ "\" belongs to no arm or target: arms " + arms + ", targets " + targets);
			}
			List<AdaptationResult> same = runs.get(result.target()).get(result.strategy());
			if (!same.isEmpty() && same.get(same.size() - 1).seed() == result.seed()) {
				throw new IllegalArgumentException("two results of \"" + result.strategy() + "\" on \"" + result.target()
						+ "\" with seed " + result.seed());
			}
			new ReturnCurve(result.steps(), result.returns());
			same.add(result);
		}
		for (String target : targets) {
			for (String arm : arms) {
				runs.get(target).get(arm).removeIf(this::isBroken);
			}
		}
	}

	private boolean isBroken(AdaptationResult result) {
		for (int i = 0; i < result.returns().length; i++) {
			if (!Double.isFinite(result.returns()[i])) {
				warnings.add("Left out: seed " + result.seed() + " of " + result.strategy() + " on " + TargetName.shown(result.target())
						+ ", whose return at " + (result.counted().ofTarget().acts() ? "step " + Math.round(result.steps()[i])
								: result.counted().ofTarget().count(Math.round(result.steps()[i])))
						+ " is " + result.returns()[i]
						+ ". Runs that diverge are not missing at random: the figures flatter " + result.strategy() + ".");
				return true;
			}
		}
		return false;
	}

	/**
	 * Analyses results. Runs with a return that is not a number are left out and warned of. Deterministic: equal results give
	 * equal figures, whatever their order.
	 *
	 * @param arms     labels of the arms, in the order of legends and tables
	 * @param baseline label of the arm to measure against
	 * @param targets  labels of the targets, in order
	 * @param results  finished adaptations, in any order
	 * @param settings how to analyse
	 * @return the analysis
	 * @throws IllegalArgumentException when a result belongs to no arm or target, or a run is there twice
	 */
	public static TransferAnalysis analyse(List<String> arms, String baseline, List<String> targets, List<AdaptationResult> results,
			AnalysisSettings settings) {
		return analyse(arms, baseline, targets, ExperimentDesign.UNKNOWN, results, settings);
	}

	/**
	 * The same for an experiment whose design is known, which adds the generalisation gap and the share of the way.
	 *
	 * @param arms     labels of the arms, in the order of legends and tables
	 * @param baseline label of the arm to measure against
	 * @param targets  labels of the targets, in order
	 * @param design   the design
	 * @param results  finished adaptations, in any order
	 * @param settings how to analyse
	 * @return the analysis
	 * @throws IllegalArgumentException when a result belongs to no arm or target, or a run is there twice
	 */
	public static TransferAnalysis analyse(List<String> arms, String baseline, List<String> targets, ExperimentDesign design,
			List<AdaptationResult> results, AnalysisSettings settings) {
		return new TransferAnalyser(arms, baseline, targets, design, results, settings).analyse();
	}

	/**
	 * Analyses an experiment's results against its default baseline and threshold.
	 *
	 * @param experiment the experiment
	 * @param results    finished adaptations, in any order
	 * @param settings   how to analyse; the experiment's threshold goes before theirs when it has one
	 * @return the analysis
	 */
	public static TransferAnalysis analyse(Experiment experiment, List<AdaptationResult> results, AnalysisSettings settings) {
		return analyse(experiment.strategies().stream().map(Experiment.Arm::label).toList(), experiment.baseline(),
				experiment.tasks().target().stream().map(Experiment.TaskUse::label).toList(), PlannedDesign.of(experiment), results,
				Double.isNaN(experiment.protocol().threshold()) ? settings : settings.withThreshold(experiment.protocol().threshold()));
	}

	TransferAnalysis analyse() {
		missing();
		doubtful();
		List<TargetFacts> facts = new ArrayList<>();
		List<TransferFigures> figures = new ArrayList<>();
		SortedMap<String, List<CurveBand>> curves = new TreeMap<>();
		Map<String, Totals> totals = new HashMap<>();
		for (String target : targets) {
			if (runs.get(target).values().stream().allMatch(List::isEmpty)) {
				continue;
			}
			TargetFacts fact = facts(target);
			facts.add(fact);
			for (String arm : arms) {
				if (!runs(arm, target).isEmpty()) {
					figures.add(figures(arm, fact, totals.computeIfAbsent(arm, key -> new Totals())));
				}
			}
			armSamples.clear();
			curves.put(target, curves(fact));
			identity(fact);
			comparedWithRandom(fact, figures);
		}
		List<TargetFacts> normalised = facts.stream().filter(TargetFacts::normalised).toList();
		List<OverallFigures> overall = new ArrayList<>();
		for (String arm : arms) {
			List<TargetFacts> of = normalised.stream().filter(fact -> !runs(arm, fact.target()).isEmpty()).toList();
			if (!of.isEmpty()) {
				overall.add(overall(arm, of, totals.get(arm)));
			}
		}
		boolean inSteps = normalised.stream().mapToDouble(TargetFacts::end).distinct().count() <= 1
				&& normalised.stream().map(TargetFacts::unit).distinct().count() <= 1;
		List<CurveBand> overallCurves = normalised.isEmpty() ? List.of() : overallCurves(normalised, inSteps);
		List<CurveBand> profiles = normalised.isEmpty() ? List.of() : profiles(normalised);
		notes(figures, normalised);
		TrialAnalysis trials = new TrialAnalyser(arms, baseline, facts, design, runs, resamples, settings, warnings,
				notes).analyse();
		return new TransferAnalysis(settings, arms, baseline, targets, facts, figures, overall, curves, overallCurves, inSteps,
				profiles, trials, warnings, notes, Counted.together(runs.values().stream().flatMap(byArm -> byArm.values().stream())
						.flatMap(List::stream).map(AdaptationResult::counted).toList()));
	}

	private List<AdaptationResult> runs(String arm, String target) {
		return runs.get(target).get(arm);
	}

	private void missing() {
		int most = runs.values().stream().flatMap(byArm -> byArm.values().stream()).mapToInt(List::size).max().orElse(0);
		Map<String, List<String>> fewer = new LinkedHashMap<>();
		for (String target : targets) {
			for (String arm : arms) {
				int count = runs(arm, target).size();
				if (count == 0) {
					warnings.add(arm + " has no result on " + TargetName.shown(target)
							+ (arm.equals(baseline) ? "; without the baseline there are no transfer metrics there." : "."));
				} else if (count < most) {
					fewer.computeIfAbsent(arm + " has " + count + " of " + most + " seeds on ", key -> new ArrayList<>())
							.add(TargetName.shown(target));
				}
			}
		}
		fewer.forEach((what, where) -> warnings.add(what + String.join(", ", where) + "."));
	}

	/** What the steps themselves say of their results, once for all seeds. */
	private void doubtful() {
		for (String target : targets) {
			Map<String, Map<String, List<Integer>>> seeds = new LinkedHashMap<>();
			for (String arm : arms) {
				for (AdaptationResult result : runs(arm, target)) {
					for (String warning : result.warnings()) {
						seeds.computeIfAbsent(warning, key -> new LinkedHashMap<>()).computeIfAbsent(arm, key -> new ArrayList<>())
								.add(result.seed());
					}
				}
			}
			seeds.forEach((warning, byArm) -> {
				List<String> whose = new ArrayList<>();
				byArm.forEach((arm, of) -> whose.add(
						of.size() == runs(arm, target).size() ? arm
								: arm + " (" + of.size() + " of " + runs(arm, target).size() + " seeds)"));
				warnings.add("On " + TargetName.shown(target) + ", " + String.join(", ", whose) + ": " + warning + ".");
			});
		}
	}

	private TargetFacts facts(String target) {
		List<AdaptationResult> all = runs.get(target).values().stream().flatMap(List::stream).toList();
		double shortest = all.stream().mapToDouble(result -> curve(result).end()).min().orElseThrow();
		double longest = all.stream().mapToDouble(result -> curve(result).end()).max().orElseThrow();
		if (shortest < NEARLY_ALL * longest) {
			warnings.add("On " + TargetName.shown(target) + " the runs end between " + Math.round(shortest) + " and "
					+ Math.round(longest) + " " + all.get(0).counted().ofTarget().key() + "; all figures use the range that they share, to "
					+ Math.round(shortest) + ".");
		}
		double[] known = all.stream().mapToDouble(AdaptationResult::randomReturn).filter(Double::isFinite).sorted().toArray();
		double random = known.length == 0 ? Double.NaN : Aggregate.mean(known);
		List<AdaptationResult> base = runs(baseline, target);
		double asymptote = base.isEmpty() ? Double.NaN : Aggregate.interquartileMean(base.stream()
				.mapToDouble(result -> curve(result).asymptote(shortest, settings.asymptoteShare())).toArray());
		boolean negative = all.stream()
				.anyMatch(result -> random < 0 || Arrays.stream(result.returns()).anyMatch(value -> value < 0));
		double shift = negative ? random : 0;
		boolean derived = Double.isNaN(settings.threshold());
		boolean judgedOnly = longest == 0;
		boolean learns = !judgedOnly && asymptote > random;
		double threshold = judgedOnly ? Double.NaN : !derived ? settings.threshold()
				: learns ? random + settings.derivedShare() * (asymptote - random) : Double.NaN;
		if (negative && Double.isNaN(random) && !judgedOnly) {
			warnings.add("On " + TargetName.shown(target)
					+ " returns are negative and the random policy's return is not known: no area ratio.");
		}
		if (!base.isEmpty() && !learns && !judgedOnly) {
			warnings.add("On " + TargetName.shown(target) + (Double.isNaN(random) ? " the random policy's return is not known"
					: " the baseline does not end above the random policy")
					+ ": the target takes no part in figures over all targets"
					+ (derived ? ", and no threshold can be derived." : "."));
		}
		TargetFacts fact = new TargetFacts(target, random, asymptote, shortest, threshold, derived, shift, learns,
				all.get(0).counted().ofTarget());
		if (learns && base.size() > 1) {
			Estimate estimate = interval(asymptote, resamples.draws(base, target, settings.resamples())
					.interquartileMeans(asymptotes(base, fact)));
			if (estimate.low() <= random) {
				warnings.add(
						"On " + TargetName.shown(target) + " the baseline's asymptote is not clearly above the random policy: normalised"
								+ " scores and ratios rest on a small difference there.");
			}
		}
		return fact;
	}

	private TransferFigures figures(String arm, TargetFacts fact, Totals totals) {
		List<AdaptationResult> own = runs(arm, fact.target());
		List<AdaptationResult> base = runs(baseline, fact.target());
		ArmSamples of = samples(arm, fact);
		boolean paired = !arm.equals(baseline) && SeedResamples.seeds(own).equals(SeedResamples.seeds(base));
		Map<TransferMetric, Estimate> metrics = new EnumMap<>(TransferMetric.class);
		if (!arm.equals(baseline) && !base.isEmpty() && !fact.judgedOnly()) {
			ArmSamples against = samples(baseline, fact);
			Sample range = against.asymptote().with(Sample.constant(fact.randomReturn()), (a, b) -> positive(a - b));
			Sample jumpstart = of.stepZero().with(against.stepZero(), (a, b) -> a - b);
			Sample difference = of.asymptote().with(against.asymptote(), (a, b) -> a - b);
			Sample ratio = of.meanReturn().with(against.meanReturn(), (a, b) -> (a - fact.shift()) / positive(b - fact.shift()));
			BoundedSample saved = BoundedSample.stepsSaved(of.time(), against.time(), fact.end());
			metrics.put(TransferMetric.JUMPSTART, jumpstart.estimate(settings.confidence()));
			metrics.put(TransferMetric.ASYMPTOTIC_DIFFERENCE, difference.estimate(settings.confidence()));
			metrics.put(TransferMetric.AREA_RATIO, areaRatio(ratio, arm, fact));
			metrics.put(TransferMetric.STEPS_SAVED, stepsSaved(saved, of.time(), fact));
			if (fact.normalised()) {
				totals.add(TransferMetric.JUMPSTART, jumpstart.with(range, (a, b) -> a / b));
				totals.add(TransferMetric.ASYMPTOTIC_DIFFERENCE, difference.with(range, (a, b) -> a / b));
				totals.add(TransferMetric.AREA_RATIO, ratio);
				totals.saved = totals.saved == null ? saved.over(fact.end()) : totals.saved.plus(saved.over(fact.end()));
				metrics.forEach((metric, estimate) -> {
					if (!estimate.isDefined()) {
						totals.without.computeIfAbsent(metric, key -> new ArrayList<>()).add(fact.target());
					}
				});
			}
		}
		SortedMap<Integer, Estimate> shots = new TreeMap<>();
		SortedMap<Integer, Estimate> shotDifferences = new TreeMap<>();
		TreeSet<Integer> ks = new TreeSet<>();
		own.forEach(result -> ks.addAll(result.shotReturns().keySet()));
		for (int k : ks) {
			List<AdaptationResult> judged = judged(own, k, true);
			List<AdaptationResult> baseJudged = judged(base, k, false);
			if (!judged.isEmpty()) {
				Sample sample = resamples.interquartileMean(judged, fact.target(), result -> result.shotReturns().get(k));
				shots.put(k, sample.estimate(settings.confidence()));
				if (!arm.equals(baseline) && !baseJudged.isEmpty()) {
					shotDifferences.put(k, sample.with(resamples.interquartileMean(baseJudged, fact.target(),
							result -> result.shotReturns().get(k)), (a, b) -> a - b).estimate(settings.confidence()));
				}
			}
		}
		int reached = Double.isNaN(fact.threshold()) ? 0 : (int) own.stream()
				.filter(result -> curve(result).timeToThreshold(fact.threshold(), fact.end()) <= fact.end()).count();
		return new TransferFigures(arm, fact.target(), own.size(), paired, metrics,
				of.stepZero().estimate(settings.confidence()),
				fact.comparedWithRandom(of.asymptote().estimate(settings.confidence())),
				of.meanReturn().estimate(settings.confidence()), Double.isNaN(fact.threshold()) ? Estimate.missing("", NO_THRESHOLD)
						: of.time().timeEstimate(settings.confidence(), fact.end()),
				reached, shots, shotDifferences,
				mean(own, AdaptationResult::sourceSteps), mean(own, AdaptationResult::sourceSeconds),
				mean(own, AdaptationResult::targetSteps), mean(own, AdaptationResult::targetSeconds));
	}

	private Estimate areaRatio(Sample ratio, String arm, TargetFacts fact) {
		Estimate estimate = ratio.estimate(settings.confidence());
		if (!Double.isNaN(ratio.value())) {
			return estimate;
		}
		if (Double.isNaN(fact.shift())) {
			return Estimate.missing("", "returns are negative and the random policy's return is not known");
		}
		String why = "area" + (fact.shift() == 0 ? "" : " above the random policy's") + " is not positive";
		warnings.add("On " + named(fact) + " the baseline's " + why + ": no area ratio for " + arm + ".");
		return Estimate.missing("", "the " + why + " for " + baseline);
	}

	private Estimate stepsSaved(BoundedSample saved, Sample own, TargetFacts fact) {
		if (Double.isNaN(fact.threshold())) {
			return Estimate.missing("", NO_THRESHOLD);
		}
		Estimate estimate = saved.estimate(settings.confidence());
		if (!estimate.isDefined()) {
			return Estimate.missing("neither reaches it", "neither the arm nor " + baseline + " reaches the threshold of "
					+ Figures.number(fact.threshold()) + " within the budget");
		}
		Qualification said = estimate.qualification();
		if (said.value() == Bound.EXACT) {
			return said.low() == Bound.EXACT && said.high() == Bound.EXACT ? estimate
					: estimate.noted("", "an end of the interval is a bound, as in some resamples a time lies beyond the budget");
		}
		String who = Double.isInfinite(own.value()) ? "the arm" : baseline;
		return estimate.noted("", "a bound, as " + who + " does not reach the threshold within the budget"
				+ (estimate.hasInterval() ? "" : "; " + Estimate.ONE_SEED));
	}

	private ArmSamples samples(String arm, TargetFacts fact) {
		return armSamples.computeIfAbsent(List.of(arm, fact.target()), key -> {
			List<AdaptationResult> of = runs(arm, fact.target());
			return new ArmSamples(resamples.interquartileMean(of, fact.target(), result -> result.returns()[0]),
					resamples.interquartileMean(of, fact.target(),
							result -> curve(result).asymptote(fact.end(), settings.asymptoteShare())),
					resamples.interquartileMean(of, fact.target(), result -> curve(result).meanReturn(fact.end())), time(of, fact));
		});
	}

	private List<AdaptationResult> judged(List<AdaptationResult> of, int k, boolean warn) {
		List<AdaptationResult> judged = new ArrayList<>();
		for (AdaptationResult result : of) {
			Double value = result.shotReturns().get(k);
			if (value != null && Double.isFinite(value)) {
				judged.add(result);
			} else if (warn) {
				warnings.add("Left out of the figures after " + k + " shots: seed " + result.seed() + " of " + result.strategy()
						+ " on " + TargetName.shown(result.target()) + ", which "
						+ (value == null ? "was not judged there." : "was judged " + value + "."));
			}
		}
		return judged;
	}

	private static double positive(double value) {
		return value > 0 ? value : Double.NaN;
	}

	private OverallFigures overall(String arm, List<TargetFacts> of, Totals totals) {
		Map<TransferMetric, Estimate> metrics = new EnumMap<>(TransferMetric.class);
		totals.sums.forEach((metric, sum) -> metrics.put(metric,
				sum.with(Sample.constant(of.size()), (a, b) -> a / b).estimate(settings.confidence())));
		if (totals.saved != null) {
			Estimate saved = totals.saved.over(of.size()).estimate(settings.confidence());
			metrics.put(TransferMetric.STEPS_SAVED, saved.isDefined() ? saved
					: Estimate.missing("", "on some targets the arm, on others " + baseline + " does not reach the threshold"));
		}
		// a target without a figure makes the sum undefined, and so the mean
		totals.without.forEach((metric, where) -> metrics.put(metric,
				Estimate.missing("", "there is none on " + String.join(", ", where.stream().map(TargetName::shown).toList()))));
		double[][] scores = new double[of.size()][];
		Resamples[] strata = new Resamples[of.size()];
		boolean several = false;
		for (int task = 0; task < scores.length; task++) {
			TargetFacts fact = of.get(task);
			scores[task] = normalised(runs(arm, fact.target()), fact);
			strata[task] = resamples.draws(runs(arm, fact.target()), fact.target(), settings.resamples());
			several |= scores[task].length > 1;
		}
		Map<Aggregate, Estimate> aggregates = new EnumMap<>(Aggregate.class);
		Resamples together = Resamples.stratified(strata);
		for (Aggregate aggregate : Aggregate.values()) {
			double value = aggregate.of(scores);
			aggregates.put(aggregate, several ? interval(value, StratifiedBootstrap.replicates(scores, aggregate, together))
					: Estimate.exactly(value).noted("", Estimate.ONE_SEED));
		}
		return new OverallFigures(arm, of.size(), Aggregate.flatten(scores).length, metrics, aggregates, overallShots(arm, of),
				arm.equals(baseline) ? Estimate.UNDEFINED : probabilityOfImprovement(arm));
	}

	private SortedMap<Integer, Estimate> overallShots(String arm, List<TargetFacts> of) {
		TreeSet<Integer> ks = new TreeSet<>();
		of.forEach(fact -> runs(arm, fact.target()).forEach(result -> ks.addAll(result.shotReturns().keySet())));
		SortedMap<Integer, Estimate> shots = new TreeMap<>();
		for (int k : ks) {
			List<double[]> scores = new ArrayList<>();
			List<Resamples> strata = new ArrayList<>();
			boolean several = false;
			for (TargetFacts fact : of) {
				List<AdaptationResult> judged = judged(runs(arm, fact.target()), k, false);
				if (!judged.isEmpty()) {
					scores.add(judged.stream().mapToDouble(result -> fact.normalise(result.shotReturns().get(k))).toArray());
					strata.add(resamples.draws(judged, fact.target(), settings.resamples()));
					several |= judged.size() > 1;
				}
			}
			if (scores.size() == of.size()) {
				double[] flat = Aggregate.flatten(scores.toArray(new double[0][]));
				double value = Aggregate.interquartileMean(flat);
				shots.put(k, several ? interval(value, Resamples.stratified(strata.toArray(new Resamples[0])).interquartileMeans(flat))
						: Estimate.exactly(value).noted("", Estimate.ONE_SEED));
			}
		}
		return shots;
	}

	/** Needs no normalisation, so every target counts on which arm and baseline have runs. */
	private Estimate probabilityOfImprovement(String arm) {
		List<double[]> x = new ArrayList<>();
		List<double[]> y = new ArrayList<>();
		StringBuilder name = new StringBuilder("improvement of ").append(arm);
		for (String target : targets) {
			if (!runs(arm, target).isEmpty() && !runs(baseline, target).isEmpty()) {
				double end = runs.get(target).values().stream().flatMap(List::stream).mapToDouble(result -> curve(result).end())
						.min().orElseThrow();
				x.add(runs(arm, target).stream().mapToDouble(result -> curve(result).asymptote(end, settings.asymptoteShare()))
						.toArray());
				y.add(runs(baseline, target).stream().mapToDouble(result -> curve(result).asymptote(end, settings.asymptoteShare()))
						.toArray());
				name.append(", ").append(target);
			}
		}
		return x.isEmpty() ? Estimate.UNDEFINED
				: new StratifiedBootstrap(settings.resamples(), settings.confidence(), resamples.streams()).probabilityOfImprovement(
						x.toArray(new double[0][]), y.toArray(new double[0][]), name.toString());
	}

	private List<CurveBand> curves(TargetFacts fact) {
		List<ReturnCurve> all = runs.get(fact.target()).values().stream().flatMap(List::stream).map(TransferAnalyser::curve)
				.toList();
		double[] x = LearningCurves.grid(all, fact.end());
		List<CurveBand> bands = new ArrayList<>();
		for (String arm : arms) {
			List<AdaptationResult> of = runs(arm, fact.target());
			if (!of.isEmpty()) {
				double[][][] values = {of.stream().map(result -> Arrays.stream(x).map(curve(result)::at).toArray())
						.toArray(double[][]::new)};
				bands.add(LearningCurves.band(arm, x, values, draws(List.of(fact), arm), settings.confidence()));
			}
		}
		return bands;
	}

	private List<CurveBand> overallCurves(List<TargetFacts> facts, boolean inSteps) {
		List<ReturnCurve> all = facts.stream().flatMap(fact -> runs.get(fact.target()).values().stream()).flatMap(List::stream)
				.map(TransferAnalyser::curve).toList();
		double[] x = inSteps ? LearningCurves.grid(all, facts.get(0).end()) : LearningCurves.evenly(1);
		List<CurveBand> bands = new ArrayList<>();
		for (String arm : arms) {
			List<TargetFacts> of = facts.stream().filter(fact -> !runs(arm, fact.target()).isEmpty()).toList();
			if (of.size() == facts.size()) {
				double[][][] values = new double[of.size()][][];
				for (int task = 0; task < values.length; task++) {
					TargetFacts fact = of.get(task);
					values[task] = runs(arm, fact.target()).stream().map(result -> Arrays.stream(x)
							.map(at -> fact.normalise(curve(result).at(inSteps ? at : Math.min(at * fact.end(), fact.end()))))
							.toArray()).toArray(double[][]::new);
				}
				bands.add(LearningCurves.band(arm, x, values, draws(of, arm), settings.confidence()));
			}
		}
		return bands;
	}

	private LearningCurves.Draws draws(List<TargetFacts> facts, String arm) {
		return (tasks, present) -> {
			Resamples[] strata = new Resamples[tasks.size()];
			for (int i = 0; i < strata.length; i++) {
				String target = facts.get(tasks.get(i)).target();
				List<AdaptationResult> of = runs(arm, target);
				strata[i] = resamples.draws(Arrays.stream(present.get(i)).mapToObj(of::get).toList(), target,
						settings.curveResamples());
			}
			return strata.length == 1 ? strata[0] : Resamples.stratified(strata);
		};
	}

	/** Share of runs above each score, mean over tasks (Agarwal et al. 2021, section 4.1). */
	private List<CurveBand> profiles(List<TargetFacts> facts) {
		List<String> complete = arms.stream()
				.filter(arm -> facts.stream().noneMatch(fact -> runs(arm, fact.target()).isEmpty())).toList();
		double low = 0;
		double high = 1;
		Map<String, double[][]> scores = new LinkedHashMap<>();
		for (String arm : complete) {
			double[][] of = facts.stream().map(fact -> normalised(runs(arm, fact.target()), fact)).toArray(double[][]::new);
			scores.put(arm, of);
			for (double score : Aggregate.flatten(of)) {
				low = Math.min(low, score);
				high = Math.max(high, score);
			}
		}
		// a run far below random (returns without a floor) must not squeeze the part that matters
		low = Math.max(low, -1);
		high = Math.min(high, 3);
		double[] x = new double[101];
		for (int i = 0; i < x.length; i++) {
			x[i] = low + (high * 1.02 - low) * i / (x.length - 1);
		}
		List<CurveBand> profiles = new ArrayList<>();
		scores.forEach((arm, of) -> {
			double[] value = new double[x.length];
			double[] below = new double[x.length];
			double[] above = new double[x.length];
			Resamples[] strata = IntStream.range(0, of.length).mapToObj(task -> resamples.draws(runs(arm, facts.get(task).target()),
					facts.get(task).target(), settings.curveResamples())).toArray(Resamples[]::new);
			boolean several = Arrays.stream(of).anyMatch(task -> task.length > 1);
			for (int i = 0; i < x.length; i++) {
				double[] replicates = new double[settings.curveResamples()];
				for (int task = 0; task < of.length; task++) {
					double at = x[i];
					double[] exceeds = Arrays.stream(of[task]).map(score -> score > at ? 1 : 0).toArray();
					value[i] += Aggregate.mean(exceeds) / of.length;
					double[] shares = strata[task].means(exceeds);
					for (int b = 0; b < replicates.length; b++) {
						replicates[b] += shares[b] / of.length;
					}
				}
				Estimate estimate = Resamples.percentileInterval(value[i], replicates, settings.confidence());
				below[i] = several ? estimate.low() : Double.NaN;
				above[i] = several ? estimate.high() : Double.NaN;
			}
			profiles.add(new CurveBand(arm, x, value, below, above, Aggregate.flatten(of).length));
		});
		return profiles;
	}

	/** Says of arms that they have learned nothing that a policy without any learning does not do. */
	private void comparedWithRandom(TargetFacts fact, List<TransferFigures> figures) {
		List<String> below = new ArrayList<>();
		List<String> level = new ArrayList<>();
		for (TransferFigures each : figures) {
			if (each.target().equals(fact.target()) && fact.noBetterThanRandom(each.asymptote())) {
				(each.asymptote().isBelow(fact.randomReturn()) ? below : level)
						.add(each.arm() + " (" + Figures.estimate(each.asymptote()) + ")");
			}
		}
		String random = "the random policy, which returns " + Figures.number(fact.randomReturn()) + ": ";
		if (!below.isEmpty()) {
			warnings.add("On " + named(fact) + " worse than " + random + String.join(", ", below) + ".");
		}
		if (!level.isEmpty()) {
			warnings.add("On " + named(fact) + " not shown to be better than " + random + String.join(", ", level) + ".");
		}
	}

	/**
	 * What users complain of most: a warm start that carried nothing, unnoticed. Equal returns are a sign of it, except at the
	 * highest or lowest return that there is, where different agents return the same.
	 */
	private void identity(TargetFacts fact) {
		Map<Integer, AdaptationResult> base = new HashMap<>();
		runs(baseline, fact.target()).forEach(result -> base.put(result.seed(), result));
		Set<Double> limits = limits(fact);
		for (String arm : arms) {
			if (arm.equals(baseline)) {
				continue;
			}
			int common = 0;
			int sameCurve = 0;
			int sameStart = 0;
			boolean knowledge = false;
			boolean baselineKnowledge = false;
			Set<Double> returns = new TreeSet<>();
			Set<Double> starts = new TreeSet<>();
			for (AdaptationResult result : runs(arm, fact.target())) {
				AdaptationResult other = base.get(result.seed());
				if (other != null) {
					common++;
					knowledge |= result.sourceSteps() > 0;
					baselineKnowledge |= other.sourceSteps() > 0;
					sameCurve += Arrays.equals(result.returns(), other.returns()) ? 1 : 0;
					sameStart += result.returns()[0] == other.returns()[0] ? 1 : 0;
					Arrays.stream(result.returns()).forEach(returns::add);
					starts.add(result.returns()[0]);
				}
			}
			// where there is one evaluation, agents that both solve the task may well return the same
			if (common == 0 || fact.judgedOnly() && (!knowledge || baselineKnowledge)) {
				continue;
			}
			String where = "On " + named(fact) + ", " + arm;
			if (sameCurve == common) {
				warnings.add(limits.containsAll(returns)
						? where + " and " + baseline + " return the same at every evaluation in every seed, and always "
								+ limit(returns)
								+ ". Returns cannot tell them apart there; whether anything was transferred they do not show."
						: where + " gave the very curve of " + baseline + " in every seed"
								+ (knowledge
										? ", as if nothing was transferred. See the warm-start report of its steps: was anything loaded?"
										: ": the two arms are the same experiment."));
			} else if (sameStart == common && knowledge && !limits.containsAll(starts)) {
				warnings.add(where + " starts with the very return of " + baseline
						+ " in every seed, as if nothing had been carried over. See the warm-start report of its steps.");
			}
		}
	}

	/** The highest and the lowest return on a target, where one arm has it more than once: a ceiling and a floor. */
	private Set<Double> limits(TargetFacts fact) {
		Set<Double> limits = new TreeSet<>();
		double[] all = runs.get(fact.target()).values().stream().flatMap(List::stream)
				.flatMapToDouble(result -> Arrays.stream(result.returns())).toArray();
		for (double limit : new double[] {Arrays.stream(all).max().orElseThrow(), Arrays.stream(all).min().orElseThrow()}) {
			if (runs.get(fact.target()).values().stream().anyMatch(of -> of.stream()
					.flatMapToDouble(result -> Arrays.stream(result.returns())).filter(value -> value == limit).count() > 1)) {
				limits.add(limit);
			}
		}
		return limits;
	}

	private static String limit(Set<Double> returns) {
		return (returns.size() == 1 ? "" : "one of ") + String.join(" and ", returns.stream().map(Figures::number).toList())
				+ (returns.size() == 1 ? ", at the limit of all returns here" : ", the limits of all returns here");
	}

	private void notes(List<TransferFigures> figures, List<TargetFacts> normalised) {
		int fewest = figures.stream().mapToInt(TransferFigures::runs).min().orElse(0);
		if (fewest == 1) {
			notes.add("With one seed there is no interval: nothing can be said about differences.");
		} else if (fewest > 1 && fewest < TransferAnalysis.SEEDS_FOR_A_CLAIM) {
			notes.add("A claim needs " + TransferAnalysis.SEEDS_FOR_A_CLAIM + " seeds or more; with " + fewest
					+ " the intervals tend to be too narrow and are indications only.");
		}
		if (figures.stream().anyMatch(each -> each.runs() > 1 && each.asymptote().hasInterval()
				&& each.asymptote().low() == each.asymptote().high())) {
			notes.add("Where all seeds return the same, an interval has no width. That does not show how other seeds would vary.");
		}
		Map<String, List<String>> noJumpstart = new LinkedHashMap<>();
		for (String arm : arms) {
			for (TransferFigures each : figures) {
				Estimate jumpstart = each.metric(TransferMetric.JUMPSTART);
				if (each.arm().equals(arm) && each.sourceSteps() > 0 && jumpstart.hasInterval() && !jumpstart.isAbove(0)
						&& !jumpstart.isBelow(0)) {
					noJumpstart.computeIfAbsent(arm, key -> new ArrayList<>()).add(TargetName.shown(each.target()));
				}
			}
		}
		if (!noJumpstart.isEmpty()) {
			List<String> parts = new ArrayList<>();
			noJumpstart.forEach((arm, where) -> parts.add(arm + " (" + String.join(", ", where) + ")"));
			notes.add("Jumpstart check: at step 0 no difference from " + baseline + " is shown for " + String.join(" and ", parts)
					+ ". That is expected where the head is new, and a sign of a load that failed where it is not.");
		}
		if (!settings.wholeSeeds() && normalised.size() > 1
				&& figures.stream().anyMatch(each -> each.sourceSteps() > 0)) {
			notes.add("Figures over all targets resample runs within each target. Runs of one seed share their source training,"
					+ " which those intervals do not show; resampling whole seeds does.");
		}
		if (normalised.size() > 1 && arms.size() > 2) {
			notes.add("Each interval stands for itself: none is corrected for the number of comparisons.");
		}
	}

	private Sample time(List<AdaptationResult> of, TargetFacts fact) {
		if (Double.isNaN(fact.threshold())) {
			return Sample.constant(Double.NaN);
		}
		double[] times = of.stream().mapToDouble(result -> curve(result).timeToThreshold(fact.threshold(), fact.end())).toArray();
		return new Sample(Aggregate.median(times),
				times.length < 2 ? null : resamples.draws(of, fact.target(), settings.resamples()).medians(times), times.length);
	}

	private double[] asymptotes(List<AdaptationResult> of, TargetFacts fact) {
		return of.stream().mapToDouble(result -> curve(result).asymptote(fact.end(), settings.asymptoteShare())).toArray();
	}

	private double[] normalised(List<AdaptationResult> of, TargetFacts fact) {
		return Arrays.stream(asymptotes(of, fact)).map(fact::normalise).toArray();
	}

	private static double mean(List<AdaptationResult> of, ToDoubleFunction<AdaptationResult> figure) {
		return of.stream().mapToDouble(figure).average().orElse(Double.NaN);
	}

	private static ReturnCurve curve(AdaptationResult result) {
		return new ReturnCurve(result.steps(), result.returns());
	}

	private Estimate interval(double value, double[] replicates) {
		return new Sample(value, replicates, 2).estimate(settings.confidence());
	}

	private static String named(TargetFacts fact) {
		return TargetName.shown(fact.target());
	}

	/** Sums over targets of what an arm gains, and the targets on which there is nothing to add. */
	private static final class Totals {

		private final Map<TransferMetric, Sample> sums = new EnumMap<>(TransferMetric.class);
		private final Map<TransferMetric, List<String>> without = new EnumMap<>(TransferMetric.class);
		private BoundedSample saved;

		void add(TransferMetric metric, Sample sample) {
			sums.merge(metric, sample, (a, b) -> a.with(b, Double::sum));
		}
	}

	/** An arm's own figures on a target; the baseline's serve every arm. */
	private record ArmSamples(Sample stepZero, Sample asymptote, Sample meanReturn, Sample time) {}
}
