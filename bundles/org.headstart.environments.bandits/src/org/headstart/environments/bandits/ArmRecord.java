package org.headstart.environments.bandits;

import java.util.Arrays;

/** Successes and failures of the arms of each lane in its trial so far. */
final class ArmRecord {

	private final int arms;
	private final int[] successes;
	private final int[] failures;
	private final int[] pulls;

	ArmRecord(int lanes, int arms) {
		this.arms = arms;
		successes = new int[lanes * arms];
		failures = new int[lanes * arms];
		pulls = new int[lanes];
	}

	int arms() {
		return arms;
	}

	int successes(int lane, int arm) {
		return successes[lane * arms + arm];
	}

	int failures(int lane, int arm) {
		return failures[lane * arms + arm];
	}

	/** @return the number of pulls in the lane's trial */
	int pull(int lane) {
		return pulls[lane];
	}

	void add(int lane, int arm, boolean paid) {
		(paid ? successes : failures)[lane * arms + arm]++;
		pulls[lane]++;
	}

	void forget(int lane) {
		Arrays.fill(successes, lane * arms, (lane + 1) * arms, 0);
		Arrays.fill(failures, lane * arms, (lane + 1) * arms, 0);
		pulls[lane] = 0;
	}
}
