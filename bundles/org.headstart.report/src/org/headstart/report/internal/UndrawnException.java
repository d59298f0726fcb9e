package org.headstart.report.internal;

/** A picture that cannot be drawn. Its message names the file, and says why, for people. */
final class UndrawnException extends RuntimeException {

	private static final long serialVersionUID = 1;

	UndrawnException(String message, Throwable cause) {
		super(message, cause);
	}
}
