package org.headstart.engine.internal.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * {@code timing.json}: everything that may differ between two equal runs of a step.
 *
 * @param wallSeconds      seconds over all attempts that contribute to the result; the time of a killed attempt after its
 *                         last checkpoint is excluded
 * @param processorSeconds processor seconds, likewise
 * @param environmentSteps environment steps done in that time, or units of the budget that the step's provenance names
 * @param stepsPerSecond environment steps per wall second
 * @param finished         when the step was complete, ISO 8601; null when it is not
 * @param attempts         every time the step was started
 */
public record StepTiming(double wallSeconds, double processorSeconds, long environmentSteps, double stepsPerSecond,
		String finished, List<Attempt> attempts) implements Json.Checked {

	/**
	 * One start of the step.
	 *
	 * @param started when, ISO 8601
	 * @param process the process
	 * @param host    the computer
	 * @param note the kind of start: from the beginning, resumed, or from the beginning because a checkpoint was damaged
	 */
	public record Attempt(String started, long process, String host, String note) {}

	/** A step that was never started. */
	public static final StepTiming NONE = new StepTiming(0, 0, 0, 0, null, List.of());

	/** A finished step of which only the environment steps are known. */
	public static StepTiming unknown(long environmentSteps) {
		return new StepTiming(Double.NaN, Double.NaN, environmentSteps, Double.NaN, null, List.of());
	}

	@Override
	public Optional<String> flaw() {
		boolean right = DoubleStream.of(wallSeconds, processorSeconds, stepsPerSecond)
				.allMatch(value -> value >= 0 && value < Double.POSITIVE_INFINITY) && environmentSteps >= 0;
		return right ? Optional.empty() : Optional.of("a number of it cannot be");
	}

	/** Defensive copy. */
	public StepTiming {
		attempts = List.copyOf(attempts);
	}

	/**
	 * @param attempt a new start
	 * @return this and that start
	 */
	public StepTiming with(Attempt attempt) {
		List<Attempt> all = new ArrayList<>(attempts);
		all.add(attempt);
		return new StepTiming(wallSeconds, processorSeconds, environmentSteps, stepsPerSecond, finished, all);
	}
}
