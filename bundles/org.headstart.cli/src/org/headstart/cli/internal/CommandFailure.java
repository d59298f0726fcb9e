package org.headstart.cli.internal;

/** A command cannot do what it was asked for. The message is for the user: what is wrong, where, what to do. */
final class CommandFailure extends Exception {

	private static final long serialVersionUID = 1L;

	private final int exitCode;

	CommandFailure(int exitCode, String message) {
		super(message);
		this.exitCode = exitCode;
	}

	CommandFailure(int exitCode, String message, Throwable cause) {
		super(message, cause);
		this.exitCode = exitCode;
	}

	int exitCode() {
		return exitCode;
	}
}
