package org.headstart.cli.internal;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.headstart.engine.internal.execution.Worker;
import org.headstart.runtime.internal.Installation;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A worker process of a run; executors start it, not people. Takes step keys from standard input. */
@Command(name = "worker", hidden = true,
		description = "Runs steps of a frozen plan; reads their keys from standard input, one on each line.")
final class WorkerCommand implements Callable<Integer> {

	@Parameters(index = "0", paramLabel = "DIR", description = "The run's results folder.")
	private Path results;

	@Option(names = "--step", paramLabel = "KEY", description = "Run only this step and read nothing.")
	private String step;

	@Override
	public Integer call() {
		FailureLog.in(results);
		SignalNotice.silence();
		if (step != null) {
			return Worker.step(results, () -> Installation.current().catalog(), step, System.out);
		}
		CountDownLatch ended = new CountDownLatch(1);
		// Ctrl-C also reaches workers, but the run tells them to stop: the JVM waits for that and for the checkpoint.
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			try {
				ended.await(Worker.GRACE.toMillis(), TimeUnit.MILLISECONDS);
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
			}
		}, "end on signal"));
		try {
			return Worker.run(results, () -> Installation.current().catalog(), System.in, System.out);
		} finally {
			ended.countDown();
		}
	}
}
