package org.headstart.engine.internal.experiment;

import java.util.ArrayList;
import java.util.List;

import org.headstart.api.backbone.Backbone;
import org.headstart.api.environment.Environment;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.execution.Executor;
import org.headstart.api.learner.BudgetUnit;
import org.headstart.api.learner.Learner;
import org.headstart.api.loss.Loss;
import org.headstart.api.settings.Setting;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.strategy.StrategyRole;
import org.headstart.api.wrapper.Wrapper;
import org.headstart.engine.internal.catalog.TaskFamilies;

/**
 * A validated experiment. Immutable.
 *
 * @param name        names the results folder; lower kebab case
 * @param description for people; may be empty
 * @param equipment   what agents are made of, in arms that name nothing of their own
 * @param tasks       what is learned on, and what is adapted to
 * @param strategies  the arms that are compared
 * @param protocol    how they are compared
 * @param running     how steps are run, which influences no result
 */
public record Experiment(String name, String description, Equipment equipment, Tasks tasks, List<Arm> strategies, Protocol protocol,
		Running running) {

	/** Defensive copy. */
	public Experiment {
		strategies = List.copyOf(strategies);
	}

	/**
	 * What agents are made of.
	 *
	 * @param backbone the network's backbone, of arms that name none
	 * @param learner  the learner, of arms that name none
	 * @param losses   losses beside the learner's own, in order; the learner applies them
	 */
	public record Equipment(Choice<Backbone<?>> backbone, Choice<Learner<?>> learner, List<LossUse> losses) {

		/** Defensive copy. */
		public Equipment {
			losses = List.copyOf(losses);
		}
	}

	/**
	 * Sources and targets.
	 *
	 * @param source source tasks, in order; may be empty when no strategy needs any
	 * @param target target tasks, at least one
	 */
	public record Tasks(List<TaskUse> source, List<TaskUse> target) {

		/** Defensive copies. */
		public Tasks {
			source = List.copyOf(source);
			target = List.copyOf(target);
		}
	}

	/**
	 * How arms are compared.
	 *
	 * @param trial      how long an agent stays on a task
	 * @param shots      after how many granted episodes the agent is judged, ascending; 0 is always judged
	 * @param evaluation how agents are judged
	 * @param threshold  the return that "time to threshold" waits for; NaN: derived by the analysis, and said so
	 * @param seeds      how many seeds, numbered from 1
	 * @param rootSeed   the root of all randomness
	 */
	public record Protocol(TrialLength trial, List<Integer> shots, Evaluation evaluation, double threshold, int seeds, long rootSeed) {

		/** Defensive copy. */
		public Protocol {
			shots = List.copyOf(shots);
		}
	}

	/**
	 * How steps are run.
	 *
	 * @param executor   where they run
	 * @param checkpoint how often a step saves its state
	 */
	public record Running(Choice<Executor<?>> executor, Checkpointing checkpoint) {}

	/**
	 * @param arm    an arm
	 * @param target a target
	 * @return indices of the sources that the arm may learn on for the target, ascending: all but those that one of them leaves out
	 */
	public List<Integer> sources(Arm arm, TaskUse target) {
		if (target.sources().size() == tasks.source().size()) {
			return arm.sources();
		}
		List<Integer> both = new ArrayList<>(arm.sources());
		both.retainAll(target.sources());
		return both;
	}

	/** @return label of the arm that others are compared with: the first whose strategy is a baseline, else the first */
	public String baseline() {
		return strategies.stream().filter(arm -> arm.role(tasks.target()) == StrategyRole.BASELINE).findFirst().orElse(strategies.get(0))
				.label();
	}

	/**
	 * A loss beside the learner's own.
	 *
	 * @param loss   the loss
	 * @param weight what its gradients and rewards are multiplied by
	 */
	public record LossUse(Choice<Loss<?>> loss, double weight) {}

	/**
	 * A source or target: tasks of one set, and a budget.
	 *
	 * @param label       names it in curves and tables, unique in its list
	 * @param environment the family
	 * @param wrappers    what is around its environment, the innermost first
	 * @param taskSet     the name of the task set
	 * @param sample      −1: every trial draws a task from the set; otherwise the number (from 0) of one task drawn from the
	 *                    set, the same in every strategy and seed
	 * @param steps       the budget, in environment steps or another unit; 0, in a target: nothing is trained there
	 *                    beyond granted episodes (shots), so without these it is only judged
	 * @param unit        what the budget is counted in: that of the learners that train there
	 * @param sources     of a target: indices of the sources that are learned on for it, ascending; of a source: none
	 */
	public record TaskUse(String label, Choice<Environment<?>> environment, List<Choice<Wrapper<?>>> wrappers, String taskSet, int sample,
			long steps, BudgetUnit unit, List<Integer> sources) {

		/** Defensive copies. */
		public TaskUse {
			wrappers = List.copyOf(wrappers);
			sources = List.copyOf(sources);
		}

		/**
		 * @param arm an arm
		 * @return this task as the arm's agents meet it: in the arm's own wrappers too
		 */
		public TaskUse in(Arm arm) {
			if (arm.wrappers().isEmpty()) {
				return this;
			}
			List<Choice<Wrapper<?>>> all = new ArrayList<>(wrappers);
			all.addAll(arm.wrappers());
			return new TaskUse(label, environment, all, taskSet, sample, steps, unit, sources);
		}

		/** @return the family, its environment wrapped; made anew at each call */
		public TaskFamily family() {
			TaskFamily family = TaskFamilies.of(environment.contribution(), environment.settings());
			for (Choice<Wrapper<?>> wrapper : wrappers) {
				family = TaskFamilies.wrapped(family, environment.contribution(), wrapper.contribution(), wrapper.settings());
			}
			return family;
		}
	}

	/**
	 * One strategy to compare, and what it works with.
	 *
	 * @param label    names it in curves and tables, unique
	 * @param strategy the strategy
	 * @param backbone its networks' backbone: the experiment's, unless it names one of its own
	 * @param learner  its learner, with the experiment's losses: the experiment's, unless it names one of its own
	 * @param wrappers what is around every source's and target's environment for this arm alone, beyond their own wrappers
	 * @param sources  indices of the sources that it may learn on, ascending
	 */
	public record Arm(String label, Choice<Strategy<?>> strategy, Choice<Backbone<?>> backbone, Choice<Learner<?>> learner,
			List<Choice<Wrapper<?>>> wrappers, List<Integer> sources) {

		/** Defensive copies. */
		public Arm {
			wrappers = List.copyOf(wrappers);
			sources = List.copyOf(sources);
		}

		/**
		 * @param targets the experiment's targets
		 * @return what the arm is in the comparison: an oracle where it is one on any target
		 */
		public StrategyRole role(List<TaskUse> targets) {
			StrategyRole role = StrategyRole.CONTENDER;
			for (TaskUse target : targets) {
				TaskFamily family = target.in(this).family();
				StrategyRole there = strategy.contribution().call("role",
						() -> role(strategy.contribution().instance().get(), strategy.settings(), family));
				if (there == StrategyRole.ORACLE) {
					return there;
				}
				role = there;
			}
			return role;
		}

		@SuppressWarnings("unchecked") // the reader gave the contribution's own settings record
		private static <S extends Record> StrategyRole role(Strategy<S> strategy, Record settings, TaskFamily target) {
			return strategy.role((S) settings, target);
		}
	}

	/**
	 * How long an agent stays on a task before another one is drawn.
	 *
	 * @param episodes episodes of a trial
	 */
	public record TrialLength(
			@Setting(value = "Episodes that an agent plays on a task before another one is drawn; returns are those of whole trials",
					byDefault = "1", unit = "episodes", min = 1, max = 1e4) int episodes) {}

	/**
	 * How agents are judged: on trials that they do not learn from, first before any training.
	 *
	 * @param every    environment steps, or units of the budget, between evaluations
	 * @param episodes trials an evaluation
	 * @param greedy   whether the most likely action is taken
	 * @param trials   whether a step keeps each trial's task, return and outcomes
	 */
	public record Evaluation(
			@Setting(value = "Time between evaluations, in the budget's unit; the first is before any training", byDefault = "1e4",
					unit = "environment steps, examples or updates", min = 1, plausibleMax = 1e11) long every,
			@Setting(value = "Episodes in one evaluation, or trials where these have several episodes; their mean return counts",
					byDefault = "10", unit = "episodes", min = 1, max = 1e6, plausibleMax = 1e5) int episodes,
			@Setting(value = "Whether the most likely action is taken; otherwise actions are drawn as in training",
					byDefault = "true") boolean greedy,
			@Setting(
					value = "Whether each step keeps a row for each trial in trials.csv: its task's parameters, return, length and outcomes",
					byDefault = "false") boolean trials) {}

	/**
	 * How often a step saves its state; does not influence any result.
	 *
	 * @param everySeconds seconds between checkpoints within a step
	 */
	public record Checkpointing(double everySeconds) {}
}
