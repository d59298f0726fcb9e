package org.headstart.engine.internal.results;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

import org.headstart.api.learner.BudgetUnit;

import com.google.gson.annotations.SerializedName;

/**
 * {@code run.json}: the heartbeat and progress of the last run in a folder, replaced every second while it lives.
 *
 * @param format     {@link ResultStore#FORMAT}
 * @param experiment the experiment's name
 * @param state      the run's state
 * @param supervisor the process of the run
 * @param progress   the run's progress
 * @param steps      every step of the plan
 * @param notes      notes for the user: restarts, lost workers, damaged checkpoints
 */
public record RunStatus(int format, String experiment, RunState state, @Inlined Supervisor supervisor, @Inlined Progress progress,
		List<StepStatus> steps, List<String> notes) implements Json.Checked {

	/**
	 * The process of a run.
	 *
	 * @param process   its number
	 * @param host      the computer that it runs on
	 * @param started   when the run began, ISO 8601
	 * @param heartbeat when the file was written, ISO 8601
	 */
	public record Supervisor(long process, String host, String started, String heartbeat) {}

	/**
	 * The progress of a run.
	 *
	 * @param stepsDone            steps with a result
	 * @param stepsAll             steps of the plan
	 * @param environmentStepsDone environment steps done, those of earlier runs included; where budgets count other units, these
	 * @param environmentStepsAll  environment steps of the plan, likewise; {@link Long#MAX_VALUE} where they are more
	 * @param unit                 what is counted: {@code examples}, or several units; null where it is environment steps alone
	 * @param stepsPerSecond       environment steps a second over the last minute; null before there is a measurement
	 * @param secondsLeft          seconds that the rest takes at this rate; null before there is a measurement
	 */
	public record Progress(int stepsDone, int stepsAll, long environmentStepsDone, long environmentStepsAll, String unit,
			Double stepsPerSecond, Double secondsLeft) {

		/** @return what is counted, for tables and progress: {@code env steps} */
		public String counted() {
			return unit == null ? BudgetUnit.ENVIRONMENT_STEPS.brief() : unit;
		}
	}

	@Override
	public Optional<String> flaw() {
		if (format != ResultStore.FORMAT) {
			return Optional.of("it has format " + format + ", this version reads format " + ResultStore.FORMAT);
		}
		if (experiment == null || state == null || supervisor.host() == null || !isTime(supervisor.started())
				|| !isTime(supervisor.heartbeat()) || !Json.whole(notes)
				|| !Json.whole(steps)
				|| !steps.stream().allMatch(step -> step.key() != null && step.label() != null && step.state() != null)) {
			return Optional.of("parts of it are missing");
		}
		return Optional.empty();
	}

	private static boolean isTime(String text) {
		try {
			return text != null && Instant.parse(text) != null;
		} catch (DateTimeParseException e) {
			return false;
		}
	}

	/** The states of a run. */
	public enum RunState {
		/** Running, if {@link RunStatus#alive}; otherwise killed. */
		@SerializedName("running")
		RUNNING,
		/** Every step has a result. */
		@SerializedName("finished")
		FINISHED,
		/** Some steps failed, all others that could run have a result. */
		@SerializedName("failed")
		FAILED,
		/** Stopped by the user. */
		@SerializedName("cancelled")
		CANCELLED,
		/** Ended, and its submitted steps continue: those {@link StepState#SUBMITTED} or {@link StepState#RUNNING}. */
		@SerializedName("detached")
		DETACHED
	}

	/** The states of a step. */
	public enum StepState {
		/** Waits for a step that it needs, or for a free worker. */
		@SerializedName("waiting")
		WAITING,
		/** Submitted to the executor, which has not started it. */
		@SerializedName("submitted")
		SUBMITTED,
		/** Running. */
		@SerializedName("running")
		RUNNING,
		/** Its result is in the store. */
		@SerializedName("finished")
		FINISHED,
		/** Failed. */
		@SerializedName("failed")
		FAILED,
		/** Cannot run because a step that it needs failed. */
		@SerializedName("not-run")
		NOT_RUN
	}

	/**
	 * One step's progress.
	 *
	 * @param key     its key
	 * @param label   for people
	 * @param state   its state
	 * @param done    environment steps done
	 * @param all     environment steps in all
	 * @param message the reason why it failed or is not run, the place of a step that outlives the run, or the number of the
	 *                try and the loss of the last one; otherwise null
	 */
	public record StepStatus(String key, String label, StepState state, long done, long all, String message) {}

	/** The time without a heartbeat after which a run on another computer counts as dead. */
	public static final Duration SILENCE = Duration.ofSeconds(15);

	/** The tolerance of a process's start time, which the system computes from the time since boot. */
	private static final Duration CLOCK = Duration.ofSeconds(2);
	/** The largest time between the start of a process and of its run if its computer has another name now. */
	private static final Duration START = Duration.ofMinutes(5);

	/**
	 * Whether the run is running. On this computer its process is checked, which may get no processor time for long; on
	 * another computer the heartbeat is checked.
	 *
	 * @param now the time
	 * @return false also when its process was killed
	 */
	public boolean alive(Instant now) {
		return state == RunState.RUNNING && (hereAt(now).isPresent() || !isOfThisComputer() && silence(now).compareTo(SILENCE) < 0);
	}

	/**
	 * The run's process, if it is one of this computer and lives.
	 *
	 * @param now the time
	 * @return also empty when another process has its number
	 */
	public Optional<ProcessHandle> hereAt(Instant now) {
		if (state != RunState.RUNNING) {
			return Optional.empty();
		}
		Instant began = Instant.parse(supervisor.started());
		return ProcessHandle.of(supervisor.process()).filter(ProcessHandle::isAlive).filter(candidate -> {
			Instant start = candidate.info().startInstant().orElse(Instant.MAX);
			return start.isBefore(began.plus(CLOCK)) && (isOfThisComputer()
					|| start.isAfter(began.minus(START)) && silence(now).compareTo(SILENCE) < 0);
		});
	}

	/**
	 * @param now the time
	 * @return the time since the run's last sign of life
	 */
	public Duration silence(Instant now) {
		return Duration.between(Instant.parse(supervisor.heartbeat()), now);
	}

	/** @return the same run without its steps */
	RunStatus withoutSteps() {
		return new RunStatus(format, experiment, state, supervisor, progress, List.of(), notes);
	}

	/** @return the same run, stopped by the user: none of its steps is running */
	public RunStatus stopped() {
		List<StepStatus> ended = steps.stream()
				.map(step -> step.state() != StepState.RUNNING && step.state() != StepState.SUBMITTED ? step
						: new StepStatus(step.key(), step.label(), StepState.WAITING, step.done(), step.all(), null))
				.toList();
		return new RunStatus(format, experiment, RunState.CANCELLED, supervisor, progress, ended, notes);
	}

	/** @return the steps that an executor has: running ones and waiting ones */
	public long stepsUnderWay() {
		return steps.stream().filter(step -> step.state() == StepState.RUNNING || step.state() == StepState.SUBMITTED).count();
	}

	/** @return whether it is, or was, a run of the computer that this process runs on */
	public boolean isOfThisComputer() {
		return Machine.host().equals(supervisor.host());
	}
}
