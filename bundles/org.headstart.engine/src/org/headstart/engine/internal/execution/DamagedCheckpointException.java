package org.headstart.engine.internal.execution;

import java.io.IOException;

/** A checkpoint that is not what was written. The message names the file and what is wrong with it. */
final class DamagedCheckpointException extends IOException {

	private static final long serialVersionUID = 1L;

	DamagedCheckpointException(String message) {
		super(message);
	}

	DamagedCheckpointException(String message, Throwable cause) {
		super(message, cause);
	}
}
