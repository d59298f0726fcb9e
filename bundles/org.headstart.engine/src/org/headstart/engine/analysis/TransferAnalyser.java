package org.headstart.engine.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Makes one {@link TransferAnalysis}.
 *
 * <p>Every figure is computed on the data and on the same resamples of seeds: resample b of an arm and resample b of the
 * baseline give replicate b of a difference or ratio, so that a ratio's interval is that of the ratio and not a combination of
 * two intervals, see {@link SeedResamples}.
 */
final class TransferAnalyser {

	/** Runs that end within a hundredth of each other differ by what did not fill their last rollout: nothing to warn of. */
	private static final double NEARLY_ALL = 0.99;

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
				warnings.add("Left out: seed " + result.seed() + " of " + result.strategy() + " on " + result.target()
						+ ", whose return at step " + Math.round(result.steps()[i]) + " is " + result.returns()[i]
						+ ". Runs that diverge are not missing at random: the figures flatter " + result.strategy() + ".");
				return true;
			}
		}
		return false;
	}

	TransferAnalysis analyse() {
		missing();
		List<TargetFacts> facts = new ArrayList<>();
		List<TransferFigures> figures = new ArrayList<>();
		SortedMap<String, List<CurveBand>> curves = new TreeMap<>();
		Map<String, Map<TransferMetric, Sample>> overallMetrics = new HashMap<>();
		for (String target : targets) {
			if (runs.get(target).values().stream().allMatch(List::isEmpty)) {
				continue;
			}
			TargetFacts fact = facts(target);
			facts.add(fact);
			for (String arm : arms) {
				if (!runs(arm, target).isEmpty()) {
					figures.add(figures(arm, fact, overallMetrics.computeIfAbsent(arm, key -> new EnumMap<>(TransferMetric.class))));
				}
			}
			armSamples.clear();
			curves.put(target, curves(fact));
			identity(fact);
		}
		List<TargetFacts> normalised = facts.stream().filter(TargetFacts::normalised).toList();
		List<OverallFigures> overall = new ArrayList<>();
		for (String arm : arms) {
			List<TargetFacts> of = normalised.stream().filter(fact -> !runs(arm, fact.target()).isEmpty()).toList();
			if (!of.isEmpty()) {
				overall.add(overall(arm, of, overallMetrics.get(arm)));
			}
		}
		boolean inSteps = normalised.stream().mapToDouble(TargetFacts::end).distinct().count() <= 1;
		List<CurveBand> overallCurves = normalised.isEmpty() ? List.of() : overallCurves(normalised, inSteps);
		List<CurveBand> profiles = normalised.isEmpty() ? List.of() : profiles(normalised);
		notes(figures, normalised);
		TrialAnalysis trials = new TrialAnalyser(arms, baseline, facts, design, runs, resamples, settings, warnings,
				notes).analyse();
		return new TransferAnalysis(settings, arms, baseline, targets, facts, figures, overall, curves, overallCurves, inSteps,
				profiles, trials, warnings, notes);
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
					warnings.add(arm + " has no result on " + target
							+ (arm.equals(baseline) ? "; without the baseline there are no transfer metrics there." : "."));
				} else if (count < most) {
					fewer.computeIfAbsent(arm + " has " + count + " of " + most + " seeds on ", key -> new ArrayList<>()).add(target);
				}
			}
		}
		fewer.forEach((what, where) -> warnings.add(what + String.join(", ", where) + "."));
	}

	private TargetFacts facts(String target) {
		List<AdaptationResult> all = runs.get(target).values().stream().flatMap(List::stream).toList();
		double shortest = all.stream().mapToDouble(result -> curve(result).end()).min().orElseThrow();
		double longest = all.stream().mapToDouble(result -> curve(result).end()).max().orElseThrow();
		if (shortest < NEARLY_ALL * longest) {
			warnings.add("On " + target + " the runs end between " + Math.round(shortest) + " and " + Math.round(longest)
					+ " steps; all figures use the range that they share, to " + Math.round(shortest) + ".");
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
			warnings.add("On " + target + " returns are negative and the random policy's return is not known: no area ratio.");
		}
		if (!base.isEmpty() && !learns && !judgedOnly) {
			warnings.add("On " + target + (Double.isNaN(random) ? " the random policy's return is not known"
					: " the baseline does not end above the random policy")
					+ ": the target takes no part in figures over all targets"
					+ (derived ? ", and no threshold can be derived." : "."));
		}
		TargetFacts fact = new TargetFacts(target, random, asymptote, shortest, threshold, derived, shift, learns);
		if (learns && base.size() > 1) {
			Estimate estimate = interval(asymptote, resamples.draws(base, target, settings.resamples())
					.interquartileMeans(asymptotes(base, fact)));
			if (estimate.low() <= random) {
				warnings.add("On " + target + " the baseline's asymptote is not clearly above the random policy: normalised"
						+ " scores and ratios rest on a small difference there.");
			}
		}
		return fact;
	}

	private TransferFigures figures(String arm, TargetFacts fact, Map<TransferMetric, Sample> overallMetrics) {
		List<AdaptationResult> own = runs(arm, fact.target());
		List<AdaptationResult> base = runs(baseline, fact.target());
		ArmSamples of = samples(arm, fact);
		boolean paired = !arm.equals(baseline) && SeedResamples.seeds(own).equals(SeedResamples.seeds(base));
		Map<TransferMetric, Estimate> metrics = new EnumMap<>(TransferMetric.class);
		if (!arm.equals(baseline) && !base.isEmpty() && !fact.judgedOnly()) {
			ArmSamples against = samples(baseline, fact);
			Sample range = against.asymptote().with(Sample.constant(fact.randomReturn()), (a, b) -> positive(a - b));
			Map<TransferMetric, Sample> samples = new EnumMap<>(TransferMetric.class);
			Sample jumpstart = of.stepZero().with(against.stepZero(), (a, b) -> a - b);
			Sample difference = of.asymptote().with(against.asymptote(), (a, b) -> a - b);
			samples.put(TransferMetric.JUMPSTART, jumpstart);
			samples.put(TransferMetric.ASYMPTOTIC_DIFFERENCE, difference);
			samples.put(TransferMetric.AREA_RATIO, of.meanReturn().with(against.meanReturn(),
					(a, b) -> (a - fact.shift()) / positive(b - fact.shift())));
			samples.put(TransferMetric.STEPS_SAVED,
					against.time().with(of.time(), (b, a) -> Math.min(b, fact.end()) - Math.min(a, fact.end())));
			samples.forEach((metric, sample) -> metrics.put(metric, sample.estimate(settings.confidence())));
			if (Double.isNaN(metrics.get(TransferMetric.AREA_RATIO).value()) && Double.isFinite(fact.shift())) {
				warnings.add("On " + fact.target() + " the baseline's area"
						+ (fact.shift() == 0 ? "" : " above the random policy's") + " is not positive: no area ratio for " + arm + ".");
			}
			if (fact.normalised()) {
				samples.put(TransferMetric.JUMPSTART, jumpstart.with(range, (a, b) -> a / b));
				samples.put(TransferMetric.ASYMPTOTIC_DIFFERENCE, difference.with(range, (a, b) -> a / b));
				samples.put(TransferMetric.STEPS_SAVED,
						samples.get(TransferMetric.STEPS_SAVED).with(Sample.constant(fact.end()), (a, b) -> a / positive(b)));
				samples.forEach((metric, sample) -> overallMetrics.merge(metric, sample, (a, b) -> a.with(b, Double::sum)));
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
				of.stepZero().estimate(settings.confidence()), of.asymptote().estimate(settings.confidence()),
				of.meanReturn().estimate(settings.confidence()), of.time().estimate(settings.confidence()), reached, shots, shotDifferences,
				mean(own, AdaptationResult::sourceSteps), mean(own, AdaptationResult::sourceSeconds),
				mean(own, AdaptationResult::targetSteps), mean(own, AdaptationResult::targetSeconds));
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
						+ " on " + result.target() + ", which " + (value == null ? "was not judged there." : "was judged " + value + "."));
			}
		}
		return judged;
	}

	private static double positive(double value) {
		return value > 0 ? value : Double.NaN;
	}

	private OverallFigures overall(String arm, List<TargetFacts> of, Map<TransferMetric, Sample> sums) {
		Map<TransferMetric, Estimate> metrics = new EnumMap<>(TransferMetric.class);
		// a target without a figure makes the sum undefined, and so the mean
		sums.forEach((metric, sum) -> metrics.put(metric,
				sum.with(Sample.constant(of.size()), (a, b) -> a / b).estimate(settings.confidence())));
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
					: new Estimate(value, Double.NaN, Double.NaN));
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
						: new Estimate(value, Double.NaN, Double.NaN));
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

	/** What users complain of most: a warm start that carried nothing, unnoticed. */
	private void identity(TargetFacts fact) {
		Map<Integer, AdaptationResult> base = new HashMap<>();
		runs(baseline, fact.target()).forEach(result -> base.put(result.seed(), result));
		for (String arm : arms) {
			if (arm.equals(baseline)) {
				continue;
			}
			int common = 0;
			int sameCurve = 0;
			int sameStart = 0;
			boolean knowledge = false;
			boolean baselineKnowledge = false;
			for (AdaptationResult result : runs(arm, fact.target())) {
				AdaptationResult other = base.get(result.seed());
				if (other != null) {
					common++;
					knowledge |= result.sourceSteps() > 0;
					baselineKnowledge |= other.sourceSteps() > 0;
					sameCurve += Arrays.equals(result.returns(), other.returns()) ? 1 : 0;
					sameStart += result.returns()[0] == other.returns()[0] ? 1 : 0;
				}
			}
			// where there is one evaluation, agents that both solve the task may well return the same
			if (common == 0 || fact.judgedOnly() && (!knowledge || baselineKnowledge)) {
				continue;
			}
			if (sameCurve == common) {
				warnings.add("On " + fact.target() + ", " + arm + " gave the very curve of " + baseline + " in every seed: "
						+ (knowledge ? "nothing was transferred. See the warm-start report of its steps: was anything loaded?"
								: "the two arms are the same experiment."));
			} else if (sameStart == common && knowledge) {
				warnings.add("On " + fact.target() + ", " + arm + " starts with the very return of " + baseline
						+ " in every seed, as if nothing had been carried over. See the warm-start report of its steps.");
			}
		}
	}

	private void notes(List<TransferFigures> figures, List<TargetFacts> normalised) {
		int fewest = figures.stream().mapToInt(TransferFigures::runs).min().orElse(0);
		if (fewest == 1) {
			notes.add("With one seed there is no interval: nothing can be said about differences.");
		} else if (fewest > 1 && fewest < TransferAnalysis.SEEDS_FOR_A_CLAIM) {
			notes.add("A claim needs " + TransferAnalysis.SEEDS_FOR_A_CLAIM + " seeds or more; with " + fewest
					+ " the intervals tend to be too narrow and are indications only.");
		}
		Map<String, List<String>> noJumpstart = new LinkedHashMap<>();
		for (String arm : arms) {
			for (TransferFigures each : figures) {
				Estimate jumpstart = each.metric(TransferMetric.JUMPSTART);
				if (each.arm().equals(arm) && each.sourceSteps() > 0 && jumpstart.hasInterval() && !jumpstart.isAbove(0)
						&& !jumpstart.isBelow(0)) {
					noJumpstart.computeIfAbsent(arm, key -> new ArrayList<>()).add(each.target());
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

	/** An arm's own figures on a target; the baseline's serve every arm. */
	private record ArmSamples(Sample stepZero, Sample asymptote, Sample meanReturn, Sample time) {
	}
}
