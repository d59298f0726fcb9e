package org.headstart.learners;

/** Training produced numbers that are not finite. The message gives the step, the settings and a remedy. */
public final class DivergedException extends ArithmeticException {

	private static final long serialVersionUID = 1L;

	/** @param message for the user: which number is not finite, at which step, and which setting to change */
	public DivergedException(String message) {
		super(message);
	}
}
