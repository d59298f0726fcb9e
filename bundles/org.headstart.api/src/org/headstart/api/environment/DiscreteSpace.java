package org.headstart.api.environment;

/**
 * A choice among finitely many actions, numbered from 0.
 *
 * @param count the number of actions; at least 2
 */
public record DiscreteSpace(int count) implements ActionSpace {

	/** Checks. */
	public DiscreteSpace {
		if (count < 2) {
			throw new IllegalArgumentException("a discrete action space needs at least 2 actions, not " + count);
		}
	}

	/** {@inheritDoc} It has one choice. */
	@Override
	public int[] counts() {
		return new int[] {count};
	}

	@Override
	public String toString() {
		return count + " actions";
	}
}
