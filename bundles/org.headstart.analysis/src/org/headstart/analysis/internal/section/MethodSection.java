package org.headstart.analysis.internal.section;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.headstart.analysis.GeneralisationGap;
import org.headstart.analysis.TransferAnalysis;
import org.headstart.analysis.TransferFigures;
import org.headstart.analysis.TransferMetric;
import org.headstart.analysis.TrialAnalysis;
import org.headstart.analysis.figure.Figures;
import org.headstart.analysis.section.AnalysedRun;
import org.headstart.analysis.section.Fact;
import org.headstart.analysis.section.ReportSection;
import org.headstart.analysis.section.Section;

/** How the figures are defined, with the sources. */
final class MethodSection implements ReportSection {

	@Override
	public Optional<Section> of(AnalysedRun run) {
		TransferAnalysis analysis = run.analysis();
		List<Fact> terms = new ArrayList<>();
		String confidence = Figures.percent(analysis.settings().confidence());
		List<TransferFigures> compared = analysis.figures().stream().filter(each -> !each.arm().equals(analysis.baseline())
				&& analysis.figures(analysis.baseline(), each.target()) != null).toList();
		boolean paired = compared.stream().allMatch(TransferFigures::paired);
		boolean none = compared.stream().noneMatch(TransferFigures::paired);
		define(terms, "Unit", "The seed. Episodes of an evaluation are averaged first, and only seeds are resampled.");
		define(terms, "Interquartile mean", "Mean of the middle half: a quarter of the runs, rounded down, is left out at each end"
				+ " (Agarwal et al. 2021). With fewer than four runs it is the mean.");
		define(terms, "Intervals", confidence + " percentile bootstrap intervals from "
				+ Figures.count(analysis.settings().resamples()) + " resamples ("
				+ Figures.count(analysis.settings().curveResamples()) + " for bands of curves), "
				+ (analysis.settings().wholeSeeds() ? "drawing whole seeds with their runs on all targets"
						: "drawing runs with replacement within each target (stratified; Agarwal et al. 2021)")
				+ ". Deterministic. Bands are pointwise.");
		define(terms, "Differences and ratios", "Both arms are resampled and the difference or ratio is taken in each resample. "
				+ (paired ? "Arms and baseline ran the same seeds and are resampled together, seed by seed."
						: none ? "Arms and baseline did not run the same seeds and are resampled independently."
						: "Where arm and baseline ran the same seeds they are resampled together, seed by seed; elsewhere"
								+ " independently."));
		define(terms, "Not above random",
				"What a strategy ends with is not shown to return more than the random policy: its interval reaches"
						+ " down to that return or lies below, or with one seed the figure itself does.");
		trialMethod(analysis, terms);
		List<String> sources = new ArrayList<>(List.of(
				"R. Agarwal, M. Schwarzer, P. S. Castro, A. Courville, M. G. Bellemare: Deep reinforcement learning at the edge of"
						+ " the statistical precipice. NeurIPS 2021."));
		if (!analysis.judgedOnly()) {
			transferMethod(analysis, terms);
			sources.add("M. E. Taylor, P. Stone: Transfer learning for reinforcement learning domains: a survey. JMLR 10, 2009.");
			sources.add("A. A. Rusu et al.: Progressive neural networks. arXiv:1606.04671, 2016.");
		}
		if (!analysis.trials().episodes().isEmpty()) {
			sources.add("Y. Duan, J. Schulman, X. Chen, P. L. Bartlett, I. Sutskever, P. Abbeel: RL²: fast reinforcement learning"
					+ " via slow reinforcement learning. arXiv:1611.02779, 2016.");
		}
		return Optional
				.of(Section.titled("method", "How the figures are defined").definitions(terms).heading("Sources").items(sources).build());
	}

	private static void transferMethod(TransferAnalysis analysis, List<Fact> terms) {
		for (TransferMetric metric : TransferMetric.values()) {
			define(terms, metric.label().substring(0, 1).toUpperCase(Locale.ROOT) + metric.label().substring(1),
					metric.definition().substring(0, 1).toUpperCase(Locale.ROOT) + metric.definition().substring(1)
							+ (metric == TransferMetric.AREA_RATIO
									? ". Where a return is negative, the random policy's return is subtracted from both first"
											+ " (Rusu et al. 2016 take the same ratio)."
									: " (Taylor and Stone 2009)."));
		}
		define(terms, "Asymptote", "Mean of the last " + Figures.percent(analysis.settings().asymptoteShare())
				+ " of the evaluations after step 0, at least one.");
		define(terms, "Time to threshold", capital(analysis.counted().targetMany())
				+ " at the first evaluation that reaches the threshold; later ones may fall"
				+ " below again. A run that does not reach it within the budget counts as later than the budget, so the median over"
				+ " seeds stays right as long as fewer than half do not; else it is shown as beyond the budget (>). A threshold that is"
				+ " derived from the data is held fixed in the resamples.");
		define(terms, "Normalised return", "(return − random policy's return) / (baseline's asymptote − random policy's return).");
		define(terms, "Probability of improvement", "Probability that a run of the arm ends above a run of the baseline, equal ones"
				+ " counting half, averaged over targets (Mann–Whitney; Agarwal et al. 2021).");
		define(terms, "Performance profile", "Share of runs whose normalised asymptote exceeds τ, averaged over targets"
				+ " (Agarwal et al. 2021).");
		define(terms, "Optimality gap", "1 − mean of min(normalised asymptote, 1); lower is better (Agarwal et al. 2021).");
	}

	private static void trialMethod(TransferAnalysis analysis, List<Fact> terms) {
		TrialAnalysis trials = analysis.trials();
		if (trials.figures().isEmpty()) {
			return;
		}
		define(terms, "Return", "Mean return of the trials of the last evaluation"
				+ (trials.episodes().isEmpty() ? "; a trial is an episode." : "; of a trial, all its episodes' rewards added."));
		if (trials.targets().stream().anyMatch(target -> !trials.outcomes(target).isEmpty())) {
			define(terms, "Outcomes", "Numbers by which the environment tells how an episode ended, averaged over the trials of the last"
					+ " evaluation. Whether a trial's episodes are added, averaged or only the last counts is the environment's to say.");
		}
		if (trials.figures().stream().anyMatch(each -> each.ratio().isDefined())) {
			define(terms, "Return, ratio",
					"The arm's return over the baseline's, where both have one sign in every seed. Of negative returns"
							+ " (costs) less than 1 is better.");
		}
		if (trials.figures().stream().anyMatch(each -> each.shareOfTheWay().isDefined())) {
			define(terms, "Share of the way", "(arm − " + analysis.baseline() + ") / (" + trials.oracle() + " − " + analysis.baseline()
					+ "), of returns. " + trials.oracle() + " is the one arm that is shown the task. All three are resampled; resamples"
					+ " in which it does not return more than " + analysis.baseline() + " give no share. Where an arm is shown to return"
					+ " less than " + analysis.baseline() + ", that is no lower end, and there is no share.");
		}
		if (!trials.episodes().isEmpty()) {
			define(terms, "Return of the k-th episode",
					"Mean over the trials of the last evaluation of the return of their k-th episode; each"
							+ " trial is on one task, and the agent starts it without knowing which.");
		}
		if (!trials.gaps().isEmpty()) {
			define(terms, "Generalisation gap", "Return on a task set that could be learned on minus return on one that is held out, of the"
					+ " same environment with the same settings. "
					+ (trials.gaps().stream().allMatch(GeneralisationGap::paired) ? "Both were judged with the same seeds, which are"
							+ " resampled together." : "Where both were judged with the same seeds these are resampled together."));
		}
	}

	private static void define(List<Fact> terms, String term, String definition) {
		terms.add(new Fact(term, definition));
	}

	private static String capital(String text) {
		return Character.toUpperCase(text.charAt(0)) + text.substring(1);
	}
}
