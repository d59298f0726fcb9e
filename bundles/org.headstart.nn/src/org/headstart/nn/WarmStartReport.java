package org.headstart.nn;

import java.util.Arrays;
import java.util.List;

/**
 * What a warm start did, tensor by tensor: first the network's tensors in the graph's order, then what the source has beside
 * them.
 *
 * @param entries one for each tensor
 */
public record WarmStartReport(List<Entry> entries) {

	/** What became of a tensor. */
	public enum Outcome {
		/** The source's values were taken; they are trained on. */
		LOADED("loaded"),
		/** The source's values were taken and are kept fixed. */
		LOADED_AND_FROZEN("loaded, frozen"),
		/** It kept its fresh initialisation, as the rule wanted. */
		RESET("reset"),
		/** It kept its fresh initialisation, since the source has nothing that fits, which the rule allows. */
		SKIPPED("skipped"),
		/** It is in the source only, or was not taken from there. */
		UNUSED("unused");

		private final String word;

		Outcome(String word) {
			this.word = word;
		}

		@Override
		public String toString() {
			return word;
		}
	}

	/**
	 * One tensor.
	 *
	 * @param vertex    its vertex
	 * @param parameter its name there
	 * @param shape     its shape
	 * @param outcome   what became of it
	 * @param reason    why, where that is not plain
	 */
	public record Entry(String vertex, String parameter, int[] shape, Outcome outcome, String reason) {

		/** @return for people: {@code backbone/policy/hidden-1 W [8, 64]: loaded, frozen} */
		@Override
		public String toString() {
			return vertex + ' ' + parameter + ' ' + Arrays.toString(shape) + ": " + outcome
					+ (reason.isEmpty() ? "" : " (" + reason + ')');
		}
	}

	/** Copies the list. */
	public WarmStartReport {
		entries = List.copyOf(entries);
	}

	/**
	 * @param outcome an outcome
	 * @return how many tensors it befell
	 */
	public long count(Outcome outcome) {
		return entries.stream().filter(e -> e.outcome() == outcome).count();
	}

	/** @return one line for each tensor */
	public List<String> lines() {
		return entries.stream().map(Entry::toString).toList();
	}
}
