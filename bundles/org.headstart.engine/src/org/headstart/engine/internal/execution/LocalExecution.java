package org.headstart.engine.internal.execution;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.headstart.api.execution.Execution;
import org.headstart.api.execution.ExecutionListener;
import org.headstart.api.execution.ExecutionSite;
import org.headstart.api.execution.StepRequest;
import org.headstart.api.execution.WorkerProtocol;
import org.headstart.api.execution.WorkerProtocol.Answer;
import org.headstart.engine.internal.results.CannotWriteException;
import org.headstart.engine.internal.results.ResultStore;

/** Runs steps in worker processes. */
final class LocalExecution implements Execution {

	/** The time that {@link #close} waits for workers. Workers that are still writing a checkpoint end on their own afterwards. */
	private static final Duration PATIENCE = Duration.ofMillis(700);

	/** Exit codes above it mean a signal. */
	private static final int SIGNALS = 128;
	/** Exit code of a process that got SIGKILL. */
	private static final int KILLED = SIGNALS + 9;
	/** The number of tries to start a worker. */
	private static final int STARTS = 3;

	private final LocalExecutorSettings settings;
	private final ExecutionSite site;
	private final ExecutionListener listener;
	private final List<WorkerProcess> workers = new ArrayList<>();
	private boolean closed;
	/** Why no worker can run any step, once one has said so: the next one would say the same. */
	private String broken;

	LocalExecution(LocalExecutorSettings settings, ExecutionSite site) {
		this.settings = settings;
		this.site = site;
		listener = site.listener();
		if (site.workerCommand().isEmpty()) {
			throw new IllegalArgumentException("the command that starts a worker is missing");
		}
	}

	@Override
	public int capacity() {
		return site.jobs();
	}

	@Override
	public void submit(StepRequest step) throws IOException {
		synchronized (workers) {
			if (closed) {
				throw new IOException("the execution is closed");
			}
			if (broken != null) {
				throw new IOException(broken);
			}
			for (WorkerProcess worker : workers) {
				if (worker.idle()) {
					worker.give(step.key());
					return;
				}
			}
			if (workers.size() >= site.jobs()) {
				throw new IOException("all " + site.jobs() + " workers are busy");
			}
			WorkerProcess worker = new WorkerProcess();
			workers.add(worker);
			worker.follow();
			worker.give(step.key());
		}
	}

	@Override
	public void close() {
		List<WorkerProcess> ending;
		synchronized (workers) {
			closed = true;
			ending = List.copyOf(workers);
		}
		for (WorkerProcess worker : ending) {
			worker.stop();
		}
		long end = System.nanoTime() + PATIENCE.toNanos();
		try {
			for (WorkerProcess worker : ending) {
				worker.process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS);
			}
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	/** Starts a process. */
	@FunctionalInterface
	interface Start {
		Process process() throws IOException;
	}

	/**
	 * Starts a process, and tries again where that fails: between fork and exec it can be killed as it can be later, and the system
	 * may be short of processes for a moment.
	 */
	static Process started(Start start) throws IOException {
		for (int tries = 1;; tries++) {
			try {
				return start.process();
			} catch (IOException e) {
				if (tries == STARTS) {
					throw e;
				}
			}
		}
	}

	private final class WorkerProcess {

		final Process process;
		/** The step it is at, null when idle; guarded by the list of workers. */
		private String key;
		/** Its last message outside of a step; used by the following thread only. */
		private String lastWords;
		/** Only the following thread uses it. */
		private boolean logFailed;

		WorkerProcess() throws IOException {
			ProcessBuilder builder = new ProcessBuilder(site.workerCommand());
			builder.redirectError(
					ProcessBuilder.Redirect.appendTo(new ResultStore(site.results()).workerLog().toFile()));
			if (settings.memory() > 0) {
				String before = System.getenv().getOrDefault("JAVA_TOOL_OPTIONS", "");
				builder.environment().put("JAVA_TOOL_OPTIONS", (before + " -Xmx" + settings.memory() + "m").strip());
			}
			try {
				process = started(builder::start);
			} catch (IOException e) {
				throw new IOException("no worker can be started with " + String.join(" ", site.workerCommand()) + ": "
						+ e.getMessage(), e);
			}
		}

		boolean idle() {
			return key == null && process.isAlive();
		}

		void give(String stepKey) throws IOException {
			key = stepKey;
			try {
				write(stepKey);
			} catch (IOException e) {
				// a worker that died while idle: its follower sees the end and reports the step as lost
				if (process.isAlive()) {
					key = null;
					throw e;
				}
			}
		}

		private void write(String line) throws IOException {
			OutputStream in = process.getOutputStream();
			in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
			in.flush();
		}

		void follow() {
			Thread follower = new Thread(this::read, "worker-" + process.pid());
			follower.setDaemon(true);
			follower.start();
		}

		private void read() {
			try (BufferedReader lines = new BufferedReader(
					new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
				String line;
				while ((line = lines.readLine()) != null) {
					Optional<Answer> answer = WorkerProtocol.answer(line);
					if (answer.isPresent()) {
						hear(answer.get());
					} else {
						keep(line);
					}
				}
			} catch (IOException e) {
				lastWords = "its output cannot be read: " + e.getMessage();
				process.destroyForcibly();
			}
			ended();
		}

		/** The output of native libraries goes to the worker's standard error. */
		private void keep(String line) {
			Path log = new ResultStore(site.results()).workerLog();
			try {
				Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
			} catch (IOException e) {
				if (!logFailed) {
					logFailed = true;
					listener.note("", "what worker process " + process.pid() + " prints is lost: "
							+ new CannotWriteException(log, e).getMessage());
				}
			}
		}

		private void hear(Answer answer) {
			switch (answer) {
				case Answer.Ready ready -> {
					// steps were handed over before: they wait in its standard input
				}
				case Answer.Started begun -> listener.started(begun.key());
				case Answer.Progress progress -> listener.progress(progress.key(), progress.done(), progress.all());
				case Answer.Note note -> listener.note(note.key(), note.message());
				case Answer.Finished finished -> {
					release();
					listener.finished(finished.key());
				}
				case Answer.Failed failed -> {
					release();
					listener.failed(failed.key(), failed.message());
				}
				case Answer.Exhausted exhausted -> {
					// it counts as busy until it is gone, so that no other step is given to it
					lastWords = exhausted.message();
					// the handle's method leaves the streams open
					process.toHandle().destroyForcibly();
				}
				case Answer.Broken why -> {
					lastWords = why.message();
					synchronized (workers) {
						broken = why.message();
					}
				}
			}
		}

		private String release() {
			synchronized (workers) {
				String was = key;
				key = null;
				return was;
			}
		}

		private void ended() {
			int code;
			try {
				code = process.waitFor();
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
				return;
			}
			boolean byUs;
			String lost;
			synchronized (workers) {
				workers.remove(this);
				byUs = closed;
				lost = release();
			}
			if (lost == null || byUs) {
				return;
			}
			if (lastWords != null) {
				listener.failed(lost, lastWords);
			} else {
				listener.lost(lost, "worker process " + process.pid() + " ended with exit code " + code + meaning(code)
						+ "; see workers.log");
			}
		}

		private static String meaning(int code) {
			if (code == KILLED) {
				return " (killed: by somebody, or by the system because memory ran out; then run fewer steps at once, with --jobs)";
			}
			return code > SIGNALS ? " (killed by signal " + (code - SIGNALS) + ")" : "";
		}

		void stop() {
			try {
				write(WorkerProtocol.STOP);
				process.getOutputStream().close();
			} catch (IOException e) {
				// it is gone already, which is what was wanted; anything else ends with its input
				if (process.isAlive()) {
					process.destroy();
				}
			}
		}
	}
}
