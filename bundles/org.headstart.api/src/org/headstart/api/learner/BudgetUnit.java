package org.headstart.api.learner;

/** The unit of a training budget, and of the cadence of evaluations and progress. */
public enum BudgetUnit {

	/** Environment steps of all lanes together, for learners that act. */
	ENVIRONMENT_STEPS("steps", "environment step", "env steps"),
	/** Examples, counted each time that one is learned from, for learners that do not act. */
	EXAMPLES("examples", "example", "examples"),
	/** Updates of any size, for learners that do not act and for which the number of examples says little. */
	UPDATES("updates", "update", "updates");

	private final String key;
	private final String one;
	private final String brief;

	BudgetUnit(String key, String one, String brief) {
		this.key = key;
		this.one = one;
		this.brief = brief;
	}

	/** @return the key for a budget of this unit in experiment files, and the column for this unit in metrics */
	public String key() {
		return key;
	}

	/** @return the plural in sentences: {@code environment steps} */
	public String many() {
		return one + 's';
	}

	/** @return the short plural in tables and on axes: {@code env steps} */
	public String brief() {
		return brief;
	}

	/**
	 * @param count how many
	 * @return the count in sentences: {@code 1 environment step}, {@code 20 examples}
	 */
	public String count(long count) {
		return count + " " + (count == 1 ? one : many());
	}

	/** @return whether learners with this unit act in lanes; others learn from a data set alone */
	public boolean acts() {
		return this == ENVIRONMENT_STEPS;
	}
}
