package org.headstart.engine.internal.execution;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.headstart.api.execution.Execution;
import org.headstart.api.execution.ExecutionListener;
import org.headstart.api.execution.StepRequest;

/** Runs one step after the other on a thread of this process, for debugging and for tests. */
final class InProcessExecution implements Execution {

	private final StepRunner runner;
	private final ExecutionListener listener;
	private final CancelToken cancel = new CancelToken();
	private final ExecutorService thread = Executors
			.newSingleThreadExecutor(work -> Thread.ofPlatform().daemon().name("steps").unstarted(work));

	InProcessExecution(StepRunner runner, ExecutionListener listener) {
		this.runner = runner;
		this.listener = listener;
	}

	@Override
	public int capacity() {
		return 1;
	}

	@Override
	public void submit(StepRequest step) {
		thread.execute(() -> run(step.key()));
	}

	private void run(String key) {
		listener.started(key);
		try {
			runner.run(key, new StepListener() {
				@Override
				public void progress(long done, long all) {
					listener.progress(key, done, all);
				}

				@Override
				public void note(String message) {
					listener.note(key, message);
				}
			}, cancel);
			listener.finished(key);
		} catch (CancellationException e) {
			// only close cancels, and then nobody waits for the step
		} catch (IOException | RuntimeException | Error e) {
			listener.failed(key, Worker.message(e) + (Worker.isOutOfMemory(e)
					? ". Give this process more (HEADSTART_JAVA_OPTS=-Xmx…), or the step a process of its own (--jobs 1)"
					: ""));
		}
	}

	@Override
	public void close() {
		cancel.cancel();
		thread.shutdown();
		try {
			thread.awaitTermination(Worker.GRACE.toMillis(), TimeUnit.MILLISECONDS);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}
}
