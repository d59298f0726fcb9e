package org.headstart.engine.internal.catalog;

/**
 * A contribution refused what it was asked for and said why, as its contract lets it: settings that contradict each other, a space
 * that a learner cannot act in. The message names bundle and id before the reason.
 */
public final class RefusedException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final String reason;

	RefusedException(String origin, IllegalArgumentException refusal) {
		super(origin + ": " + refusal.getMessage(), refusal);
		reason = refusal.getMessage();
	}

	/** @return what the contribution said, for a reader who sees where that stands */
	public String reason() {
		return reason;
	}
}
