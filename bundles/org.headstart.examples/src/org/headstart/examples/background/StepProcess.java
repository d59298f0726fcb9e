package org.headstart.examples.background;

import java.io.IOException;
import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Identifies a step's process. The system reuses process numbers, so the start time belongs to the identity.
 *
 * @param pid   its number
 * @param host  its computer
 * @param start its start time
 */
record StepProcess(long pid, String host, Instant start) {

	/** The tolerance of a process's start time: the system computes it from the time since boot and a clock that may be set. */
	private static final Duration CLOCK = Duration.ofSeconds(2);

	static StepProcess of(Process process) throws IOException {
		return new StepProcess(process.pid(), here(), process.info().startInstant().orElse(Instant.now()));
	}

	/** Parses {@link #toString}. */
	static StepProcess parse(String handle) throws IOException {
		try {
			String[] parts = handle.split(" ");
			return new StepProcess(Long.parseLong(parts[1]), parts[3], Instant.parse(parts[5]));
		} catch (IndexOutOfBoundsException | IllegalArgumentException | DateTimeException e) {
			throw new IOException("'" + handle + "' is no process of the executor 'background'", e);
		}
	}

	/** The process; empty when it has ended. */
	Optional<ProcessHandle> find() throws IOException {
		if (!host.equals(here())) {
			throw new IOException(this + " cannot be seen from " + here() + ": do this on " + host);
		}
		// A process that has ended and was not collected by its parent has no command.
		return ProcessHandle.of(pid).filter(process -> process.isAlive() && process.info().command().isPresent() && process.info()
				.startInstant().filter(began -> Duration.between(began, start).abs().compareTo(CLOCK) < 0).isPresent());
	}

	private static String here() throws IOException {
		return InetAddress.getLocalHost().getHostName();
	}

	/** The handle. */
	@Override
	public String toString() {
		return "process " + pid + " on " + host + " since " + start;
	}
}
