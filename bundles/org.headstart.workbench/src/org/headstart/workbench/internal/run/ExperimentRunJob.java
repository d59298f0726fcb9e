package org.headstart.workbench.internal.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.eclipse.core.resources.IContainer;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.ui.console.MessageConsole;
import org.eclipse.ui.console.MessageConsoleStream;
import org.eclipse.ui.progress.IProgressConstants;
import org.headstart.engine.results.ResultStore;
import org.headstart.engine.results.RunStatus;
import org.headstart.runtime.HeadlessCommand;

/**
 * A run that the workbench started: the headless command in a process of its own. The job shows the run's progress, which it
 * reads from the results folder, and ends the process when the user cancels; what was finished stays.
 */
final class ExperimentRunJob extends Job {

	/** How often progress is read, in ms; also how soon a cancel is noticed. */
	private static final long POLL_MS = 250;
	/** How long a cancelled run may take to write its checkpoints before it is killed, in s. */
	private static final long GRACE_SECONDS = 10;

	private final IFile experiment;
	private final Path results;
	private final MessageConsole console;

	/**
	 * @param experiment the experiment's file
	 * @param results    the folder that receives the results
	 * @param console    receives what the command prints
	 */
	ExperimentRunJob(IFile experiment, Path results, MessageConsole console) {
		super("Running " + experiment.getName());
		this.experiment = experiment;
		this.results = results;
		this.console = console;
		setUser(false);
		setPriority(Job.LONG);
		setProperty(IProgressConstants.KEEPONE_PROPERTY, Boolean.TRUE);
	}

	@Override
	public boolean belongsTo(Object family) {
		return results.equals(family);
	}

	@Override
	protected IStatus run(IProgressMonitor monitor) {
		Process process;
		try {
			process = new ProcessBuilder(HeadlessCommand.of(List.of("run",
					experiment.getLocation().toOSString(), "--out", results.toString()))).directory(experiment.getParent().getLocation().toFile())
							.redirectErrorStream(true).start();
			process.getOutputStream().close();
		} catch (IOException e) {
			return Status.error("Cannot start the run of " + experiment.getName() + ": " + e.getMessage(), e);
		}
		Thread printer = Thread.ofVirtual().name("output of " + experiment.getName()).start(() -> print(process));
		try {
			follow(process, monitor);
			printer.join(TimeUnit.SECONDS.toMillis(2));
		} catch (InterruptedException e) {
			process.destroy();
			return Status.CANCEL_STATUS;
		} finally {
			refresh();
		}
		if (monitor.isCanceled()) {
			return Status.CANCEL_STATUS;
		}
		int code = process.exitValue();
		return code == 0 ? Status.info("Finished " + experiment.getName())
				: Status.error(experiment.getName() + " ended with exit code " + code + "; the Console view says why");
	}

	private void follow(Process process, IProgressMonitor monitor) throws InterruptedException {
		ProgressTicks ticks = new ProgressTicks(monitor);
		boolean cancelled = false;
		while (!process.waitFor(POLL_MS, TimeUnit.MILLISECONDS)) {
			if (monitor.isCanceled() && !cancelled) {
				cancelled = true;
				monitor.subTask("Stopping; finished steps are kept");
				process.destroy();
				if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
					process.destroyForcibly().waitFor();
				}
				return;
			}
			status().ifPresent(status -> ticks.show(status, process.pid()));
		}
		monitor.done();
	}

	/** What the run says of itself; empty where there is nothing to read yet. */
	private Optional<RunStatus> status() {
		try {
			return new ResultStore(results).status();
		} catch (IOException e) {
			ILog.of(ExperimentRunJob.class).warn("Cannot read the progress of " + experiment.getName(), e);
			return Optional.empty();
		}
	}

	private void print(Process process) {
		try (MessageConsoleStream stream = console.newMessageStream();
				BufferedReader reader = new BufferedReader(
						new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				stream.println(line);
			}
		} catch (IOException e) {
			ILog.of(ExperimentRunJob.class).warn("Lost the output of " + experiment.getName(), e);
		}
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
