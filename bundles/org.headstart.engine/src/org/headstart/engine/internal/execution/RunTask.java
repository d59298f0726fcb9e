package org.headstart.engine.internal.execution;

import java.util.Arrays;
import java.util.stream.Collectors;

import org.headstart.api.environment.DataSet;
import org.headstart.api.environment.DataSet.Selection;
import org.headstart.api.environment.DataSet.Split;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.environment.SimulatedLanes;
import org.headstart.api.environment.Simulator;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskSampler;
import org.headstart.api.environment.TaskSet;
import org.headstart.api.environment.View;
import org.headstart.api.random.RandomStreams;
import org.headstart.engine.internal.experiment.Experiment.TaskUse;

/**
 * A source or target with its family and its tasks.
 *
 * @param name    its name in the metrics. Not the experiment's label, which may change without a change of the result
 * @param use     its entry in the experiment
 * @param family  the family
 * @param tasks   the set from which each trial's task is drawn: a set of the family, or a single task
 * @param atWork  is told when the environment's code runs
 */
record RunTask(String name, TaskUse use, TaskFamily family, TaskSet tasks, AtWork atWork) {

	/**
	 * Makes a family and finds the tasks.
	 *
	 * @param use      the entry in the experiment
	 * @param rootSeed the experiment's root seed
	 * @param atWork   is told when the environment's code runs
	 */
	static RunTask of(TaskUse use, long rootSeed, AtWork atWork) {
		String name = use.environment().id() + "/" + use.taskSet() + (use.sample() < 0 ? "" : "#" + use.sample());
		TaskFamily family = use.family();
		TaskSet set = family.taskSet(use.taskSet());
		if (use.sample() < 0) {
			return new RunTask(name, use, family, set, atWork);
		}
		double[] omega = new double[family.environment().parameterCount()];
		// neither the seed nor the strategy is part of the name, so that all of them have the same task
		atWork.run(use.environment().contribution(), "sample", () -> set.sampler().sample(
				new RandomStreams(rootSeed).under("sampled-task").stream(Integer.toString(use.sample())), omega, 0));
		return new RunTask(name, use, family, new TaskSet(set.name(), set.description(), set.role(), TaskSampler.fixed(omega),
				other -> Arrays.equals(other, omega)), atWork);
	}

	/** As a source in an adaptation. */
	RunTask asSource(int number) {
		return new RunTask("source " + number + ": " + name, use, family, tasks, atWork);
	}

	/** Whether equal streams and actions give equal episodes. */
	boolean deterministic() {
		return Simulator.of(family.environment()).deterministic();
	}

	/** Opens the task's examples; the caller closes them. */
	CheckedExamples examples(Selection selection) {
		DataSet dataSet = family.dataSets().get(use.taskSet());
		if (dataSet == null) {
			throw new IllegalArgumentException(name() + " offers no examples to learn from");
		}
		return new CheckedExamples(dataSet, selection, use.environment().contribution(), name(), atWork);
	}

	/** Opens lanes for evaluations; the caller closes them. */
	CheckedLanes lanes(int lanes, RandomStreams streams, View view) {
		return lanes(lanes, streams, view, tasks.sampler(), new Selection(Split.TEST, streams.under("data-set")));
	}

	/** Opens lanes with the given sampler and, for lanes made of a data set, the given examples; the caller closes them. */
	CheckedLanes lanes(int lanes, RandomStreams streams, View view, TaskSampler sampler, Selection examples) {
		var contribution = use.environment().contribution();
		SimulatedLanes opened = atWork.call(contribution, family.environment() instanceof Dynamics ? "instance" : "open",
				() -> family.vectorEnvironment(lanes, sampler, streams, view, examples));
		if (sampler instanceof CurriculumSampler curriculum) {
			opened.betweenTrials(curriculum::trialsEnded);
		}
		return new CheckedLanes(opened, contribution, family,
				name() + use.wrappers().stream().map(wrapper -> " in " + wrapper.id()).collect(Collectors.joining()), view,
				atWork);
	}
}
