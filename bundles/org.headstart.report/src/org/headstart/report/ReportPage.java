package org.headstart.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

import org.headstart.engine.analysis.Aggregate;
import org.headstart.engine.analysis.Estimate;
import org.headstart.engine.analysis.Figures;
import org.headstart.engine.analysis.Headline;
import org.headstart.engine.analysis.OverallFigures;
import org.headstart.engine.analysis.TargetFacts;
import org.headstart.engine.analysis.TransferAnalysis;
import org.headstart.engine.analysis.TransferCharts;
import org.headstart.engine.analysis.TransferFigures;
import org.headstart.engine.analysis.TransferMetric;

/** The report of one experiment as a page. */
final class ReportPage {

	private final RunReport report;
	private final TransferAnalysis analysis;
	private final HtmlPage page;
	private final boolean several;

	ReportPage(RunReport report, TransferAnalysis analysis) {
		this.report = report;
		this.analysis = analysis;
		this.page = new HtmlPage(report.name() + " · Headstart report");
		this.several = analysis.facts().stream().filter(TargetFacts::normalised).count() > 1;
	}

	String html() {
		head();
		page.section("learning-curves", "Learning curves");
		TransferCharts.learningCurves(analysis).forEach(page::chart);
		transfer();
		improvement();
		shots();
		profile();
		cost();
		runs();
		method();
		return page.toString();
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
			page.raw("<div class=\"warning\">\n<p><strong>Missing or failed steps</strong></p>\n").list(report.incomplete())
					.raw("</div>\n");
		}
		if (!analysis.notes().isEmpty()) {
			page.raw("<div class=\"note\">\n").list(analysis.notes()).raw("</div>\n");
		}
		page.raw("""
				<nav><ul><li><a href="#learning-curves">Learning curves</a></li><li><a href="#transfer">Transfer</a></li>\
				<li><a href="#cost">Cost</a></li><li><a href="#what-ran">What ran</a></li><li><a href="#method">Method</a></li></ul></nav>
				""");
	}

	private void transfer() {
		page.section("transfer", "Transfer against " + analysis.baseline());
		if (analysis.figures().stream().allMatch(each -> each.metrics().isEmpty())) {
			page.paragraph("muted", "Nothing to compare: no arm and the baseline have a target in common.");
			return;
		}
		if (several) {
			page.startTable("Mean over targets. Differences of return are normalised (0 the random policy, 1 the asymptote of "
					+ analysis.baseline() + "); steps saved are a share of the budget.", 5, "strategy", "runs", "jumpstart",
					"asymptotic difference", "area ratio", "steps saved");
			for (OverallFigures each : analysis.overall()) {
				if (!each.arm().equals(analysis.baseline())) {
					page.row(5, each.arm(), String.valueOf(each.runs()), Figures.estimate(each.metric(TransferMetric.JUMPSTART)),
							Figures.estimate(each.metric(TransferMetric.ASYMPTOTIC_DIFFERENCE)),
							Figures.estimate(each.metric(TransferMetric.AREA_RATIO)),
							Figures.estimate(each.metric(TransferMetric.STEPS_SAVED)));
				}
			}
			page.endTable();
		}
		page.startTable("On each target: arm minus baseline, or arm over baseline.", 5, "strategy", "seeds", "jumpstart",
				"asymptotic difference", "area ratio", "steps saved");
		byTarget(6, each -> !each.metrics().isEmpty(), each -> page.row(5, each.arm(), String.valueOf(each.runs()),
				Figures.estimate(each.metric(TransferMetric.JUMPSTART)),
				Figures.estimate(each.metric(TransferMetric.ASYMPTOTIC_DIFFERENCE)),
				Figures.estimate(each.metric(TransferMetric.AREA_RATIO)), saved(each)));
		page.endTable();
		TransferCharts.transferMetrics(analysis).forEach(page::chart);
		page.element("h3", "What the differences are made of");
		page.startTable("Interquartile means over seeds; time to threshold is the median, in environment steps.", 6, "strategy",
				"seeds", "return at step 0", "asymptote", "mean return on the way", "time to threshold", "reached by");
		byTarget(7, each -> true, each -> page.row(6, each.arm(), String.valueOf(each.runs()), Figures.estimate(each.stepZero()),
				Figures.estimate(each.asymptote()), Figures.estimate(each.meanReturn()),
				Figures.time(each.timeToThreshold(), analysis.facts(each.target()).end()),
				Double.isNaN(analysis.facts(each.target()).threshold()) ? "–" : each.reached() + " of " + each.runs()));
		page.endTable();
		List<String> facts = new ArrayList<>();
		for (TargetFacts each : analysis.facts()) {
			facts.add(each.target() + ": random policy " + Figures.number(each.randomReturn()) + "; common range to "
					+ Figures.count(each.end()) + " steps; threshold " + Figures.number(each.threshold())
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

	/** A bound where one of the two never reached the threshold: the budget stands in for what is beyond it. */
	private String saved(TransferFigures each) {
		Estimate estimate = each.metric(TransferMetric.STEPS_SAVED);
		if (!estimate.isDefined()) {
			return "–";
		}
		String text = Figures.steps(estimate.value()) + (estimate.hasInterval()
				? " [" + Figures.steps(estimate.low()) + ", " + Figures.steps(estimate.high()) + "]" : "");
		TransferFigures base = analysis.figures(analysis.baseline(), each.target());
		boolean armBeyond = Double.isInfinite(each.timeToThreshold().value());
		boolean baseBeyond = base != null && Double.isInfinite(base.timeToThreshold().value());
		return armBeyond && baseBeyond ? "neither reaches it" : armBeyond ? "≤ " + text : baseBeyond ? "≥ " + text : text;
	}

	private void byTarget(int columns, Predicate<TransferFigures> filter,
			Consumer<TransferFigures> row) {
		for (TargetFacts facts : analysis.facts()) {
			List<TransferFigures> of = analysis.figures().stream()
					.filter(each -> each.target().equals(facts.target()) && filter.test(each)).toList();
			if (!of.isEmpty()) {
				page.group(columns, facts.target());
				of.forEach(row);
			}
		}
	}

	private void improvement() {
		TransferCharts.probabilityOfImprovement(analysis).ifPresent(chart -> {
			page.section("improvement", "Probability of improvement");
			page.chart(chart);
		});
	}

	private void shots() {
		TreeSet<Integer> ks = new TreeSet<>();
		analysis.figures().forEach(each -> ks.addAll(each.shots().keySet()));
		if (ks.isEmpty()) {
			return;
		}
		page.section("shots", "Judged return after k shots");
		TransferCharts.shots(analysis).forEach(page::chart);
		String[] header = new String[ks.size() + 2];
		header[0] = "strategy";
		header[1] = "seeds";
		int column = 2;
		for (int k : ks) {
			header[column++] = k == 1 ? "1 shot" : k + " shots";
		}
		page.startTable("Interquartile mean over seeds of the judged return.", ks.size() + 1, header);
		byTarget(header.length, each -> !each.shots().isEmpty(),
				each -> page.row(ks.size() + 1, cells(each, ks, k -> each.shots().getOrDefault(k, Estimate.UNDEFINED))));
		page.endTable();
		if (analysis.figures().stream().anyMatch(each -> !each.shotDifferences().isEmpty())) {
			page.startTable("Difference from " + analysis.baseline() + " after as many shots.", ks.size() + 1, header);
			byTarget(header.length, each -> !each.shotDifferences().isEmpty(), each -> page.row(ks.size() + 1,
					cells(each, ks, k -> each.shotDifferences().getOrDefault(k, Estimate.UNDEFINED))));
			page.endTable();
		}
	}

	private static String[] cells(TransferFigures each, TreeSet<Integer> ks, Function<Integer, Estimate> figure) {
		List<String> cells = new ArrayList<>(List.of(each.arm(), String.valueOf(each.runs())));
		ks.forEach(k -> cells.add(Figures.estimate(figure.apply(k))));
		return cells.toArray(new String[0]);
	}

	private void profile() {
		if (analysis.overall().isEmpty()) {
			return;
		}
		page.section("profile", "Performance profile and aggregates");
		TransferCharts.performanceProfile(analysis).ifPresent(page::chart);
		page.startTable("Aggregates of the normalised asymptotes (0 the random policy, 1 the asymptote of " + analysis.baseline()
				+ ").", 5, "strategy", "runs", "interquartile mean", "mean", "median of task means", "optimality gap");
		for (OverallFigures each : analysis.overall()) {
			page.row(5, each.arm(), String.valueOf(each.runs()), Figures.estimate(each.scores().get(Aggregate.INTERQUARTILE_MEAN)),
					Figures.estimate(each.scores().get(Aggregate.MEAN)), Figures.estimate(each.scores().get(Aggregate.MEDIAN)),
					Figures.estimate(each.scores().get(Aggregate.OPTIMALITY_GAP)));
		}
		page.endTable();
	}

	private void cost() {
		page.section("cost", "Cost on source and target");
		page.startTable("Mean over seeds of one adaptation. Strategies that share a pre-training each show all of it.", 5,
				"strategy", "seeds", "source steps", "source time", "target steps", "target time");
		byTarget(6, each -> true, each -> page.row(5, each.arm(), String.valueOf(each.runs()), Figures.count(each.sourceSteps()),
				Figures.duration(each.sourceSeconds()), Figures.count(each.targetSteps()),
				Figures.duration(each.targetSeconds())));
		page.endTable();
		page.paragraph("note", "Steps are environment steps, times are processor time.");
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
		boolean paired = analysis.figures().stream().filter(each -> !each.metrics().isEmpty()).allMatch(TransferFigures::paired);
		boolean none = analysis.figures().stream().filter(each -> !each.metrics().isEmpty()).noneMatch(TransferFigures::paired);
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
		define("Time to threshold", "Environment steps at the first evaluation that reaches the threshold; later ones may fall"
				+ " below again. A run that does not reach it within the budget counts as later than the budget, so the median over"
				+ " seeds stays right as long as fewer than half do not; else it is shown as beyond the budget. A threshold that is"
				+ " derived from the data is held fixed in the resamples.");
		define("Normalised return", "(return − random policy's return) / (baseline's asymptote − random policy's return).");
		define("Probability of improvement", "Probability that a run of the arm ends above a run of the baseline, equal ones"
				+ " counting half, averaged over targets (Mann–Whitney; Agarwal et al. 2021).");
		define("Performance profile", "Share of runs whose normalised asymptote exceeds τ, averaged over targets"
				+ " (Agarwal et al. 2021).");
		define("Optimality gap", "1 − mean of min(normalised asymptote, 1); lower is better (Agarwal et al. 2021).");
		page.raw("</dl>\n").element("h3", "Sources").list(List.of(
				"R. Agarwal, M. Schwarzer, P. S. Castro, A. Courville, M. G. Bellemare: Deep reinforcement learning at the edge of"
						+ " the statistical precipice. NeurIPS 2021.",
				"M. E. Taylor, P. Stone: Transfer learning for reinforcement learning domains: a survey. JMLR 10, 2009.",
				"A. A. Rusu et al.: Progressive neural networks. arXiv:1606.04671, 2016."));
	}

	private void define(String term, String definition) {
		page.element("dt", term).element("dd", definition);
	}
}
