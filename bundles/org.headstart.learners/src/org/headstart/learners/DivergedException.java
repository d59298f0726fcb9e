package org.headstart.learners;

/** Training left the finite numbers. The message says at which step and with which settings, and what to try. */
public final class DivergedException extends ArithmeticException {

	private static final long serialVersionUID = 1L;

	/** @param message for the user: what became infinite, when, and what to change */
	public DivergedException(String message) {
		super(message);
	}
}
