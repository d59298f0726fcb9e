package org.headstart.api.strategy;

/**
 * What a warm start does with a part.
 *
 * @param part   vertices whose names begin with this, for example {@code "head/"}; empty for all
 * @param action what to do
 */
public record WarmStartRule(String part, Action action) {

	/** What can be done with a part's tensors. */
	public enum Action {
		/** Take the source's values and train on. */
		LOAD,
		/** Take the source's values and keep them fixed. */
		LOAD_AND_FREEZE,
		/** Leave the fresh initialisation, on purpose. */
		RESET,
		/** Take the source's values where a tensor of the same name and shape exists; leave the others fresh. */
		SKIP_MISMATCH
	}
}
