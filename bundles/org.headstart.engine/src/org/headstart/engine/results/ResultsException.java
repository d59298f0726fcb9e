package org.headstart.engine.results;

import java.io.IOException;

/** A results folder that cannot be used: damaged, in use, or of something else. The message is for the user. */
public final class ResultsException extends IOException {

	private static final long serialVersionUID = 1L;

	/**
	 * @param message what is wrong, where, and what to do
	 */
	public ResultsException(String message) {
		super(message);
	}

	/**
	 * @param message what is wrong, where, and what to do
	 * @param cause   why
	 */
	public ResultsException(String message, Throwable cause) {
		super(message, cause);
	}
}
