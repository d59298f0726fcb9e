package org.headstart.engine.internal.results;

import java.util.Optional;

import org.headstart.api.execution.ExecutionListener;

/**
 * {@code KEY.submitted}: a step that an executor has, even if the run that submitted it has ended.
 *
 * @param format   {@link ResultStore#FORMAT}
 * @param executor the executor's id
 * @param handle   the executor's name for the step
 * @param tries    number of submissions of the step, including lost ones
 * @param since    when it was submitted, ISO 8601
 */
public record SubmittedStep(int format, String executor, String handle, int tries, String since) implements Json.Checked {

	@Override
	public Optional<String> flaw() {
		if (format != ResultStore.FORMAT) {
			return Optional.of("it has format " + format + ", this version reads format " + ResultStore.FORMAT);
		}
		return executor != null && handle != null && !handle.isBlank() && handle.length() <= ExecutionListener.LONGEST_HANDLE && tries > 0
				&& since != null ? Optional.empty() : Optional.of("parts of it are missing");
	}
}
