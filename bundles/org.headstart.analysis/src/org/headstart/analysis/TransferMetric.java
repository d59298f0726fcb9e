package org.headstart.analysis;

/**
 * What transfer gains over the baseline arm (Taylor and Stone 2009, section 2.2; area ratio as in Rusu et al. 2016). On one
 * target the units are those given here; over several targets returns are normalised (0 the random policy, 1 the baseline's
 * asymptote) and steps are shares of the budget.
 */
public enum TransferMetric {

	/** Return before any step on the target, arm minus baseline. */
	JUMPSTART("jumpstart", "jumpstart", "return", 0, "interquartile mean over seeds of the return at step 0, arm minus baseline"),
	/** Return of the last evaluations, arm minus baseline. */
	ASYMPTOTIC_DIFFERENCE("asymptotic difference", "asymptotic", "return", 0,
			"interquartile mean over seeds of the mean return of the last evaluations, arm minus baseline"),
	/** Area under the learning curve over the common range of steps, arm over baseline. */
	AREA_RATIO("area ratio", "area ratio", "", 1,
			"interquartile mean over seeds of the area under the learning curve over the common range of steps, arm over baseline"),
	/** Median time to threshold within the budget, baseline minus arm. */
	STEPS_SAVED("steps saved to threshold", "steps saved", "env steps", 0,
			"median over seeds of the time to threshold, baseline minus arm; of a time beyond the budget only that is known, so that the"
					+ " difference is a bound (≤, ≥) where one of the two is such, and there is none where both are");

	private final String label;
	private final String narrow;
	private final String unit;
	private final double noDifference;
	private final String definition;

	TransferMetric(String label, String narrow, String unit, double noDifference, String definition) {
		this.label = label;
		this.narrow = narrow;
		this.unit = unit;
		this.noDifference = noDifference;
		this.definition = definition;
	}

	/** @return the field's name of it, lower case */
	public String label() {
		return label;
	}

	/** @return the same where room is short, as over a column */
	public String narrow() {
		return narrow;
	}

	/** @return unit on one target; empty for a ratio */
	public String unit() {
		return unit;
	}

	/** @return unit over several targets; empty for a ratio */
	public String overallUnit() {
		return switch (this) {
			case JUMPSTART, ASYMPTOTIC_DIFFERENCE -> "normalised return";
			case AREA_RATIO -> "";
			case STEPS_SAVED -> "share of budget";
		};
	}

	/** @return the value that means "no better, no worse than the baseline": 1 for a ratio, else 0; higher is better */
	public double noDifference() {
		return noDifference;
	}

	/** @return one line */
	public String definition() {
		return definition;
	}
}
