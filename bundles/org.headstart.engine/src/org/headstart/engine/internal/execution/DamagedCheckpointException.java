package org.headstart.engine.internal.execution;

import java.io.IOException;

/** A checkpoint is damaged. The message names the file and the problem. */
final class DamagedCheckpointException extends IOException {

	private static final long serialVersionUID = 1L;

	DamagedCheckpointException(String message) {
		super(message);
	}

	DamagedCheckpointException(String message, Throwable cause) {
		super(message, cause);
	}
}
