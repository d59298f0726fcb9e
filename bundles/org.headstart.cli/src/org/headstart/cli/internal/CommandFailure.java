package org.headstart.cli.internal;

/** A command cannot do its work. The message is for the user: the problem, its place and the remedy. */
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
