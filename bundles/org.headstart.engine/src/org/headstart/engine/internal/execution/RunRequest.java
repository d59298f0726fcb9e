package org.headstart.engine.internal.execution;

import java.nio.file.Path;
import java.util.List;

import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.plan.Plan;

/**
 * The description of a run.
 *
 * @param plan           the plan
 * @param experimentText the experiment's frozen text; workers plan it again
 * @param results        the results folder; made if it does not exist
 * @param catalog        the contributions
 * @param jobs           the largest number of steps at once; 0 runs them one by one within this process
 * @param workerCommand  the command line that starts a worker on {@code results}; not needed when {@code jobs} is 0
 * @param fresh          whether the folder's results are deleted first
 * @param cancel         stops the run
 */
public record RunRequest(Plan plan, String experimentText, Path results, Catalog catalog, int jobs,
		List<String> workerCommand, boolean fresh, CancelToken cancel) {

	/** Checks and copies. */
	public RunRequest {
		workerCommand = List.copyOf(workerCommand);
		if (jobs < 0) {
			throw new IllegalArgumentException("jobs must be at least 0, is " + jobs);
		}
	}
}
