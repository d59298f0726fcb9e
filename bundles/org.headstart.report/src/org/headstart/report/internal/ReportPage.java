package org.headstart.report.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

import org.headstart.analysis.GeneralisationGap;
import org.headstart.analysis.TargetFacts;
import org.headstart.analysis.TransferAnalysis;
import org.headstart.analysis.TransferFigures;
import org.headstart.analysis.TransferMetric;
import org.headstart.analysis.TrialAnalysis;
import org.headstart.analysis.chart.ChartModel;
import org.headstart.analysis.chart.LineChart;
import org.headstart.analysis.chart.PathChart;
import org.headstart.analysis.figure.FigureTable;
import org.headstart.analysis.figure.FigureTable.Kind;
import org.headstart.analysis.figure.Figures;
import org.headstart.analysis.internal.FigureTables;
import org.headstart.analysis.internal.Headline;
import org.headstart.analysis.internal.TraceCharts;
import org.headstart.analysis.internal.TrainingCurves;
import org.headstart.analysis.internal.TransferCharts;
import org.headstart.analysis.internal.TrialCharts;

/** The report of one experiment as a page. */
final class ReportPage {

	/** So many steps without a result are named. */
	private static final int WAITING_SHOWN = 8;

	private final RunReport report;
	private final TransferAnalysis analysis;
	private final ChartFiles drawings;
	private final HtmlPage page;
	private final List<FigureTable> tables;

	/** @param drawings where the charts are */
	ReportPage(RunReport report, TransferAnalysis analysis, ChartFiles drawings) {
		this.report = report;
		this.analysis = analysis;
		this.page = new HtmlPage(report.name() + " · Headstart report");
		this.drawings = drawings;
		this.tables = FigureTables.of(analysis);
	}

	private void chart(ChartModel chart) {
		page.chart(chart.id(), drawings.element(chart));
	}

	String html() {
		head();
		if (!analysis.judgedOnly()) {
			page.section("learning-curves", "Learning curves");
			TransferCharts.learningCurves(analysis).forEach(this::chart);
			transfer();
			improvement();
			shots();
			profile();
		}
		returns();
		withinTrials();
		generalisation();
		traces();
		training();
		cost();
		runs();
		method();
		return page.toString();
	}

	private void tables(Kind... kinds) {
		tables.stream().filter(table -> List.of(kinds).contains(table.kind())).forEach(page::table);
	}

	private void head() {
		page.raw("<header>\n").element("h1", report.name());
		if (!report.description().isBlank()) {
			page.element("p", report.description());
		}
		page.element("p", report.arms().size() + " strategies, " + report.targets().size()
				+ (report.targets().size() == 1 ? " target, " : " targets, ") + report.seeds()
				+ (report.seeds() == 1 ? " seed" : " seeds") + " planned, " + report.results().size()
				+ " adaptations finished. Baseline: " + analysis.baseline() + "."
				+ (report.created().isEmpty() ? "" : " Report of " + report.created() + "."));
		page.raw("</header>\n<div class=\"finding\">\n").element("p", Headline.of(analysis)).raw("</div>\n");
		List<String> warnings = new ArrayList<>(analysis.warnings());
		warnings.addAll(report.warnings());
		if (!warnings.isEmpty()) {
			page.raw("<div class=\"warning\">\n<p><strong>To keep in mind</strong></p>\n").list(warnings).raw("</div>\n");
		}
		if (!report.incomplete().isEmpty()) {
			page.raw("<div class=\"warning\">\n<p><strong>Missing or failed steps</strong></p>\n").list(incomplete()).raw("</div>\n");
		}
		if (!analysis.notes().isEmpty()) {
			page.raw("<div class=\"note\">\n").list(analysis.notes()).raw("</div>\n");
		}
		page.contents();
	}

	/** All that say why, and of those that only wait for their turn the first ones. */
	private List<String> incomplete() {
		List<String> lines = new ArrayList<>();
		int waiting = 0;
		for (String line : report.incomplete()) {
			boolean waits = line.endsWith(": " + RunReport.NO_RESULT_YET);
			if (!waits || ++waiting <= WAITING_SHOWN) {
				lines.add(line);
			}
		}
		if (waiting > WAITING_SHOWN) {
			lines.add((waiting - WAITING_SHOWN) + " more without a result yet");
		}
		return lines;
	}

	private boolean judgedOnly(String target) {
		return analysis.facts(target).judgedOnly();
	}

	private void returns() {
		TrialAnalysis trials = analysis.trials();
		if (trials.figures().isEmpty()) {
			return;
		}
		page.section("returns", "Returns and outcomes");
		List<String> judged = trials.targets().stream().filter(this::judgedOnly).toList();
		if (!judged.isEmpty()) {
			page.element("p", "Nothing was trained on " + listed(judged)
					+ ": arms come as they are, from their sources or as an algorithm that learns no weights, and are judged there"
					+ " once. So there are no learning curves and no transfer figures"
					+ (analysis.judgedOnly() ? "." : " of " + (judged.size() == 1 ? "it." : "them.")));
		}
		if (!trials.heldOut().isEmpty()) {
			page.element("p", "Held out, that is without a task that could be learned on: " + listed(trials.heldOut()) + ".");
		}
		TrialCharts.finalReturns(analysis).forEach(this::chart);
		tables(Kind.RETURNS, Kind.RETURN_DIFFERENCES);
		outcomes();
		TrialCharts.shareOfTheWay(analysis).ifPresent(this::chart);
	}

	/** What the outcomes' names mean, as the environment says. */
	private void outcomes() {
		List<String> names = analysis.trials().targets().stream().flatMap(target -> analysis.trials().outcomes(target).stream())
				.distinct().toList();
		List<String> lines = report.outcomes().stream().filter(row -> names.contains(row.name()))
				.map(row -> words(row.name()) + ": " + row.value()).toList();
		if (!lines.isEmpty()) {
			page.raw("<div class=\"note\">\n").list(lines).raw("</div>\n");
		}
	}

	private static String words(String name) {
		return name.replace('-', ' ');
	}

	private void withinTrials() {
		TrialAnalysis trials = analysis.trials();
		if (trials.episodes().isEmpty()) {
			return;
		}
		page.section("within-a-trial", "Learning within a trial");
		page.element("p", "A trial is several episodes on one task that the agent does not know at first. What later episodes return"
				+ " more than the first is what it has learned about the task on the way. Strategies that learn by gradient steps play"
				+ " episode k + 1 after k of them.");
		TrialCharts.episodes(analysis).forEach(this::chart);
		tables(Kind.EPISODES);
	}

	private void generalisation() {
		List<GeneralisationGap> gaps = analysis.trials().gaps();
		if (gaps.isEmpty()) {
			return;
		}
		page.section("generalisation", "Generalisation to new tasks");
		TrialCharts.generalisationGap(analysis).ifPresent(this::chart);
		tables(Kind.GENERALISATION);
	}

	private void traces() {
		List<PathChart> charts = TraceCharts.of(report.labels(), report.targets(), report.traces());
		if (!charts.isEmpty()) {
			page.section("episodes", "Single episodes");
			charts.forEach(this::chart);
		}
	}

	private void training() {
		List<LineChart> charts = TrainingCurves.of(report.labels(), report.acquisitions(), analysis.settings());
		if (!charts.isEmpty()) {
			page.section("training", "Training on the sources");
			charts.forEach(this::chart);
		}
	}

	private static String listed(List<String> items) {
		return items.size() == 1 ? items.get(0)
				: String.join(", ", items.subList(0, items.size() - 1)) + " and " + items.get(items.size() - 1);
	}

	private void transfer() {
		page.section("transfer", "Transfer against " + analysis.baseline());
		if (analysis.figures().stream().allMatch(each -> each.metrics().isEmpty())) {
			page.paragraph("muted", "Nothing to compare: no arm and the baseline have a target in common.");
			return;
		}
		tables(Kind.TRANSFER_OVERALL, Kind.TRANSFER);
		TransferCharts.transferMetrics(analysis).forEach(this::chart);
		page.element("h3", "What the differences are made of");
		tables(Kind.PARTS);
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
		page.raw("<div class=\"note\">\n").list(facts).raw("</div>\n");
	}

	private void improvement() {
		TransferCharts.probabilityOfImprovement(analysis).ifPresent(chart -> {
			page.section("improvement", "Probability of improvement");
			chart(chart);
		});
	}

	private void shots() {
		if (tables.stream().noneMatch(table -> table.kind() == Kind.SHOTS)) {
			return;
		}
		page.section("shots", "Judged return after k shots");
		TransferCharts.shots(analysis).forEach(this::chart);
		tables(Kind.SHOTS, Kind.SHOT_DIFFERENCES);
	}

	private void profile() {
		if (analysis.overall().isEmpty()) {
			return;
		}
		page.section("profile", "Performance profile and aggregates");
		TransferCharts.performanceProfile(analysis).ifPresent(this::chart);
		tables(Kind.AGGREGATES);
	}

	private void cost() {
		page.section("cost", analysis.judgedOnly() ? "Cost of training" : "Cost on source and target");
		tables(Kind.COST);
		page.paragraph("note", "Steps are " + analysis.counted().many() + ", times are processor time.");
	}

	private void runs() {
		page.section("what-ran", "What ran");
		page.startTable("", 0, "what", "which");
		page.row(0, "Strategies", String.join(", ", report.arms().stream()
				.map(arm -> arm.label().equals(arm.strategy()) ? arm.label() : arm.label() + " (" + arm.strategy() + ")").toList()));
		page.row(0, "Seeds", seeds());
		report.provenance().forEach(row -> page.row(0, row.name(), row.value()));
		page.endTable();
		if (!report.reproduce().isEmpty()) {
			page.element("h3", "To run it again");
			page.element("pre", report.reproduce());
		}
		if (!report.experimentText().isEmpty()) {
			page.element("h3", "The experiment, as frozen with the run");
			page.element("pre", report.experimentText().strip());
		}
	}

	private String seeds() {
		TreeSet<Integer> seeds = new TreeSet<>();
		report.results().forEach(result -> seeds.add(result.seed()));
		if (seeds.isEmpty()) {
			return "none finished";
		}
		boolean gapless = seeds.last() - seeds.first() + 1 == seeds.size();
		return gapless && seeds.size() > 1 ? seeds.first() + " to " + seeds.last()
				: seeds.toString().replace("[", "").replace("]", "");
	}

	private void method() {
		page.section("method", "How the figures are defined");
		String confidence = Figures.percent(analysis.settings().confidence());
		List<TransferFigures> compared = analysis.figures().stream().filter(each -> !each.arm().equals(analysis.baseline())
				&& analysis.figures(analysis.baseline(), each.target()) != null).toList();
		boolean paired = compared.stream().allMatch(TransferFigures::paired);
		boolean none = compared.stream().noneMatch(TransferFigures::paired);
		page.raw("<dl>\n");
		define("Unit", "The seed. Episodes of an evaluation are averaged first, and only seeds are resampled.");
		define("Interquartile mean", "Mean of the middle half: a quarter of the runs, rounded down, is left out at each end"
				+ " (Agarwal et al. 2021). With fewer than four runs it is the mean.");
		define("Intervals", confidence + " percentile bootstrap intervals from "
				+ Figures.count(analysis.settings().resamples()) + " resamples ("
				+ Figures.count(analysis.settings().curveResamples()) + " for bands of curves), "
				+ (analysis.settings().wholeSeeds() ? "drawing whole seeds with their runs on all targets"
						: "drawing runs with replacement within each target (stratified; Agarwal et al. 2021)")
				+ ". Deterministic. Bands are pointwise.");
		define("Differences and ratios", "Both arms are resampled and the difference or ratio is taken in each resample. "
				+ (paired ? "Arms and baseline ran the same seeds and are resampled together, seed by seed."
						: none ? "Arms and baseline did not run the same seeds and are resampled independently."
						: "Where arm and baseline ran the same seeds they are resampled together, seed by seed; elsewhere"
								+ " independently."));
		define("Not above random", "What a strategy ends with is not shown to return more than the random policy: its interval reaches"
				+ " down to that return or lies below, or with one seed the figure itself does.");
		trialMethod();
		List<String> sources = new ArrayList<>(List.of(
				"R. Agarwal, M. Schwarzer, P. S. Castro, A. Courville, M. G. Bellemare: Deep reinforcement learning at the edge of"
						+ " the statistical precipice. NeurIPS 2021."));
		if (!analysis.judgedOnly()) {
			transferMethod();
			sources.add("M. E. Taylor, P. Stone: Transfer learning for reinforcement learning domains: a survey. JMLR 10, 2009.");
			sources.add("A. A. Rusu et al.: Progressive neural networks. arXiv:1606.04671, 2016.");
		}
		if (!analysis.trials().episodes().isEmpty()) {
			sources.add("Y. Duan, J. Schulman, X. Chen, P. L. Bartlett, I. Sutskever, P. Abbeel: RL²: fast reinforcement learning"
					+ " via slow reinforcement learning. arXiv:1611.02779, 2016.");
		}
		page.raw("</dl>\n").element("h3", "Sources").list(sources);
	}

	private void transferMethod() {
		for (TransferMetric metric : TransferMetric.values()) {
			define(metric.label().substring(0, 1).toUpperCase(Locale.ROOT) + metric.label().substring(1),
					metric.definition().substring(0, 1).toUpperCase(Locale.ROOT) + metric.definition().substring(1)
							+ (metric == TransferMetric.AREA_RATIO
									? ". Where a return is negative, the random policy's return is subtracted from both first"
											+ " (Rusu et al. 2016 take the same ratio)."
									: " (Taylor and Stone 2009)."));
		}
		define("Asymptote", "Mean of the last " + Figures.percent(analysis.settings().asymptoteShare())
				+ " of the evaluations after step 0, at least one.");
		define("Time to threshold", capital(analysis.counted().targetMany())
				+ " at the first evaluation that reaches the threshold; later ones may fall"
				+ " below again. A run that does not reach it within the budget counts as later than the budget, so the median over"
				+ " seeds stays right as long as fewer than half do not; else it is shown as beyond the budget (>). A threshold that is"
				+ " derived from the data is held fixed in the resamples.");
		define("Normalised return", "(return − random policy's return) / (baseline's asymptote − random policy's return).");
		define("Probability of improvement", "Probability that a run of the arm ends above a run of the baseline, equal ones"
				+ " counting half, averaged over targets (Mann–Whitney; Agarwal et al. 2021).");
		define("Performance profile", "Share of runs whose normalised asymptote exceeds τ, averaged over targets"
				+ " (Agarwal et al. 2021).");
		define("Optimality gap", "1 − mean of min(normalised asymptote, 1); lower is better (Agarwal et al. 2021).");
	}

	private void trialMethod() {
		TrialAnalysis trials = analysis.trials();
		if (trials.figures().isEmpty()) {
			return;
		}
		define("Return", "Mean return of the trials of the last evaluation"
				+ (trials.episodes().isEmpty() ? "; a trial is an episode." : "; of a trial, all its episodes' rewards added."));
		if (trials.targets().stream().anyMatch(target -> !trials.outcomes(target).isEmpty())) {
			define("Outcomes", "Numbers by which the environment tells how an episode ended, averaged over the trials of the last"
					+ " evaluation. Whether a trial's episodes are added, averaged or only the last counts is the environment's to say.");
		}
		if (trials.figures().stream().anyMatch(each -> each.ratio().isDefined())) {
			define("Return, ratio", "The arm's return over the baseline's, where both have one sign in every seed. Of negative returns"
					+ " (costs) less than 1 is better.");
		}
		if (trials.figures().stream().anyMatch(each -> each.shareOfTheWay().isDefined())) {
			define("Share of the way", "(arm − " + analysis.baseline() + ") / (" + trials.oracle() + " − " + analysis.baseline()
					+ "), of returns. " + trials.oracle() + " is the one arm that is shown the task. All three are resampled; resamples"
					+ " in which it does not return more than " + analysis.baseline() + " give no share. Where an arm is shown to return"
					+ " less than " + analysis.baseline() + ", that is no lower end, and there is no share.");
		}
		if (!trials.episodes().isEmpty()) {
			define("Return of the k-th episode", "Mean over the trials of the last evaluation of the return of their k-th episode; each"
					+ " trial is on one task, and the agent starts it without knowing which.");
		}
		if (!trials.gaps().isEmpty()) {
			define("Generalisation gap", "Return on a task set that could be learned on minus return on one that is held out, of the"
					+ " same environment with the same settings. "
					+ (trials.gaps().stream().allMatch(GeneralisationGap::paired) ? "Both were judged with the same seeds, which are"
							+ " resampled together." : "Where both were judged with the same seeds these are resampled together."));
		}
	}

	private void define(String term, String definition) {
		page.element("dt", term).element("dd", definition);
	}

	private static String capital(String text) {
		return Character.toUpperCase(text.charAt(0)) + text.substring(1);
	}
}
