package org.headstart.engine.internal.catalog;

/**
 * A contribution refused a request and gave the reason, as its contract allows: settings that contradict each other, a space
 * in which a learner cannot act. The message names the bundle and the id before the reason.
 */
public final class RefusedException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final String reason;

	RefusedException(String origin, IllegalArgumentException refusal) {
		super(origin + ": " + refusal.getMessage(), refusal);
		reason = refusal.getMessage();
	}

	/** @return the contribution's reason, without its name */
	public String reason() {
		return reason;
	}
}
