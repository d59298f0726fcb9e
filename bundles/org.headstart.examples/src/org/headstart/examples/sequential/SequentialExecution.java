package org.headstart.examples.sequential;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.headstart.api.execution.Execution;
import org.headstart.api.execution.ExecutionListener;
import org.headstart.api.execution.ExecutionSite;
import org.headstart.api.execution.WorkerProtocol;
import org.headstart.api.execution.WorkerProtocol.Answer;

/** One process for each step, one step after the other. */
final class SequentialExecution implements Execution {

	private final ExecutionSite site;
	private final ExecutionListener listener;
	/** At the latest step; null before the first. */
	private Process worker;
	private boolean closed;

	SequentialExecution(ExecutionSite site) {
		this.site = site;
		listener = site.listener();
	}

	@Override
	public int capacity() {
		return 1;
	}

	@Override
	public synchronized void submit(String stepKey) throws IOException {
		List<String> command = new ArrayList<>(site.workerCommand());
		command.add(WorkerProtocol.STEP);
		command.add(stepKey);
		Process started = new ProcessBuilder(command)
				.redirectError(Redirect.appendTo(site.results().resolve("workers.log").toFile())).start();
		worker = started;
		Thread reader = new Thread(() -> follow(stepKey, started), "step " + stepKey);
		reader.setDaemon(true);
		reader.start();
	}

	private void follow(String stepKey, Process process) {
		String message = "it said nothing";
		int code;
		try (BufferedReader lines = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				// Other lines were printed by libraries.
				switch (WorkerProtocol.answer(line).orElse(null)) {
					case Answer.Started started -> listener.started(stepKey);
					case Answer.Progress progress -> listener.progress(stepKey, progress.done(), progress.all());
					case Answer.Note note -> listener.note(stepKey, note.message());
					case Answer.Failed failed -> message = failed.message();
					case Answer.Exhausted exhausted -> message = exhausted.message();
					case Answer.Broken broken -> message = broken.message();
					case null, default -> {
						// The exit code tells the rest.
					}
				}
			}
			code = process.waitFor();
		} catch (IOException | InterruptedException e) {
			process.destroy();
			message = e.toString();
			code = WorkerProtocol.HALTED;
		}
		if (code == WorkerProtocol.DONE) {
			listener.finished(stepKey);
		} else if (!isClosed()) {
			if (code == WorkerProtocol.FAILED) {
				listener.failed(stepKey, message);
			} else {
				listener.lost(stepKey, "its process ended with exit code " + code + "; " + message);
			}
		}
	}

	private synchronized boolean isClosed() {
		return closed;
	}

	@Override
	public synchronized void close() {
		closed = true;
		if (worker != null) {
			// It writes a checkpoint and ends, a moment after this returns.
			worker.destroy();
		}
	}
}
