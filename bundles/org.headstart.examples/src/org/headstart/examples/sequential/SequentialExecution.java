package org.headstart.examples.sequential;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;

import org.headstart.api.execution.Execution;
import org.headstart.api.execution.ExecutionListener;
import org.headstart.api.execution.ExecutionSite;

/** The worker at work. What it says is one line each, marked {@code headstart: }; other lines were printed by libraries. */
final class SequentialExecution implements Execution {

	private static final String MARK = "headstart: ";

	private final ExecutionSite site;
	private final ExecutionListener listener;
	/** Null before the first step, and once it has ended. */
	private Process worker;
	/** The step under way, null for none. */
	private String current;
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
		if (worker == null) {
			Process started = new ProcessBuilder(site.workerCommand())
					.redirectError(Redirect.appendTo(site.results().resolve("workers.log").toFile())).start();
			Thread reader = new Thread(() -> read(started), "sequential worker");
			reader.setDaemon(true);
			reader.start();
			worker = started;
		}
		current = stepKey;
		try {
			say(stepKey);
		} catch (IOException e) {
			// It has ended just now: its reader sees that too, and tells that the step is lost.
			worker.destroy();
		}
	}

	@Override
	public synchronized void close() {
		closed = true;
		if (worker == null) {
			return;
		}
		try {
			// The worker writes a checkpoint and ends, a moment after this returns.
			say("stop");
		} catch (IOException e) {
			// It is gone already.
			worker.destroy();
		}
	}

	private void say(String line) throws IOException {
		OutputStream in = worker.getOutputStream();
		in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
		in.flush();
	}

	private void read(Process started) {
		String last = "it said nothing";
		try (BufferedReader lines = new BufferedReader(
				new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8))) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				if (line.contains(MARK)) {
					last = line.substring(line.indexOf(MARK) + MARK.length());
					hear(last.split(" ", 3));
				}
			}
		} catch (IOException e) {
			last = e.getMessage();
		}
		String lost;
		synchronized (this) {
			worker = null;
			lost = release();
		}
		if (lost != null) {
			listener.lost(lost, "the worker ended; its last words: " + last);
		}
	}

	private void hear(String[] words) {
		switch (words[0]) {
			case "PROGRESS" -> {
				String[] numbers = words[2].split(" ");
				listener.progress(words[1], Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
			}
			case "NOTE" -> listener.note(words[1], words[2]);
			case "FINISHED" -> {
				release();
				listener.finished(words[1]);
			}
			case "FAILED" -> {
				release();
				listener.failed(words[1], words[2]);
			}
			default -> {
				// READY needs no answer, and after BROKEN the worker ends.
			}
		}
	}

	/** The step that was under way; null when there is none, or when nobody waits for it any more. */
	private synchronized String release() {
		String step = closed ? null : current;
		current = null;
		return step;
	}
}
