package org.headstart.engine.internal.execution;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.headstart.api.execution.ExecutionListener;

/** The queue of events from the executor's threads to the run's thread. */
final class ExecutionEvents implements ExecutionListener {

	/** An event. */
	sealed interface Event {
		record Submitted(String key, String handle) implements Event {}

		record Returned(String key) implements Event {}

		record Started(String key) implements Event {}

		record Moved(String key, long done) implements Event {}

		record Noted(String key, String message) implements Event {}

		record Finished(String key) implements Event {}

		record Failed(String key, String message) implements Event {}

		record Lost(String key, String message) implements Event {}
	}

	private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

	boolean isEmpty() {
		return events.isEmpty();
	}

	/** The next event; null when there is none. */
	Event poll() {
		return events.poll();
	}

	/** The next event, or null when none comes within the time. */
	Event poll(Duration patience) throws InterruptedException {
		return events.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
	}

	@Override
	public void submitted(String stepKey, String handle) {
		events.add(new Event.Submitted(stepKey, handle));
	}

	@Override
	public void returned(String stepKey) {
		events.add(new Event.Returned(stepKey));
	}

	@Override
	public void started(String stepKey) {
		events.add(new Event.Started(stepKey));
	}

	@Override
	public void progress(String stepKey, long stepsDone, long stepsAll) {
		events.add(new Event.Moved(stepKey, stepsDone));
	}

	@Override
	public void note(String stepKey, String message) {
		events.add(new Event.Noted(stepKey, message));
	}

	@Override
	public void finished(String stepKey) {
		events.add(new Event.Finished(stepKey));
	}

	@Override
	public void failed(String stepKey, String message) {
		events.add(new Event.Failed(stepKey, message));
	}

	@Override
	public void lost(String stepKey, String message) {
		events.add(new Event.Lost(stepKey, message));
	}
}
