package org.headstart.examples.background;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.headstart.api.execution.Execution;
import org.headstart.api.execution.ExecutionListener;
import org.headstart.api.execution.ExecutionSite;
import org.headstart.api.execution.StepRequest;
import org.headstart.api.execution.WorkerProtocol;
import org.headstart.api.execution.WorkerProtocol.Answer;

/** Starts processes that write the messages of the worker protocol to files, and reads the files of the steps that it follows. */
final class BackgroundExecution implements Execution {

	private static final long LOOK_MILLIS = 100;

	private final ExecutionSite site;
	private final ExecutionListener listener;
	/** The folder with one file for each step, in the results folder, so that every run finds it. */
	private final Path said;
	private volatile boolean closed;

	BackgroundExecution(ExecutionSite site) throws IOException {
		this.site = site;
		listener = site.listener();
		said = Files.createDirectories(site.results().resolve("background"));
	}

	@Override
	public int capacity() {
		return site.jobs();
	}

	@Override
	public void submit(StepRequest step) throws IOException {
		// In a session of its own, the process is not ended by the terminal's end or Ctrl-C.
		List<String> command = new ArrayList<>(List.of("setsid"));
		command.addAll(site.workerCommand());
		command.addAll(List.of(WorkerProtocol.STEP, step.key()));
		Process process = new ProcessBuilder(command).redirectInput(new File("/dev/null"))
				.redirectOutput(said.resolve(step.key()).toFile())
				.redirectError(Redirect.appendTo(site.results().resolve("workers.log").toFile())).start();
		StepProcess at = StepProcess.of(process);
		listener.submitted(step.key(), at.toString());
		watch(step.key(), at);
	}

	@Override
	public void follow(StepRequest step, String handle) throws IOException {
		StepProcess at = StepProcess.parse(handle);
		at.find();
		watch(step.key(), at);
	}

	@Override
	public void cancel(String key, String handle) throws IOException {
		StepProcess.parse(handle).find().ifPresent(ProcessHandle::destroy);
	}

	private void watch(String key, StepProcess at) {
		Thread reader = new Thread(() -> {
			try {
				read(key, at);
			} catch (IOException e) {
				listener.lost(key, "what " + at + " says cannot be read: " + e);
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
			}
		}, "step " + key);
		reader.setDaemon(true);
		reader.start();
	}

	private void read(String key, StepProcess at) throws IOException, InterruptedException {
		try (InputStream in = new BufferedInputStream(Files.newInputStream(said.resolve(key)))) {
			ByteArrayOutputStream line = new ByteArrayOutputStream();
			while (!closed) {
				// The process is looked up before the file is read to its end, so that its last messages are not missed.
				boolean alive = at.find().isPresent();
				for (int next = in.read(); next >= 0; next = in.read()) {
					if (next != '\n') {
						line.write(next);
					} else {
						Optional<Answer> answer = WorkerProtocol.answer(line.toString(StandardCharsets.UTF_8));
						line.reset();
						if (answer.isPresent() && !closed && ends(key, answer.get())) {
							return;
						}
					}
				}
				if (!alive) {
					if (!closed) {
						listener.lost(key, at + " has ended without a message; see workers.log");
					}
					return;
				}
				Thread.sleep(LOOK_MILLIS);
			}
		}
	}

	/** Reports a worker's message; returns whether the step has ended. */
	private boolean ends(String key, Answer answer) {
		switch (answer) {
			case Answer.Started started -> listener.started(key);
			case Answer.Progress progress -> listener.progress(key, progress.done(), progress.all());
			case Answer.Note note -> listener.note(key, note.message());
			case Answer.Finished finished -> listener.finished(key);
			case Answer.Failed failed -> listener.failed(key, failed.message());
			case Answer.Exhausted exhausted -> listener.failed(key, exhausted.message());
			case Answer.Broken broken -> listener.failed(key, broken.message());
			case Answer.Ready ready -> {
				return false;
			}
		}
		return !(answer instanceof Answer.Started || answer instanceof Answer.Progress || answer instanceof Answer.Note);
	}

	@Override
	public void close() {
		closed = true;
	}
}
