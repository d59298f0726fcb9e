package org.headstart.api.learner;

/** What a budget of training is counted in, and with it the cadence of evaluations and progress. */
public enum BudgetUnit {

	/** Steps of an environment, of all lanes together: of learners that act. */
	ENVIRONMENT_STEPS("steps", "environment step", "env steps"),
	/** Examples that were learned from, each as often as it was: of learners that act nowhere. */
	EXAMPLES("examples", "example", "examples"),
	/** Updates, whatever each takes: of learners that act nowhere and for which a count of examples says little. */
	UPDATES("updates", "update", "updates");

	private final String key;
	private final String one;
	private final String brief;

	BudgetUnit(String key, String one, String brief) {
		this.key = key;
		this.one = one;
		this.brief = brief;
	}

	/** @return the key of experiment files that has a budget of this unit, and the column of metrics that counts in it */
	public String key() {
		return key;
	}

	/** @return for sentences: {@code environment steps} */
	public String many() {
		return one + 's';
	}

	/** @return for tables and axes: {@code env steps} */
	public String brief() {
		return brief;
	}

	/**
	 * @param count how many
	 * @return for sentences: {@code 1 environment step}, {@code 20 examples}
	 */
	public String count(long count) {
		return count + " " + (count == 1 ? one : many());
	}

	/** @return whether learners that count in it act in lanes; others learn from a data set and nothing else */
	public boolean acts() {
		return this == ENVIRONMENT_STEPS;
	}
}
