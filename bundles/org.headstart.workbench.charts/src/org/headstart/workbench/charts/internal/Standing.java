package org.headstart.workbench.charts.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.headstart.engine.internal.results.PlanFile;
import org.headstart.engine.internal.results.PlanFile.PlannedStep;
import org.headstart.engine.internal.results.RunStatus;
import org.headstart.engine.internal.results.RunStatus.RunState;
import org.headstart.engine.internal.results.RunStatus.StepState;
import org.headstart.engine.internal.results.RunStatus.StepStatus;
import org.headstart.workbench.internal.TimeLeft;

/**
 * How an experiment's last run stands, for people.
 *
 * @param state   a few words, with the steps that are done; empty when there was no run
 * @param waiting why there is no curve, where there is none
 * @param notices what the user should know, the most important first
 */
record Standing(String state, String waiting, List<String> notices) {

	private static final String RUN = "\n\nExperiment > Run (Ctrl+R) continues it.";
	/** A run writes a heartbeat every second; one that is starved does so less often. */
	private static final Duration SILENT = Duration.ofSeconds(10);
	private static final int SHOWN = 3;

	/**
	 * @param plan    what the results folder plans
	 * @param status  what it says of the last run
	 * @param failure why that run did not come to its end, where that is known
	 * @param now     the time
	 * @return how it stands
	 */
	static Standing of(PlanFile plan, Optional<RunStatus> status, Optional<String> failure, Instant now) {
		if (status.isEmpty()) {
			return new Standing("", "There is a plan, but no run has begun." + RUN, failure.map(List::of).orElse(List.of()));
		}
		RunStatus run = status.get();
		boolean alive = run.alive(now);
		return new Standing(state(run, alive), waiting(plan, run, alive), notices(run, alive, failure, now));
	}

	private static String state(RunStatus run, boolean alive) {
		String done = run.progress().stepsDone() + " of " + run.progress().stepsAll() + " steps";
		return switch (run.state()) {
			case RUNNING -> !alive ? "broke off, " + done
					: "running" + (run.isOfThisComputer() ? "" : " on " + run.supervisor().host()) + ", " + done + TimeLeft.of(run);
			case FINISHED -> "finished, " + done;
			case FAILED -> with(run, StepState.FAILED).isEmpty() ? "failed, " + done
					: with(run, StepState.FAILED).size() + " of " + run.progress().stepsAll() + " steps failed";
			case CANCELLED -> "stopped, " + done;
			case DETACHED -> "left at work: " + done + ", " + run.stepsUnderWay() + " under way";
		};
	}

	private static List<StepStatus> with(RunStatus run, StepState state) {
		return run.steps().stream().filter(step -> step.state() == state).toList();
	}

	private static String waiting(PlanFile plan, RunStatus run, boolean alive) {
		if (run.state() == RunState.FINISHED) {
			return "The run is finished, but there is no evaluation to draw.";
		}
		if (!alive && run.state() != RunState.DETACHED) {
			return "The run ended before there was an evaluation to draw." + RUN;
		}
		List<StepStatus> underWay = with(run, StepState.RUNNING);
		if (underWay.isEmpty()) {
			return with(run, StepState.SUBMITTED).isEmpty() ? "The run is starting."
					: "The first steps are submitted and wait for their start.";
		}
		StepStatus first = underWay.get(0);
		boolean onSources = plan.steps().stream().filter(step -> step.key().equals(first.key())).noneMatch(PlannedStep::adapts);
		return (onSources ? "The agents learn on the sources first; the targets follow." : "The first evaluation is under way.")
				+ "\n\n" + first.label();
	}

	private static List<String> notices(RunStatus run, boolean alive, Optional<String> failure, Instant now) {
		List<String> notices = new ArrayList<>();
		switch (run.state()) {
			case RUNNING -> {
				if (!alive) {
					notices.add(failure.orElse("The run broke off without a message: its process was killed, or its computer stopped."
							+ " Steps with a result are kept; Run continues from there."));
				} else if (run.silence(now).compareTo(SILENT) > 0) {
					notices.add("The run has given no sign of life for " + run.silence(now).toSeconds()
							+ " s. It is stopped, or the computer is busy with other things.");
				}
				add(notices, run.notes());
			}
			case FINISHED -> {
				failure.ifPresent(notices::add);
				add(notices, run.notes());
			}
			case FAILED -> {
				List<String> failed = with(run, StepState.FAILED).stream().map(step -> step.label() + ": " + step.message()).toList();
				if (failed.isEmpty()) {
					failure.ifPresentOrElse(notices::add, () -> add(notices, run.notes()));
				} else {
					add(notices, failed);
				}
			}
			case CANCELLED -> {
				// nothing that the user does not know
			}
			case DETACHED -> {
				notices.add("The run has ended, and its submitted steps continue without it. Run follows them.");
				add(notices, run.notes());
			}
		}
		return List.copyOf(notices);
	}

	/** The last of them: they are in the order of time. */
	private static void add(List<String> notices, List<String> more) {
		if (more.size() > SHOWN) {
			notices.add("%d earlier messages are left out here.".formatted(more.size() - SHOWN));
		}
		notices.addAll(more.subList(Math.max(0, more.size() - SHOWN), more.size()));
	}
}
