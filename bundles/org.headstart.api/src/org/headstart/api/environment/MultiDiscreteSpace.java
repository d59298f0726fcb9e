package org.headstart.api.environment;

import java.util.Arrays;

/**
 * Several choices at once, each among finitely many actions numbered from 0: a direction and whether to jump, for example.
 *
 * @param counts the number of actions of each choice; at least one choice, and at least 2 actions in each
 */
public record MultiDiscreteSpace(int... counts) implements ActionSpace {

	/** Checks and copies. */
	public MultiDiscreteSpace {
		if (counts.length == 0) {
			throw new IllegalArgumentException("a multi-discrete action space needs at least one choice");
		}
		counts = counts.clone();
		for (int choice = 0; choice < counts.length; choice++) {
			if (counts[choice] < 2) {
				throw new IllegalArgumentException("choice " + choice
						+ " of a multi-discrete action space needs at least 2 actions, not " + counts[choice]);
			}
		}
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof MultiDiscreteSpace space && Arrays.equals(counts, space.counts);
	}

	@Override
	public int hashCode() {
		return Arrays.hashCode(counts);
	}

	/** {@code 2 choices, of 3 and 2 actions} */
	@Override
	public String toString() {
		StringBuilder text = new StringBuilder(counts.length == 1 ? "1 choice" : counts.length + " choices").append(", of ");
		for (int choice = 0; choice < counts.length; choice++) {
			text.append(choice == 0 ? "" : choice == counts.length - 1 ? " and " : ", ").append(counts[choice]);
		}
		return text.append(" actions").toString();
	}
}
