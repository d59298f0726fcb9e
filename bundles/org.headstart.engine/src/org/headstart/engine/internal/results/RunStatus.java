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
 * @param state      what became of the run
 * @param supervisor the process that runs it
 * @param progress   how far it is
 * @param steps      every step of the plan
 * @param notes      what the user should know: restarts, lost workers, damaged checkpoints
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
	 * How far a run is.
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

	/** What becomes of a run. */
	public enum RunState {
		/** Under way, if {@link RunStatus#alive}; otherwise killed. */
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
		/** Ended, and steps that it submitted go on without it: those {@link StepState#SUBMITTED} or {@link StepState#RUNNING}. */
		@SerializedName("detached")
		DETACHED
	}

	/** What becomes of a step. */
	public enum StepState {
		/** Waits for a step that it needs, or for a free worker. */
		@SerializedName("waiting")
		WAITING,
		/** Handed to the executor, which has not begun with it. */
		@SerializedName("submitted")
		SUBMITTED,
		/** Under way. */
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
	 * @param state   what becomes of it
	 * @param done    environment steps done
	 * @param all     environment steps in all
	 * @param message why it failed or is not run; where it is under way when it outlives the run; which try it is, and why the last
	 *                one was lost; null otherwise
	 */
	public record StepStatus(String key, String label, StepState state, long done, long all, String message) {}

	/** After so long without a heartbeat a run on another computer counts as dead. */
	public static final Duration SILENCE = Duration.ofSeconds(15);

	/** What a process's start and the clock may differ by: the system counts it from when it was booted. */
	private static final Duration CLOCK = Duration.ofSeconds(2);
	/** How long before its run a process may have begun that is seen under another name of its computer. */
	private static final Duration START = Duration.ofMinutes(5);

	/**
	 * Whether the run is under way. On this computer that is seen by its process, which may be starved for long, and by the
	 * heartbeat where the process is not to be seen from here.
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
	 * @return empty also when another process has got its number
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
	 * @return for how long the run has given no sign of life
	 */
	public Duration silence(Instant now) {
		return Duration.between(Instant.parse(supervisor.heartbeat()), now);
	}

	/** @return the same run, without a word of its steps */
	RunStatus withoutSteps() {
		return new RunStatus(format, experiment, state, supervisor, progress, List.of(), notes);
	}

	/** @return the same run, stopped by the user: no step of it is under way any more */
	public RunStatus stopped() {
		List<StepStatus> ended = steps.stream()
				.map(step -> step.state() != StepState.RUNNING && step.state() != StepState.SUBMITTED ? step
						: new StepStatus(step.key(), step.label(), StepState.WAITING, step.done(), step.all(), null))
				.toList();
		return new RunStatus(format, experiment, RunState.CANCELLED, supervisor, progress, ended, notes);
	}

	/** @return steps that an executor has: that are under way, or wait for their turn there */
	public long stepsUnderWay() {
		return steps.stream().filter(step -> step.state() == StepState.RUNNING || step.state() == StepState.SUBMITTED).count();
	}

	/** @return whether it is, or was, a run of the computer that this process runs on */
	public boolean isOfThisComputer() {
		return Machine.host().equals(supervisor.host());
	}
}
