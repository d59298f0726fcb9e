package org.headstart.analysis;

import org.headstart.analysis.figure.Estimate;

/**
 * How much less an arm returns on tasks that were held out than on tasks of the same family that it could learn on.
 *
 * @param arm           the arm's label
 * @param seen          the target whose tasks are not held out
 * @param heldOut       the target whose tasks are
 * @param runs          seeds behind the smaller side
 * @param paired        whether both sides were resampled together, seed by seed
 * @param seenReturn    mean return of the last evaluation on {@code seen}
 * @param heldOutReturn mean return of the last evaluation on {@code heldOut}
 * @param gap           {@code seenReturn} − {@code heldOutReturn}; above 0 the agent does worse on new tasks
 */
public record GeneralisationGap(String arm, String seen, String heldOut, int runs, boolean paired, Estimate seenReturn,
		Estimate heldOutReturn, Estimate gap) {

	/**
	 * @param between what stands between the two
	 * @return both targets' labels; what is before the last slash only once where it is the same
	 */
	public String pair(String between) {
		int slash = heldOut.lastIndexOf('/') + 1;
		boolean same = slash > 0 && seen.startsWith(heldOut.substring(0, slash));
		return seen + between + (same ? heldOut.substring(slash) : heldOut);
	}
}
