package org.headstart.engine.internal.execution;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

import org.headstart.engine.internal.catalog.Contribution;

/**
 * Records the contribution whose code a step runs at present, so that errors and messages about stuck steps can name it.
 * Written by the step's thread, read by any thread.
 */
final class AtWork {

	private static final VarHandle NOW;
	private static final VarHandle MOVES;

	static {
		try {
			NOW = MethodHandles.lookup().findVarHandle(AtWork.class, "now", Doing.class);
			MOVES = MethodHandles.lookup().findVarHandle(AtWork.class, "moves", long.class);
		} catch (ReflectiveOperationException e) {
			throw new ExceptionInInitializerError(e);
		}
	}

	/** Null while the engine's own code runs. */
	private Doing now;
	private long moves;

	/**
	 * A running method of a contribution.
	 *
	 * @param contribution the contribution
	 * @param what         the method, for messages
	 * @param brief        whether it belongs to a single environment step, so that it must return soon
	 */
	record Doing(Contribution<?> contribution, String what, boolean brief) {

		@Override
		public String toString() {
			return what + " of " + contribution.kind() + " '" + contribution.id() + "' (bundle " + contribution.bundle() + ")";
		}
	}

	/** Sets the running method; null for the engine itself. Allocates nothing. */
	void enter(Doing doing) {
		NOW.setOpaque(this, doing);
	}

	/** The running method; null for the engine itself. */
	Doing now() {
		return (Doing) NOW.getOpaque(this);
	}

	/** Counts a vector step of any lanes. */
	void moved() {
		MOVES.setOpaque(this, moves + 1);
	}

	/** The number of vector steps. */
	long moves() {
		return (long) MOVES.getOpaque(this);
	}

	/** Runs code of a contribution as {@link Contribution#call} does. */
	<R, X extends Exception> R call(Contribution<?> contribution, String what, Contribution.Code<R, X> code) throws X {
		Doing before = now;
		enter(new Doing(contribution, what, false));
		R result = contribution.call(what, code);
		enter(before);
		return result;
	}

	/** Runs code of a contribution that gives nothing. */
	<X extends Exception> void run(Contribution<?> contribution, String what, Running<X> code) throws X {
		call(contribution, what, () -> {
			code.run();
			return true;
		});
	}

	/** Code that gives nothing. */
	@FunctionalInterface
	interface Running<X extends Exception> {
		void run() throws X;
	}

	/** Adds the running contribution's name to an exception. */
	RuntimeException attributed(Throwable thrown) {
		if (now != null) {
			return now.contribution().attributed(now.what(), thrown);
		}
		if (thrown instanceof Error error) {
			throw error;
		}
		return (RuntimeException) thrown;
	}
}
