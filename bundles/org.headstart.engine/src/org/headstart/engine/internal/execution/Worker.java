package org.headstart.engine.internal.execution;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

import org.headstart.api.execution.WorkerProtocol;
import org.headstart.api.execution.WorkerProtocol.Answer;
import org.headstart.engine.internal.catalog.BrokenContributionException;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.plan.Plan;
import org.headstart.engine.internal.plan.Step;
import org.headstart.engine.internal.results.CannotWriteException;
import org.headstart.engine.internal.results.ResultStore;

/**
 * A worker process: it reads step keys, runs the steps one after the other, and reports their events by
 * {@link WorkerProtocol}. It plans the frozen experiment again with its own contributions, and so refuses steps whose code
 * differs from the plan's.
 */
public final class Worker {

	/**
	 * The time for a worker to stop: it stops in the next environment step and then writes a checkpoint, but an update
	 * cannot be interrupted. After this time the process is halted, and the step can be resumed from the last checkpoint.
	 */
	public static final Duration GRACE = Duration.ofSeconds(8);

	/** Stands in the queue for the end. No key is empty. */
	private static final String END = "";

	private final ResultStore store;
	private final Supplier<Catalog> catalogs;
	private final Networks networks;
	private final PrintStream out;
	private final CancelToken cancel = new CancelToken();
	private final BlockingQueue<String> keys = new LinkedBlockingQueue<>();
	/** The watchdog, once the worker was told to stop. */
	private volatile Thread ending;

	private Worker(Path results, Supplier<Catalog> catalogs, Networks networks, PrintStream out) {
		store = new ResultStore(results);
		this.catalogs = catalogs;
		this.networks = networks;
		this.out = out;
	}

	/**
	 * Works until told to stop or until standard input ends. Meanwhile {@code System.out} is redirected to
	 * {@code System.err}. Halts the process when a step does not stop within {@link #GRACE}.
	 *
	 * @param results  the results folder, with a frozen experiment
	 * @param catalogs gives the contributions
	 * @param in       the process's standard input
	 * @param out      the process's standard output
	 * @return the exit code, see {@link WorkerProtocol}
	 */
	public static int run(Path results, Supplier<Catalog> catalogs, InputStream in, OutputStream out) {
		return run(results, catalogs, new GraphNetworks(), in, out);
	}

	static int run(Path results, Supplier<Catalog> catalogs, Networks networks, InputStream in, OutputStream out) {
		return run(results, catalogs, networks, out, worker -> {
			Thread reader = new Thread(() -> worker.listen(in), "worker-input");
			reader.setDaemon(true);
			reader.start();
			return worker.work();
		});
	}

	/**
	 * Runs one step, for an executor whose jobs are single steps. On a signal the step writes a checkpoint, and the process
	 * ends within {@link #GRACE} with the code returned here, not with the signal's.
	 *
	 * @param results  the results folder, with a frozen experiment
	 * @param catalogs gives the contributions
	 * @param key      the step
	 * @param out      the process's standard output
	 * @return the exit code, see {@link WorkerProtocol}
	 */
	public static int step(Path results, Supplier<Catalog> catalogs, String key, OutputStream out) {
		return step(results, catalogs, new GraphNetworks(), key, out);
	}

	static int step(Path results, Supplier<Catalog> catalogs, Networks networks, String key, OutputStream out) {
		SignalStop signal = new SignalStop();
		int code = WorkerProtocol.FAILED;
		try {
			code = step(results, catalogs, networks, key, out, signal::stopsWith);
		} finally {
			signal.ended(code);
		}
		return code;
	}

	/** Stops a step when the process gets a signal, and gives the process its exit code. */
	private static final class SignalStop {

		private final Thread hook = new Thread(this::stop, "end on signal");
		private final CompletableFuture<Integer> code = new CompletableFuture<>();
		private Runnable stopping;
		private boolean signalled;

		SignalStop() {
			Runtime.getRuntime().addShutdownHook(hook);
		}

		synchronized void stopsWith(Runnable stopping) {
			this.stopping = stopping;
			if (signalled) {
				stopping.run();
			}
		}

		private void stop() {
			synchronized (this) {
				signalled = true;
				if (stopping != null) {
					stopping.run();
				}
			}
			// a step that does not stop in time is halted by the worker's watchdog, before this gives up on it
			int end = code.completeOnTimeout(WorkerProtocol.HALTED, GRACE.toSeconds() + 1, TimeUnit.SECONDS).join();
			System.err.flush();
			Runtime.getRuntime().halt(end);
		}

		/** Tells that the step has ended; without a signal the process ends normally. */
		void ended(int code) {
			this.code.complete(code);
			try {
				Runtime.getRuntime().removeShutdownHook(hook);
			} catch (IllegalStateException signalled) {
				// the hook ends the process
				return;
			}
		}
	}

	static int step(Path results, Supplier<Catalog> catalogs, Networks networks, String key, OutputStream out,
			Consumer<Runnable> stopping) {
		return run(results, catalogs, networks, out, worker -> {
			stopping.accept(worker::stop);
			worker.keys.add(key);
			worker.keys.add(END);
			int code = worker.work();
			return code != WorkerProtocol.DONE ? code
					: worker.store.finished(key) ? WorkerProtocol.DONE
					: worker.cancel.isCancelled() ? WorkerProtocol.STOPPED : WorkerProtocol.FAILED;
		});
	}

	private static int run(Path results, Supplier<Catalog> catalogs, Networks networks, OutputStream out,
			ToIntFunction<Worker> work) {
		PrintStream before = System.out;
		System.setOut(System.err);
		try {
			return work.applyAsInt(new Worker(results, catalogs, networks, new PrintStream(out, true, StandardCharsets.UTF_8)));
		} finally {
			System.setOut(before);
		}
	}

	private void listen(InputStream in) {
		try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
			String line;
			while ((line = lines.readLine()) != null && !line.equals(WorkerProtocol.STOP)) {
				if (!line.isBlank()) {
					keys.add(line.strip());
				}
			}
		} catch (IOException e) {
			System.err.println("standard input cannot be read, the worker stops: " + e);
		}
		stop();
	}

	private void stop() {
		cancel.cancel();
		keys.add(END);
		Thread watchdog = new Thread(() -> {
			try {
				Thread.sleep(GRACE);
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
				return;
			}
			System.err.println("the step did not stop within " + GRACE.toSeconds() + " s: the worker is halted");
			Runtime.getRuntime().halt(WorkerProtocol.HALTED);
		}, "worker-watchdog");
		watchdog.setDaemon(true);
		ending = watchdog;
		watchdog.start();
	}

	private int work() {
		try {
			Catalog catalog;
			Plan plan;
			try {
				catalog = catalogs.get();
				plan = FrozenPlan.read(store, catalog);
			} catch (IOException | RuntimeException | Error e) {
				e.printStackTrace();
				say(new Answer.Broken(message(e)));
				return WorkerProtocol.FAILED;
			}
			StepRunner runner = new StepRunner(store, plan, catalog, networks);
			say(new Answer.Ready());
			while (true) {
				String key = keys.take();
				if (key.equals(END) || cancel.isCancelled()) {
					return WorkerProtocol.DONE;
				}
				if (!run(runner, plan, key)) {
					return cancel.isCancelled() ? WorkerProtocol.DONE : WorkerProtocol.HALTED;
				}
			}
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			return WorkerProtocol.DONE;
		} finally {
			Thread watchdog = ending;
			if (watchdog != null) {
				watchdog.interrupt();
			}
		}
	}

	/** Returns false when the worker must end. */
	private boolean run(StepRunner runner, Plan plan, String key) {
		if (plan.steps().stream().map(Step::key).noneMatch(key::equals)) {
			say(new Answer.Failed(key, "the worker's plan has no such step: its bundles are not those that the run was planned"
					+ " with. Install the same version everywhere, or start the run again."));
			return true;
		}
		say(new Answer.Started(key));
		try {
			runner.run(key, new StepListener() {
				@Override
				public void progress(long done, long all) {
					say(new Answer.Progress(key, done, all));
				}

				@Override
				public void note(String message) {
					say(new Answer.Note(key, message));
				}
			}, cancel);
			say(new Answer.Finished(key));
			return true;
		} catch (CancellationException e) {
			return false;
		} catch (IOException | RuntimeException | Error e) {
			e.printStackTrace();
			if (machineFailure(e).isPresent()) {
				// after this the process cannot be trusted with another step
				say(new Answer.Exhausted(key,
						message(e) + (isOutOfMemory(e) ? ". Give workers more memory: executor.memory, in MiB" : "")));
				return false;
			}
			say(new Answer.Failed(key, message(e)));
			return true;
		}
	}

	/** The cause of an exception that is a failure of the Java machine, for example from a pool's thread. */
	private static Optional<VirtualMachineError> machineFailure(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof VirtualMachineError error) {
				return Optional.of(error);
			}
		}
		return Optional.empty();
	}

	/** Whether more memory would help; not for an array longer than the largest one. */
	static boolean isOutOfMemory(Throwable failure) {
		return machineFailure(failure).filter(error -> error instanceof OutOfMemoryError && !isArrayTooLong(error)).isPresent();
	}

	private static boolean isArrayTooLong(VirtualMachineError error) {
		return error.getMessage() != null && error.getMessage().contains("array size");
	}

	private void say(Answer answer) {
		synchronized (out) {
			out.println(WorkerProtocol.line(answer));
		}
	}

	/** The failure's message for the user; the exception's name if it has no message. */
	static String message(Throwable failure) {
		Optional<VirtualMachineError> machine = machineFailure(failure);
		if (machine.isPresent()) {
			// the contribution's name, if it has one, before what befell it
			return (failure instanceof BrokenContributionException ? failure.getMessage() + ": " : "") + message(machine.get());
		}
		String text = failure.getMessage();
		if (text == null || text.isBlank()) {
			return failure.getClass().getName() + place(failure);
		}
		return failure instanceof FileSystemException file && file.getFile() != null
				? file.getFile() + ": " + CannotWriteException.reason(file)
				: failure instanceof IOException || failure instanceof IllegalArgumentException
						|| failure instanceof IllegalStateException
						|| failure instanceof BrokenContributionException ? text
				: failure.getClass().getSimpleName() + ": " + text;
	}

	private static String message(VirtualMachineError failure) {
		return switch (failure) {
			case StackOverflowError overflow -> "the stack overflowed" + recursion(overflow)
					+ ": calls are nested too deep, or without end";
			case OutOfMemoryError error when isArrayTooLong(error) -> "an array longer than Java's can be was asked for"
					+ place(error);
			case OutOfMemoryError error -> "memory ran out (" + error.getMessage() + ")" + place(error) + "; the heap is limited to "
					+ (Runtime.getRuntime().maxMemory() >> 20) + " MiB";
			default -> "the Java machine failed: " + failure + place(failure);
		};
	}

	private static String place(Throwable failure) {
		StackTraceElement[] trace = failure.getStackTrace();
		return trace.length > 0 ? " at " + trace[0] : "";
	}

	/** The repeated call of a stack overflow; the call at the end of the stack may be any. */
	private static String recursion(StackOverflowError overflow) {
		Set<StackTraceElement> seen = new HashSet<>();
		return Arrays.stream(overflow.getStackTrace()).filter(frame -> !seen.add(frame)).findFirst().map(frame -> " at " + frame)
				.orElse(place(overflow));
	}
}
