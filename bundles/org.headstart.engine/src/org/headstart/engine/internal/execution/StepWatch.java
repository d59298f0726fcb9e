package org.headstart.engine.internal.execution;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reports a step that is stuck, and the contribution whose code runs. Methods that are called in each environment step must
 * return soon; an update, a policy that is computed beforehand, or the engine's file operations may take longer. Environment
 * steps of evaluations count as progress as well.
 */
final class StepWatch implements AutoCloseable {

	/** Without an environment step, while something runs that belongs to one. */
	static final Duration BRIEF = Duration.ofSeconds(60);
	/** Without an environment step otherwise. */
	static final Duration LONG = Duration.ofMinutes(10);
	private static final Duration LOOK = Duration.ofSeconds(1);

	private final AtWork atWork;
	private final Consumer<String> notes;
	private final Thread thread = Thread.ofPlatform().daemon().name("step-watch").unstarted(this::watch);
	private long moves = -1;
	private AtWork.Doing doing;
	private long since;
	private boolean said;

	/** @param notes is told, from another thread */
	StepWatch(AtWork atWork, Consumer<String> notes) {
		this.atWork = atWork;
		this.notes = notes;
	}

	/** Begins to watch. */
	void start() {
		thread.start();
	}

	private void watch() {
		try {
			while (true) {
				Thread.sleep(LOOK);
				look(System.nanoTime()).ifPresent(notes);
			}
		} catch (InterruptedException e) {
			// the step has ended
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Checks the progress.
	 *
	 * @param nanos the time
	 * @return the report, once for each time that the step is stuck
	 */
	Optional<String> look(long nanos) {
		AtWork.Doing now = atWork.now();
		boolean moved = atWork.moves() != moves;
		boolean stood = said;
		long stoodFor = Duration.ofNanos(nanos - since).toSeconds();
		if (moved || now != doing) {
			moves = atWork.moves();
			doing = now;
			since = nanos;
			said = false;
			return moved && stood ? Optional.of("goes on after " + stoodFor + " s without an environment step") : Optional.empty();
		}
		Duration patience = now != null && now.brief() ? BRIEF : LONG;
		if (said || nanos - since < patience.toNanos()) {
			return Optional.empty();
		}
		said = true;
		return Optional.of("no environment step for " + stoodFor + " s: "
				+ (now == null ? "Headstart's own code" : now.toString()) + " is at work");
	}

	@Override
	public void close() {
		thread.interrupt();
	}
}
