package org.headstart.engine.internal.execution;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.headstart.api.execution.Execution;
import org.headstart.api.execution.ExecutionSite;
import org.headstart.api.execution.Executor;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.experiment.Choice;
import org.headstart.engine.internal.results.FolderLock;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.engine.internal.results.ResultsException;
import org.headstart.engine.internal.results.RunStatus;
import org.headstart.engine.internal.results.RunStatus.RunState;
import org.headstart.engine.internal.results.SubmittedStep;

/** The steps of a run that an executor that detaches continues without it. */
public final class SubmittedSteps {

	/** A worker that was told to stop is halted after its grace; on another computer it may take longer until it is told. */
	private static final Duration PATIENCE = Worker.GRACE.plusSeconds(2);
	private static final Duration LOOK = Duration.ofMillis(50);

	private SubmittedSteps() {}

	/**
	 * The result of a cancellation.
	 *
	 * @param steps    number of steps that were told to stop
	 * @param atWork   those of them that are still running, for people
	 * @param problems why others could not be told, for people
	 */
	public record Cancelled(int steps, List<String> atWork, List<String> problems) {}

	/**
	 * Tells all submitted steps to stop, and waits until they have written a checkpoint and ended, on this computer within
	 * {@link Worker#GRACE}. The result names the steps that take longer on other computers.
	 *
	 * @param store   the results folder
	 * @param catalog the contributions, with the executor that has the steps
	 * @return how many, which of them are still at work, and what was not possible
	 * @throws ResultsException when a run is running in the folder, or when its experiment cannot be run here
	 * @throws IOException      when it cannot be read or written, or the executor cannot start
	 */
	public static Cancelled cancel(ResultStore store, Catalog catalog) throws IOException {
		return cancel(store, catalog, PATIENCE);
	}

	static Cancelled cancel(ResultStore store, Catalog catalog, Duration patience) throws IOException {
		FolderLock lock = store.lock();
		try {
			Map<String, SubmittedStep> submitted = store.submitted();
			if (submitted.isEmpty()) {
				return new Cancelled(0, List.of(), List.of());
			}
			List<String> problems = new ArrayList<>();
			Map<String, SubmittedStep> told = new LinkedHashMap<>();
			Choice<Executor<?>> executor = FrozenPlan.read(store, catalog).experiment().running().executor();
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
						told.put(step.getKey(), step.getValue());
					} catch (IOException e) {
						problems.add(step.getValue().handle() + ": " + Worker.message(e));
					}
				}
			}
			if (problems.isEmpty()) {
				sayStopped(store);
			}
			return new Cancelled(told.size(), await(store, told, patience), problems);
		} finally {
			lock.close();
		}
	}

	/** Waits until no process works on the steps; returns the steps that are still running. */
	private static List<String> await(ResultStore store, Map<String, SubmittedStep> told, Duration patience) throws IOException {
		long end = System.nanoTime() + patience.toNanos();
		List<String> atWork = new ArrayList<>();
		while (true) {
			atWork.clear();
			for (Map.Entry<String, SubmittedStep> step : told.entrySet()) {
				if (store.isAtWork(step.getKey())) {
					atWork.add(step.getValue().handle());
				}
			}
			if (atWork.isEmpty() || System.nanoTime() > end) {
				return atWork;
			}
			try {
				Thread.sleep(LOOK);
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
				return atWork;
			}
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
