package org.headstart.engine.execution;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.headstart.api.execution.Execution;
import org.headstart.api.execution.ExecutionSite;
import org.headstart.api.execution.Executor;
import org.headstart.engine.catalog.Catalog;
import org.headstart.engine.experiment.Choice;
import org.headstart.engine.results.FolderLock;
import org.headstart.engine.results.ResultStore;
import org.headstart.engine.results.ResultsException;
import org.headstart.engine.results.RunStatus;
import org.headstart.engine.results.RunStatus.RunState;
import org.headstart.engine.results.SubmittedStep;

/** The steps that a run has left to an executor that detaches. */
public final class SubmittedSteps {

	private SubmittedSteps() {
	}

	/**
	 * What became of a cancellation.
	 *
	 * @param steps    how many steps were told to stop
	 * @param problems why others were not, for people
	 */
	public record Cancelled(int steps, List<String> problems) {
	}

	/**
	 * Tells all submitted steps to stop: they write a checkpoint and end.
	 *
	 * @param store   the results folder
	 * @param catalog the contributions, with the executor that has the steps
	 * @return how many, and what was not possible
	 * @throws ResultsException when a run is under way in the folder, or it holds no experiment that can be run here
	 * @throws IOException      when it cannot be read or written, or the executor cannot start
	 */
	public static Cancelled cancel(ResultStore store, Catalog catalog) throws IOException {
		FolderLock lock = store.lock();
		try {
			Map<String, SubmittedStep> submitted = store.submitted();
			if (submitted.isEmpty()) {
				return new Cancelled(0, List.of());
			}
			List<String> problems = new ArrayList<>();
			int told = 0;
			Choice<Executor<?>> executor = FrozenPlan.read(store, catalog).experiment().executor();
			for (SubmittedStep step : submitted.values()) {
				if (!step.executor().equals(executor.id())) {
					throw new ResultsException(step.handle() + " is with executor '" + step.executor() + "', and the experiment frozen in "
							+ store.folder() + " names '" + executor.id() + "': stop it there, and delete the files *.submitted in "
							+ store.folder().resolve("steps"));
				}
			}
			// no worker is started
			try (Execution execution = ExperimentRun.start(executor,
					new ExecutionSite(store.folder(), 1, List.of(), new ExecutionEvents()))) {
				for (Map.Entry<String, SubmittedStep> step : submitted.entrySet()) {
					try {
						execution.cancel(step.getKey(), step.getValue().handle());
						store.forgetSubmitted(step.getKey());
						told++;
					} catch (IOException e) {
						problems.add(step.getValue().handle() + ": " + Worker.message(e));
					}
				}
			}
			if (problems.isEmpty()) {
				sayStopped(store);
			}
			return new Cancelled(told, problems);
		} finally {
			lock.close();
		}
	}

	private static void sayStopped(ResultStore store) throws IOException {
		RunStatus last;
		try {
			last = store.status().orElse(null);
		} catch (ResultsException damaged) {
			// the next run writes it anew
			return;
		}
		if (last != null && last.state() == RunState.DETACHED) {
			store.write(last.stopped());
		}
	}
}
