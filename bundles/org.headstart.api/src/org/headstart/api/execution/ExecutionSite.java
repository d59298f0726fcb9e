package org.headstart.api.execution;

import java.nio.file.Path;
import java.util.List;

/**
 * The surroundings of an executor.
 *
 * @param results       the run's results folder, with the frozen plan in it
 * @param jobs          the number of steps that the user wants to run at once
 * @param workerCommand the command line that starts a worker; it reads step keys from standard input, one on each line, and
 *                      answers on standard output as {@link WorkerProtocol} describes; with {@link WorkerProtocol#STEP} and
 *                      a key appended, it runs that step alone
 * @param listener      receives the events of the steps; thread-safe
 */
public record ExecutionSite(Path results, int jobs, List<String> workerCommand, ExecutionListener listener) {

	/** Defensive copy. */
	public ExecutionSite {
		workerCommand = List.copyOf(workerCommand);
	}
}
