package org.headstart.analysis.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

import org.headstart.analysis.Aggregate;
import org.headstart.analysis.AnalysisSettings;
import org.headstart.analysis.OverallFigures;
import org.headstart.analysis.TargetFacts;
import org.headstart.analysis.TransferAnalysis;
import org.headstart.analysis.TransferFigures;
import org.headstart.analysis.TransferMetric;
import org.headstart.analysis.TrialFigures;
import org.headstart.analysis.figure.Estimate;
import org.headstart.analysis.figure.FigureTable;
import org.headstart.analysis.figure.FigureTable.Cell;
import org.headstart.analysis.figure.FigureTable.Column;
import org.headstart.analysis.figure.FigureTable.Key;
import org.headstart.analysis.figure.FigureTable.Kind;
import org.headstart.analysis.figure.FigureTable.Leading;
import org.headstart.analysis.figure.FigureTable.Row;
import org.headstart.analysis.figure.FigureTable.Scope;
import org.headstart.analysis.figure.Figures;
import org.headstart.analysis.figure.TargetName;

/** The tables of an analysis: the one list that page, terminal, CSV and JSON iterate. */
public final class FigureTables {

	private static final List<Leading> BY_SEEDS = List.of(Leading.STRATEGY, Leading.SEEDS);
	private static final List<Leading> BY_RUNS = List.of(Leading.STRATEGY, Leading.RUNS);

	/** What an arm has of its own, on a target that is trained on. */
	private static final List<Column> STEP_ZERO_AND_ASYMPTOTE = List.of(
			new Column("return-at-step-0", "return at step 0", "step 0", "return", false),
			new Column("asymptote", "asymptote", "asymptote", "return", false));

	private final TransferAnalysis analysis;

	private FigureTables(TransferAnalysis analysis) {
		this.analysis = analysis;
	}

	/**
	 * @param analysis the analysis
	 * @return all tables that have a row, in the order of a report; without those of {@link Kind#SUMMARY}, which repeat figures
	 */
	public static List<FigureTable> of(TransferAnalysis analysis) {
		return new FigureTables(analysis).all();
	}

	/**
	 * @param analysis the analysis
	 * @param kinds    kinds of tables
	 * @return those of these kinds that have rows, in the order of {@link #of(TransferAnalysis)}
	 */
	public static List<FigureTable> of(TransferAnalysis analysis, Kind... kinds) {
		return of(analysis).stream().filter(table -> List.of(kinds).contains(table.kind())).toList();
	}

	/**
	 * @param analysis the analysis
	 * @return one short table for each target that has results, in order
	 */
	public static List<FigureTable> summaries(TransferAnalysis analysis) {
		FigureTables tables = new FigureTables(analysis);
		List<FigureTable> summaries = new ArrayList<>();
		for (TargetFacts facts : analysis.facts()) {
			List<String> target = List.of(facts.target());
			summaries.add(facts.judgedOnly() ? tables.judged(target) : tables.trained(facts.target()));
		}
		return summaries;
	}

	/**
	 * @param comparison two sets of results
	 * @param settings   how they were analysed
	 * @return second against first, a row for each figure of an arm on a target
	 */
	public static FigureTable of(ResultComparison comparison, AnalysisSettings settings) {
		List<Column> columns = List.of(new Column("first-seeds", "seeds, first", "seeds 1", "", false),
				new Column("second-seeds", "seeds, second", "seeds 2", "", false), new Column("first", "first", "first", "", false),
				new Column("second", "second", "second", "", false),
				new Column("against", "second against first", "second to first", "", true),
				new Column("verdict", "verdict", "verdict", "", true));
		List<Row> rows = new ArrayList<>();
		for (ResultComparison.Row each : comparison.rows()) {
			for (ResultComparison.Figure figure : each.figures()) {
				rows.add(new Row(
						new Key(Scope.TARGET, each.target(), "", each.arm(), figure.name(),
								each.arm() + " on " + TargetName.shown(each.target())),
						Math.min(each.first().runs(), each.second().runs()), resampling(each.second().paired()),
						List.of(count(each.first().runs()), count(each.second().runs()), cell(figure.first()), cell(figure.second()),
								cell(figure.against()), new Cell(Estimate.UNDEFINED, figure.verdict()))));
			}
		}
		boolean judged = comparison.rows().stream().anyMatch(ResultComparison.Row::judgedOnly);
		return new FigureTable(Kind.COMPARISON, "Second against first, with " + Figures.percent(settings.confidence())
				+ " bootstrap intervals over seeds; where both ran the same seeds they are resampled together. Mean returns, which are"
				+ " areas under the curve, are compared by their ratio, all else by the difference."
				+ (judged ? " Where nothing was trained on a target, there is the return of its one evaluation only." : ""),
				List.of(Leading.FIGURE), columns, rows);
	}

	private List<FigureTable> all() {
		List<FigureTable> tables = new ArrayList<>();
		if (!analysis.judgedOnly()) {
			tables.add(transferOverall());
			tables.add(transfer());
			tables.add(parts());
			tables.add(shots(Kind.SHOTS, "Interquartile mean over seeds of the judged return.", TransferFigures::shots));
			tables.add(shots(Kind.SHOT_DIFFERENCES, "Difference from " + analysis.baseline() + " after as many shots.",
					TransferFigures::shotDifferences));
			tables.add(aggregates());
		}
		// targets with the same outcomes, or episodes, share a table
		Map<List<String>, List<String>> byOutcomes = new LinkedHashMap<>();
		Map<List<Integer>, List<String>> byEpisodes = new LinkedHashMap<>();
		for (String target : analysis.trials().targets()) {
			byOutcomes.computeIfAbsent(analysis.trials().outcomes(target), names -> new ArrayList<>()).add(target);
			TreeSet<Integer> numbers = new TreeSet<>();
			analysis.trials().figures(target).forEach(each -> numbers.addAll(each.episodes().keySet()));
			byEpisodes.computeIfAbsent(List.copyOf(numbers), key -> new ArrayList<>()).add(target);
		}
		byOutcomes.values().forEach(targets -> {
			tables.add(returns(targets));
			tables.add(returnDifferences(targets));
		});
		byEpisodes.forEach((numbers, targets) -> tables.add(episodes(numbers, targets)));
		tables.add(generalisation());
		tables.add(cost());
		tables.removeIf(table -> table.rows().isEmpty());
		return tables;
	}

	private static Cell cell(Estimate estimate) {
		return Cell.of(estimate, Figures.estimate(estimate));
	}

	private static Cell difference(Estimate estimate) {
		return Cell.of(estimate, Figures.difference(estimate));
	}

	private static Cell steps(Estimate estimate) {
		return Cell.of(estimate, Figures.steps(estimate));
	}

	private static Cell count(double count) {
		return new Cell(Estimate.exactly(count), Figures.count(count));
	}

	private static String resampling(boolean paired) {
		return paired ? "paired by seed" : "independent";
	}

	/** Of which runs there are figures on targets that are trained on. */
	private List<TransferFigures> trained(Predicate<TransferFigures> which) {
		return analysis.figures().stream().filter(each -> !analysis.facts(each.target()).judgedOnly() && which.test(each)).toList();
	}

	private List<Column> metricColumns(boolean overall) {
		List<Column> columns = new ArrayList<>();
		for (TransferMetric metric : TransferMetric.values()) {
			columns.add(new Column(metric.label().replace(' ', '-'), metric.label(), metric.narrow(),
					overall ? metric.overallUnit()
							: metric == TransferMetric.STEPS_SAVED ? analysis.counted().onTargets() : metric.unit(),
					true));
		}
		return columns;
	}

	private List<Cell> metricCells(TransferFigures of) {
		List<Cell> cells = new ArrayList<>();
		for (TransferMetric metric : TransferMetric.values()) {
			Estimate estimate = of.metrics().isEmpty() && !of.arm().equals(analysis.baseline())
					? Estimate.missing("", "there is no result of " + analysis.baseline()) : of.metric(metric);
			cells.add(metric == TransferMetric.STEPS_SAVED ? steps(estimate) : cell(estimate));
		}
		return cells;
	}

	private FigureTable trained(String target) {
		List<Column> columns = new ArrayList<>(STEP_ZERO_AND_ASYMPTOTE);
		columns.addAll(metricColumns(false));
		List<Row> rows = trained(each -> each.target().equals(target)).stream().map(each -> {
			List<Cell> cells = new ArrayList<>(List.of(cell(each.stepZero()), cell(each.asymptote())));
			cells.addAll(metricCells(each));
			return new Row(Key.of(target, each.arm()), each.runs(), "", cells);
		}).toList();
		return new FigureTable(Kind.SUMMARY, against(), BY_SEEDS, columns, rows);
	}

	/** What a summary's figures are, in a few words. */
	private String against() {
		return (analysis.arms().size() > 1 ? "against " + analysis.baseline() + ", " : "")
				+ Figures.percent(analysis.settings().confidence()) + " intervals over seeds";
	}

	private FigureTable transferOverall() {
		List<Row> rows = new ArrayList<>();
		if (analysis.facts().stream().filter(TargetFacts::normalised).count() > 1) {
			for (OverallFigures each : analysis.overall()) {
				if (!each.arm().equals(analysis.baseline())) {
					List<Cell> cells = new ArrayList<>();
					for (TransferMetric metric : TransferMetric.values()) {
						cells.add(cell(each.metric(metric)));
					}
					rows.add(new Row(Key.overall(each.arm()), each.runs(), "", cells));
				}
			}
		}
		return new FigureTable(Kind.TRANSFER_OVERALL, "Mean over targets. Differences of return are normalised (0 the random policy,"
				+ " 1 the asymptote of " + analysis.baseline() + "); steps saved are a share of the budget.", BY_RUNS,
				metricColumns(true), rows);
	}

	private FigureTable transfer() {
		return new FigureTable(Kind.TRANSFER, "On each target: arm minus baseline, or arm over baseline.", BY_SEEDS,
				metricColumns(false), trained(each -> !each.arm().equals(analysis.baseline())).stream()
						.map(each -> new Row(Key.of(each.target(), each.arm()), each.runs(), resampling(each.paired()), metricCells(each)))
						.toList());
	}

	private FigureTable parts() {
		List<Column> columns = new ArrayList<>(STEP_ZERO_AND_ASYMPTOTE);
		columns.add(new Column("mean-return", "mean return on the way", "on the way", "return", false));
		columns.add(new Column("time-to-threshold", "time to threshold", "threshold at", analysis.counted().onTargets(), false));
		columns.add(new Column("reached-by", "reached by", "reached by", "seeds", false));
		return new FigureTable(Kind.PARTS,
				"Interquartile means over seeds; time to threshold is the median, in " + analysis.counted().targetMany() + ".", BY_SEEDS,
				columns, trained(each -> true).stream().map(each -> {
					boolean threshold = !Double.isNaN(analysis.facts(each.target()).threshold());
					return new Row(Key.of(each.target(), each.arm()), each.runs(), "", List.of(cell(each.stepZero()),
							cell(each.asymptote()), cell(each.meanReturn()), steps(each.timeToThreshold()),
							threshold ? new Cell(Estimate.exactly(each.reached()), each.reached() + " of " + each.runs())
									: cell(Estimate.UNDEFINED)));
				}).toList());
	}

	private FigureTable shots(Kind kind, String caption, Function<TransferFigures, SortedMap<Integer, Estimate>> figures) {
		List<TransferFigures> of = trained(each -> !figures.apply(each).isEmpty());
		TreeSet<Integer> ks = new TreeSet<>();
		of.forEach(each -> ks.addAll(figures.apply(each).keySet()));
		boolean compared = kind == Kind.SHOT_DIFFERENCES;
		List<Column> columns = ks.stream().map(k -> {
			String heading = k == 1 ? "1 shot" : k + " shots";
			return new Column("shots:" + k, heading, heading, "return", k, compared);
		}).toList();
		return new FigureTable(kind, caption, BY_SEEDS, columns, of.stream().map(each -> new Row(Key.of(each.target(), each.arm()),
				each.runs(), compared ? resampling(each.paired()) : "",
				ks.stream().map(k -> cell(figures.apply(each).getOrDefault(k, Estimate.UNDEFINED))).toList())).toList());
	}

	private FigureTable aggregates() {
		List<Column> columns = new ArrayList<>();
		for (Aggregate aggregate : Aggregate.values()) {
			columns.add(new Column(aggregate.label().replace(' ', '-'), aggregate.label(), aggregate.label(), "normalised return",
					false));
		}
		columns.add(new Column("probability-of-improvement", "probability of improvement", "P(improved)", "", true));
		return new FigureTable(Kind.AGGREGATES, "Aggregates of the normalised asymptotes (0 the random policy, 1 the asymptote of "
				+ analysis.baseline() + ").", BY_RUNS, columns, analysis.overall().stream().map(each -> {
					List<Cell> cells = new ArrayList<>();
					for (Aggregate aggregate : Aggregate.values()) {
						cells.add(cell(each.scores().getOrDefault(aggregate, Estimate.UNDEFINED)));
					}
					cells.add(cell(each.probabilityOfImprovement()));
					return new Row(Key.overall(each.arm()), each.runs(), "", cells);
				}).toList());
	}

	private List<TrialFigures> judged(List<String> targets, Predicate<TrialFigures> which) {
		return targets.stream().flatMap(target -> analysis.trials().figures(target).stream()).filter(which).toList();
	}

	private static Row row(TrialFigures of, boolean compared, List<Cell> cells) {
		return new Row(Key.of(of.target(), of.arm()), of.runs(), compared ? resampling(of.paired()) : "", cells);
	}

	private static List<Column> outcomeColumns(List<String> outcomes, boolean compared) {
		return outcomes.stream().map(name -> new Column((compared ? "outcome-difference:" : "outcome:") + name,
				name.replace('-', ' '), name.replace('-', ' '), "", compared)).toList();
	}

	/** The return's difference from the baseline's, its ratio and share of the way: those that any of the targets has. */
	private void compared(List<String> targets, boolean ratio, String heading, List<Column> columns,
			List<Function<TrialFigures, Cell>> cells) {
		columns.add(new Column("return-difference", heading, heading, "return", true));
		cells.add(each -> difference(each.difference()));
		if (ratio && !judged(targets, each -> each.ratio().isDefined()).isEmpty()) {
			columns.add(new Column("return-ratio", "return, ratio", "ratio", "", true));
			cells.add(each -> cell(each.ratio()));
		}
		if (!judged(targets, each -> each.shareOfTheWay().isDefined()).isEmpty()) {
			columns.add(new Column("share-of-the-way", "share of the way to " + analysis.trials().oracle(),
					"of the way to " + analysis.trials().oracle(), "", true));
			cells.add(each -> Cell.of(each.shareOfTheWay(), Figures.share(each.shareOfTheWay())));
		}
	}

	/** Where nothing was trained: the return, its difference from the baseline's, the share of the way to an oracle, outcomes. */
	private FigureTable judged(List<String> targets) {
		List<String> outcomes = analysis.trials().outcomes(targets.get(0));
		List<Column> columns = new ArrayList<>(List.of(new Column("return", "return", "return", "return", false)));
		List<Function<TrialFigures, Cell>> cells = new ArrayList<>(List.of(each -> cell(each.finalReturn())));
		compared(targets, false, "difference", columns, cells);
		columns.addAll(outcomeColumns(outcomes, false));
		outcomes.forEach(name -> cells.add(each -> cell(each.outcome(name))));
		return new FigureTable(Kind.SUMMARY, against(), BY_SEEDS, columns, judged(targets, each -> true).stream()
				.map(each -> row(each, false, cells.stream().map(cell -> cell.apply(each)).toList())).toList());
	}

	private FigureTable returns(List<String> targets) {
		List<String> outcomes = analysis.trials().outcomes(targets.get(0));
		List<Column> columns = new ArrayList<>(List.of(new Column("return", "return", "return", "return", false)));
		columns.addAll(outcomeColumns(outcomes, false));
		return new FigureTable(Kind.RETURNS, "Interquartile mean over seeds of the last evaluation's mean.", BY_SEEDS, columns,
				judged(targets, each -> true).stream().map(each -> {
					List<Cell> cells = new ArrayList<>(List.of(cell(each.finalReturn())));
					outcomes.forEach(name -> cells.add(cell(each.outcome(name))));
					return row(each, false, cells);
				}).toList());
	}

	private FigureTable returnDifferences(List<String> targets) {
		List<String> outcomes = analysis.trials().outcomes(targets.get(0));
		List<Column> columns = new ArrayList<>();
		List<Function<TrialFigures, Cell>> cells = new ArrayList<>();
		compared(targets, true, "return", columns, cells);
		columns.addAll(outcomeColumns(outcomes, true));
		outcomes.forEach(name -> cells.add(each -> difference(each.outcomeDifference(name))));
		boolean any = !judged(targets, each -> each.difference().isDefined()).isEmpty();
		return new FigureTable(Kind.RETURN_DIFFERENCES, "Difference from " + analysis.baseline()
				+ ". ▲ ▼: shown to be higher, lower (all of the interval is on one side of 0).", BY_SEEDS, columns,
				judged(targets, each -> any && !each.arm().equals(analysis.baseline())).stream()
						.map(each -> row(each, each.difference().isDefined(), cells.stream().map(cell -> cell.apply(each)).toList()))
						.toList());
	}

	private FigureTable episodes(List<Integer> numbers, List<String> targets) {
		List<Column> columns = new ArrayList<>();
		for (int number : numbers) {
			columns.add(new Column("episode:" + number, "episode " + number, "episode " + number, "return", number, false));
		}
		columns.add(new Column("last-minus-first", "last − first", "last − first", "return", false));
		return new FigureTable(Kind.EPISODES, "Return of the k-th episode of a trial. Interquartile mean over seeds.", BY_SEEDS,
				columns, judged(targets, each -> !each.episodes().isEmpty()).stream().map(each -> {
					List<Cell> cells = new ArrayList<>();
					numbers.forEach(number -> cells.add(cell(each.episodes().getOrDefault(number, Estimate.UNDEFINED))));
					cells.add(difference(each.gain()));
					return row(each, false, cells);
				}).toList());
	}

	private FigureTable generalisation() {
		return new FigureTable(Kind.GENERALISATION, "Return on tasks that could be learned on, on held-out tasks, and the difference."
				+ " ▲: shown to do worse on new tasks.", BY_SEEDS,
				List.of(new Column("return-on-seen", "return on seen tasks", "on seen", "return", false),
						new Column("return-on-held-out", "return on held-out tasks", "on held-out", "return", false),
						new Column("gap", "gap", "gap", "return", false)),
				analysis.trials().gaps().stream()
						.map(gap -> new Row(
								new Key(Scope.PAIR, gap.heldOut(), gap.seen(), gap.arm(), "", gap.pair(" against ")), gap.runs(),
								resampling(gap.paired()),
								List.of(cell(gap.seenReturn()), cell(gap.heldOutReturn()), difference(gap.gap()))))
						.toList());
	}

	private FigureTable cost() {
		boolean sourcesOnly = analysis.judgedOnly();
		List<Column> columns = new ArrayList<>();
		List<Function<TransferFigures, Cell>> cells = new ArrayList<>();
		cost("source", analysis.counted().onSources(), TransferFigures::sourceSteps, TransferFigures::sourceSeconds, columns, cells);
		if (!sourcesOnly) {
			cost("target", analysis.counted().onTargets(), TransferFigures::targetSteps, TransferFigures::targetSeconds, columns, cells);
		}
		List<Row> rows = new ArrayList<>();
		for (TransferFigures each : analysis.figures()) {
			// where nothing is trained on targets, the cost is the same for all
			if (!sourcesOnly || analysis.figures().stream().filter(other -> other.arm().equals(each.arm())).findFirst().get() == each) {
				rows.add(new Row(sourcesOnly ? new Key(Scope.SOURCES, "", "", each.arm(), "", "") : Key.of(each.target(), each.arm()),
						each.runs(), "", cells.stream().map(cell -> cell.apply(each)).toList()));
			}
		}
		return new FigureTable(Kind.COST, sourcesOnly
				? "Mean over seeds of one training on the sources. Strategies that share one each show all of it."
				: "Mean over seeds of one adaptation. Strategies that share a pre-training each show all of it.", BY_SEEDS, columns, rows);
	}

	private static void cost(String where, String unit, ToDoubleFunction<TransferFigures> steps, ToDoubleFunction<TransferFigures> seconds,
			List<Column> columns, List<Function<TransferFigures, Cell>> cells) {
		columns.add(new Column(where + "-steps", where + " steps", where + " steps", unit, false));
		columns.add(new Column(where + "-processor-time", where + " time", where + " time", "s", false));
		cells.add(each -> count(steps.applyAsDouble(each)));
		cells.add(each -> new Cell(Estimate.exactly(seconds.applyAsDouble(each)), Figures.duration(seconds.applyAsDouble(each))));
	}
}
