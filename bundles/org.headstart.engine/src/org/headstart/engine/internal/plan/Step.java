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
 * One unit of work, keyed by the hash of all that decides its outcome. Immutable. A plan may have a million of them, so what is
 * long is not kept but made when it is asked for.
 *
 * @param key   lower-case hexadecimal, 32 digits
 * @param seed  number of the seed, from 1
 * @param needs keys of the steps that it builds on
 * @param work  what it does
 */
public record Step(String key, int seed, List<String> needs, Work work) {

	/** What a step does. */
	public enum Kind {
		/** Learn on the sources. */
		ACQUIRE,
		/** Make an agent for a target. */
		ADAPT
	}

	/** What steps that differ only in their seed do. */
	public interface Work {

		/** @return acquire or adapt */
		Kind kind();

		/** @return indices of the experiment's arms that use it: several may share an acquisition, an adaptation has one */
		List<Integer> arms();

		/** @return index of the target, −1 for an acquisition */
		int target();

		/**
		 * @return environment steps of training planned, or the budget's other units: what the learner can take of the budget, see
		 *         {@link Step#sum}
		 */
		long envSteps();

		/** @return what is counted */
		BudgetUnit unit();

		/** @return for people, for example {@code "adapt fine-tune-all to point-goal/test"} */
		String name();

		/**
		 * @param seed  number of the seed
		 * @param needs keys of the steps that the step builds on
		 * @return the canonical text that was hashed into the step's key
		 */
		String identity(int seed, List<String> needs);

		/** @return what is learned on the sources; empty in an adaptation */
		Optional<Acquisition> acquisition();

		/** @return indices of the experiment's sources that are learned on, in the order of the run's tasks; in an adaptation those that it trains
		 *         on beside the target, most often none */
		List<Integer> sources();
	}

	/** Hexadecimal digits of a key: 128 bits. */
	static final int KEY_DIGITS = 32;

	/**
	 * @param identity all that decides a step's outcome
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

	/** @return what is counted */
	public BudgetUnit unit() {
		return work.unit();
	}

	/**
	 * Adds environment steps, or other units, which are never negative.
	 *
	 * @param some steps
	 * @param more steps
	 * @return both together; {@link Long#MAX_VALUE}, which stands for "more than that", where they are more
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
