package org.headstart.workbench.internal.run;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.eclipse.core.resources.IContainer;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.progress.IProgressConstants;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.engine.internal.results.RunStatus;
import org.headstart.engine.internal.results.RunStatus.RunState;
import org.headstart.runtime.internal.HeadlessCommand;
import org.headstart.workbench.internal.ExperimentFile;
import org.headstart.workbench.internal.run.RunEnd.Kind;

/**
 * A run of an experiment: the headless command in a process of its own, which this job starts or finds running. The job
 * shows the run's progress, which it reads from the results folder, and ends the process when the user cancels; finished
 * steps stay. When the workbench is closed, the process continues. A {@link RunEndJob} shows how the run ended.
 */
public final class ExperimentRunJob extends Job {

	/** The interval for reading progress and for noticing a cancel, in ms. */
	private static final long POLL_MS = 250;
	/** The time for a cancelled run to write its checkpoints before it is killed, in s. */
	private static final long GRACE_SECONDS = 20;

	/** The standard input of a run: empty. */
	private static final File NOTHING = new File(File.separatorChar == '/' ? "/dev/null" : "NUL");

	/** The ends of the last runs that this workbench followed, by experiment. */
	private static final Map<IFile, RunEnd> ENDS = new ConcurrentHashMap<>();

	private final IFile experiment;
	private final boolean start;
	/** The process if this job started it; only a child's exit code is known. */
	private Process child;
	/** Whether the log already says that the results folder cannot be read. */
	private boolean unreadable;

	private ExperimentRunJob(IFile experiment, boolean start) {
		super("Running " + ExperimentFile.name(experiment));
		this.experiment = experiment;
		this.start = start;
		setPriority(Job.LONG);
		setProperty(IProgressConstants.KEEPONE_PROPERTY, Boolean.TRUE);
	}

	/**
	 * Starts a run, unless this workbench follows one of the experiment. Any thread.
	 *
	 * @param experiment the experiment's file
	 * @return whether it is being started
	 */
	public static boolean start(IFile experiment) {
		return schedule(new ExperimentRunJob(experiment, true));
	}

	/**
	 * Follows the experiment's run on this computer, if one is running and not followed yet: a run from a terminal, or from
	 * the workbench before it was closed and opened again. Reads files: not for the UI thread.
	 *
	 * @param experiment the experiment's file
	 * @throws IOException when the results folder cannot be read
	 */
	public static void follow(IFile experiment) throws IOException {
		if (of(experiment).isEmpty() && here(new ResultStore(ExperimentFile.results(experiment)).status()).isPresent()) {
			schedule(new ExperimentRunJob(experiment, false));
		}
	}

	private static synchronized boolean schedule(ExperimentRunJob job) {
		if (of(job.experiment).isPresent()) {
			return false;
		}
		job.schedule();
		return true;
	}

	/**
	 * @param experiment an experiment's file
	 * @return the run that this workbench follows
	 */
	public static Optional<Job> of(IFile experiment) {
		Job[] jobs = getJobManager().find(experiment);
		return jobs.length == 0 ? Optional.empty() : Optional.of(jobs[0]);
	}

	/**
	 * @param experiment an experiment's file
	 * @return how the last run ended that this workbench followed; empty while one is running
	 */
	public static Optional<RunEnd> end(IFile experiment) {
		return Optional.ofNullable(ENDS.get(experiment));
	}

	@Override
	public boolean belongsTo(Object family) {
		return experiment.equals(family) || family == ExperimentRunJob.class;
	}

	@Override
	protected IStatus run(IProgressMonitor monitor) {
		ENDS.remove(experiment);
		RunEnd end = null;
		try {
			end = runAndFollow(monitor);
		} catch (IOException e) {
			end = new RunEnd(Kind.FAILED, 0, "The run of " + ExperimentFile.name(experiment)
					+ " cannot be started or followed: " + e.getMessage());
			ILog.of(ExperimentRunJob.class).error(end.message(), e);
		} catch (InterruptedException e) {
			// the thread is ended, not the run
			Thread.currentThread().interrupt();
		}
		// it has removed the ends of earlier runs; it is itself not kept
		setProperty(IProgressConstants.KEEPONE_PROPERTY, null);
		if (end == null) {
			return Status.OK_STATUS;
		}
		ENDS.put(experiment, end);
		refresh();
		new RunEndJob(experiment, end).schedule();
		return end.kind() == Kind.STOPPED ? Status.CANCEL_STATUS : Status.OK_STATUS;
	}

	/** Returns null when there is no run, or when the workbench closes during the run. */
	private RunEnd runAndFollow(IProgressMonitor monitor) throws IOException, InterruptedException {
		Path results = ExperimentFile.results(experiment);
		Optional<RunStatus> before = status(new ResultStore(results));
		Optional<ProcessHandle> underWay = here(before);
		if (!start && underWay.isEmpty()) {
			return null;
		}
		try (RunOutput output = underWay.isPresent()
				? RunOutput.underWay(experiment, Instant.parse(before.get().supervisor().started()))
				: RunOutput.empty(experiment)) {
			ProcessHandle process = underWay.isPresent() ? underWay.get() : start(results, output);
			return follow(process, results, output, monitor);
		}
	}

	private ProcessHandle start(Path results, RunOutput output) throws IOException {
		List<String> command = new ArrayList<>();
		Path session = Path.of("/usr/bin/setsid");
		if (Files.isExecutable(session)) {
			// so that closing the workbench's terminal does not end the run
			command.add(session.toString());
		}
		command.addAll(HeadlessCommand.of(
				List.of("run", experiment.getLocation().toOSString(), "--out", results.toString())));
		File printed = output.file().toFile();
		child = new ProcessBuilder(command).directory(experiment.getParent().getLocation().toFile())
				.redirectErrorStream(true).redirectOutput(printed).redirectInput(ProcessBuilder.Redirect.from(NOTHING)).start();
		return child.toHandle();
	}

	/** The status in the results folder; empty if it is damaged, since a run can repair the folder or report the damage itself. */
	private Optional<RunStatus> status(ResultStore store) {
		try {
			return store.status();
		} catch (IOException e) {
			if (!unreadable) {
				unreadable = true;
				ILog.of(ExperimentRunJob.class).warn("Cannot read the progress of the run of " + experiment.getFullPath(), e);
			}
			return Optional.empty();
		}
	}

	/** The process of a run on this computer. */
	private static Optional<ProcessHandle> here(Optional<RunStatus> status) {
		return status.flatMap(run -> run.hereAt(Instant.now()));
	}

	private RunEnd follow(ProcessHandle process, Path results, RunOutput output, IProgressMonitor monitor)
			throws IOException, InterruptedException {
		ResultStore store = new ResultStore(results);
		ProgressTicks ticks = new ProgressTicks(monitor);
		while (!ended(process, POLL_MS)) {
			output.show();
			if (closing()) {
				return null;
			}
			if (monitor.isCanceled()) {
				monitor.subTask("Stopping; finished steps are kept");
				return stop(process, store, output);
			}
			status(store).ifPresent(status -> ticks.show(status, process.pid()));
		}
		output.showRest();
		return RunEnd.of(ExperimentFile.name(experiment), results, process.pid(), ofProcess(process, status(store)),
				child == null ? OptionalInt.empty() : OptionalInt.of(child.exitValue()), output.said());
	}

	private static Optional<RunStatus> ofProcess(ProcessHandle process, Optional<RunStatus> status) {
		return status.filter(run -> run.supervisor().process() == process.pid());
	}

	private RunEnd stop(ProcessHandle process, ResultStore store, RunOutput output) throws IOException, InterruptedException {
		process.destroy();
		if (!ended(process, TimeUnit.SECONDS.toMillis(GRACE_SECONDS))) {
			process.destroyForcibly();
			process.onExit().join();
		}
		output.showRest();
		Optional<RunStatus> last = ofProcess(process, status(store));
		if (last.filter(run -> run.state() == RunState.RUNNING).isPresent()) {
			last = Optional.of(store.writeStopped(last.get()));
		}
		return RunEnd.stopped(process.pid(), last);
	}

	private static boolean ended(ProcessHandle process, long millis) throws InterruptedException {
		try {
			process.onExit().get(millis, TimeUnit.MILLISECONDS);
			return true;
		} catch (TimeoutException e) {
			return false;
		} catch (ExecutionException e) {
			throw new IllegalStateException("cannot wait for process " + process.pid(), e);
		}
	}

	/** Whether the workbench is closing: the platform then cancels all jobs, which does not mean that the user cancels the run. */
	private static boolean closing() {
		return !PlatformUI.isWorkbenchRunning() || PlatformUI.getWorkbench().isClosing();
	}

	private void refresh() {
		IContainer folder = experiment.getParent();
		try {
			folder.refreshLocal(IResource.DEPTH_INFINITE, null);
		} catch (CoreException e) {
			ILog.of(ExperimentRunJob.class).warn("Cannot refresh " + folder.getFullPath(), e);
		}
	}
}
