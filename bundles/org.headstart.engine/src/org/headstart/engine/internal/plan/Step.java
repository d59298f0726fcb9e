package org.headstart.engine.internal.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import org.headstart.api.learner.BudgetUnit;
import org.headstart.api.strategy.Acquisition;

/**
 * One unit of work, keyed by the hash of everything that determines its outcome. Immutable. A plan may have a million of
 * them, so long texts are not stored but computed on demand.
 *
 * @param key   lower-case hexadecimal, 32 digits
 * @param seed  number of the seed, from 1
 * @param needs keys of the steps that it builds on
 * @param work  its work
 */
public record Step(String key, int seed, List<String> needs, Work work) {

	/** The kinds of steps. */
	public enum Kind {
		/** Learn on the sources. */
		ACQUIRE,
		/** Make an agent for a target. */
		ADAPT
	}

	/** The work of steps that differ only in their seed. */
	public interface Work {

		/** @return acquire or adapt */
		Kind kind();

		/** @return indices of the experiment's arms that use it: several may share an acquisition, an adaptation has one */
		List<Integer> arms();

		/** @return index of the target, −1 for an acquisition */
		int target();

		/**
		 * @return planned environment steps of training, or the budget's other unit: the part of the budget that the learner
		 *         can use, see {@link Step#sum}
		 */
		long envSteps();

		/** @return the unit */
		BudgetUnit unit();

		/** @return for people, for example {@code "adapt fine-tune-all to point-goal/test"} */
		String name();

		/**
		 * @param seed  number of the seed
		 * @param needs keys of the steps that the step builds on
		 * @return the canonical text that was hashed into the step's key
		 */
		String identity(int seed, List<String> needs);

		/** @return the acquisition; empty in an adaptation */
		Optional<Acquisition> acquisition();

		/**
		 * @return indices of the experiment's sources for training, in the order of the run's tasks; for an adaptation the
		 *         sources that it trains on beside the target, usually none
		 */
		List<Integer> sources();
	}

	/** Hexadecimal digits of a key: 128 bits. */
	static final int KEY_DIGITS = 32;

	/**
	 * @param identity the text of everything that determines a step's outcome
	 * @return the step's key
	 */
	public static String keyOf(String identity) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(hash).substring(0, KEY_DIGITS);
		} catch (NoSuchAlgorithmException e) {
			throw new AssertionError("every Java platform has SHA-256", e);
		}
	}

	/** Defensive copy. */
	public Step {
		needs = List.copyOf(needs);
	}

	/** @return acquire or adapt */
	public Kind kind() {
		return work.kind();
	}

	/** @return indices of the experiment's arms that use it */
	public List<Integer> arms() {
		return work.arms();
	}

	/** @return index of the target, −1 for an acquisition */
	public int target() {
		return work.target();
	}

	/** @return environment steps of training planned, or the budget's other units */
	public long envSteps() {
		return work.envSteps();
	}

	/** @return the unit */
	public BudgetUnit unit() {
		return work.unit();
	}

	/**
	 * Adds environment steps, or other units, which are never negative.
	 *
	 * @param some steps
	 * @param more steps
	 * @return the sum; at most {@link Long#MAX_VALUE}, which means "more than that"
	 */
	public static long sum(long some, long more) {
		return some > Long.MAX_VALUE - more ? Long.MAX_VALUE : some + more;
	}

	/** @return for people, for example {@code "adapt fine-tune-all to point-goal/test, seed 3"} */
	public String label() {
		return work.name() + ", seed " + seed;
	}

	/** @return the canonical text that was hashed into {@code key}, for provenance and for explaining a difference */
	public String identity() {
		return work.identity(seed, needs);
	}
}
