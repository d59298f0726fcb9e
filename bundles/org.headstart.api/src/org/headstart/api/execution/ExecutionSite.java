package org.headstart.api.execution;

import java.nio.file.Path;
import java.util.List;

/**
 * What an executor works with.
 *
 * @param results       the run's results folder, with the frozen plan in it
 * @param jobs          how many steps the user wants under way at once
 * @param workerCommand the command line that starts a worker; it takes step keys from standard input, one a line, and answers
 *                      on standard output as {@link WorkerProtocol} says; with {@link WorkerProtocol#STEP} and a key behind it,
 *                      it runs that step alone
 * @param listener      is told what becomes of the steps; thread-safe
 */
public record ExecutionSite(Path results, int jobs, List<String> workerCommand, ExecutionListener listener) {

	/** Defensive copy. */
	public ExecutionSite {
		workerCommand = List.copyOf(workerCommand);
	}
}
