package org.headstart.analysis;

import org.headstart.analysis.figure.Estimate;
import org.headstart.analysis.figure.Figures;
import org.headstart.api.learner.BudgetUnit;

/**
 * What the figures on one target rest on.
 *
 * @param target            the target's label
 * @param randomReturn      mean return of the uniformly random policy; NaN when not known
 * @param baselineAsymptote interquartile mean over the baseline's seeds of its last evaluations; NaN without baseline
 * @param end               environment steps of the range that all runs cover, or as many of the budget's other unit
 * @param threshold         the return that time to threshold waits for; NaN when none could be derived
 * @param derived           whether the threshold was derived from the baseline
 * @param shift             what was subtracted from returns for the area ratio: the random policy's return where a return is
 *                          negative, else 0; NaN where it would be needed and is not known
 * @param normalised        whether the target takes part in figures over all targets
 * @param unit              what the budget is counted in
 */
public record TargetFacts(String target, double randomReturn, double baselineAsymptote, double end, double threshold,
		boolean derived, double shift, boolean normalised, BudgetUnit unit) {

	/** @return whether agents were judged here before any training and never again: there is no curve and no transfer figure */
	public boolean judgedOnly() {
		return end == 0;
	}

	/**
	 * @param value a return
	 * @return 0 for the random policy's, 1 for the baseline's asymptote
	 */
	public double normalise(double value) {
		return (value - randomReturn) / (baselineAsymptote - randomReturn);
	}

	/**
	 * @param asymptote what an arm's runs end with here
	 * @return whether it is not shown to be above the random policy's return: by its interval, or with one seed by itself. False
	 *         where that return is not known
	 */
	public boolean noBetterThanRandom(Estimate asymptote) {
		return Double.isFinite(randomReturn) && asymptote.isDefined()
				&& !(asymptote.hasInterval() ? asymptote.isAbove(randomReturn) : asymptote.value() > randomReturn);
	}

	/**
	 * @param asymptote what an arm's runs end with here
	 * @return the same, with a word and a note where it is {@linkplain #noBetterThanRandom not shown to be above} the random
	 *         policy's return
	 */
	public Estimate comparedWithRandom(Estimate asymptote) {
		if (!noBetterThanRandom(asymptote)) {
			return asymptote;
		}
		boolean below = asymptote.hasInterval() ? asymptote.isBelow(randomReturn) : asymptote.value() < randomReturn;
		return asymptote.noted("not above random", (below ? "below " : "not shown to be above ") + "the random policy's return of "
				+ Figures.number(randomReturn) + (asymptote.hasInterval() ? "" : ", and " + Estimate.ONE_SEED));
	}
}
