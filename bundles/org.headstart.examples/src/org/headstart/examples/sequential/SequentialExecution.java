package org.headstart.examples.sequential;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import org.headstart.api.execution.Execution;
import org.headstart.api.execution.ExecutionListener;
import org.headstart.api.execution.ExecutionSite;
import org.headstart.api.execution.StepRequest;
import org.headstart.api.execution.WorkerProtocol;
import org.headstart.api.execution.WorkerProtocol.Answer;

/** A queue that takes all steps at once and runs them one after the other, each in a process. */
final class SequentialExecution implements Execution {

	private final ExecutionSite site;
	private final ExecutionListener listener;
	private final BlockingQueue<StepRequest> queue = new LinkedBlockingQueue<>();
	/** Steps that ended without a result; used by the queue's thread only. */
	private final Set<String> without = new HashSet<>();
	private final Thread thread = new Thread(this::work, "steps in turn");
	/** The process of the latest step; null before the first. */
	private Process worker;
	private boolean closed;

	SequentialExecution(ExecutionSite site) {
		this.site = site;
		listener = site.listener();
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public int capacity() {
		return Integer.MAX_VALUE;
	}

	@Override
	public boolean heedsNeeds() {
		return true;
	}

	@Override
	public void submit(StepRequest step) {
		queue.add(step);
	}

	private void work() {
		try {
			while (true) {
				StepRequest step = queue.take();
				// The steps that this one needs come earlier in the queue, so they have ended.
				if (step.needs().stream().anyMatch(without::contains)) {
					without.add(step.key());
					listener.returned(step.key());
				} else if (run(step.key())) {
					without.remove(step.key());
				} else {
					without.add(step.key());
				}
			}
		} catch (InterruptedException e) {
			// The execution is closed.
			return;
		}
	}

	private boolean run(String key) throws InterruptedException {
		Process process;
		try {
			process = start(key);
		} catch (IOException e) {
			listener.failed(key, e.getMessage());
			return false;
		}
		String message = "it gave no message";
		try (BufferedReader lines = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				// Other lines were printed by libraries.
				switch (WorkerProtocol.answer(line).orElse(null)) {
					case Answer.Started started -> listener.started(key);
					case Answer.Progress progress -> listener.progress(key, progress.done(), progress.all());
					case Answer.Note note -> listener.note(key, note.message());
					case Answer.Failed failed -> message = failed.message();
					case Answer.Exhausted exhausted -> message = exhausted.message();
					case Answer.Broken broken -> message = broken.message();
					case null, default -> {
						// The exit code tells the result.
					}
				}
			}
		} catch (IOException e) {
			process.destroy();
			message = e.toString();
		}
		int code = process.waitFor();
		if (code == WorkerProtocol.DONE) {
			listener.finished(key);
		} else if (!isClosed()) {
			if (code == WorkerProtocol.FAILED) {
				listener.failed(key, message);
			} else {
				listener.lost(key, "its process ended with exit code " + code + "; " + message);
			}
		}
		return code == WorkerProtocol.DONE;
	}

	private synchronized Process start(String key) throws IOException, InterruptedException {
		if (closed) {
			throw new InterruptedException();
		}
		List<String> command = new ArrayList<>(site.workerCommand());
		command.add(WorkerProtocol.STEP);
		command.add(key);
		worker = new ProcessBuilder(command)
				.redirectError(Redirect.appendTo(site.results().resolve("workers.log").toFile())).start();
		return worker;
	}

	private synchronized boolean isClosed() {
		return closed;
	}

	@Override
	public synchronized void close() {
		closed = true;
		thread.interrupt();
		if (worker != null) {
			// The process writes a checkpoint and ends, shortly after this method returns.
			worker.destroy();
		}
	}
}
