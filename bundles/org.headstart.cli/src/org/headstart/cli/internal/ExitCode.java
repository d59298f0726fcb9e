package org.headstart.cli.internal;

/** The exit codes of the process. They are part of the command line's contract: {@code docs/cli.md}. */
final class ExitCode {

	static final int OK = 0;
	static final int STEPS_FAILED = 1;
	static final int USAGE = 2;
	static final int INVALID_EXPERIMENT = 3;
	static final int NOT_FOUND = 4;
	static final int FOLDER_TAKEN = 5;
	static final int DIFFERS = 6;
	static final int BROKEN_CONTRIBUTION = 7;
	static final int CANNOT_WRITE = 8;
	static final int INTERNAL = 9;
	/** The run has ended, and its submitted steps continue. */
	static final int DETACHED = 10;
	/** The JVM's own exit code after SIGINT; SIGTERM gives 143. */
	static final int CANCELLED = 130;

	private ExitCode() {}
}
