package org.headstart.engine.execution;

import org.headstart.api.environment.Environment;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskSampler;
import org.headstart.api.environment.TaskSet;
import org.headstart.api.environment.VectorEnvironment;
import org.headstart.api.environment.View;
import org.headstart.api.random.RandomStreams;
import org.headstart.engine.experiment.Choice;
import org.headstart.engine.experiment.Experiment.TaskUse;

/**
 * A source or target made real: its family, and what draws its tasks.
 *
 * @param use     what the experiment says
 * @param family  the family
 * @param sampler draws each trial's task
 */
record TaskSite(TaskUse use, TaskFamily family, TaskSampler sampler) {

	/**
	 * Makes a family and finds the tasks.
	 *
	 * @param use      what the experiment says
	 * @param rootSeed the experiment's root seed
	 */
	static TaskSite of(TaskUse use, long rootSeed) {
		TaskFamily family = family(use.environment());
		TaskSet set = family.taskSet(use.taskSet());
		if (use.sample() < 0) {
			return new TaskSite(use, family, set.sampler());
		}
		double[] omega = new double[family.dynamics().parameterCount()];
		// neither seed nor strategy is part of the name: all of them meet the same task
		set.sampler().sample(new RandomStreams(rootSeed).under("sampled-task").stream(Integer.toString(use.sample())), omega,
				0);
		return new TaskSite(use, family, TaskSampler.fixed(omega));
	}

	private static TaskFamily family(Choice<Environment<?>> choice) {
		return create(choice.contribution().instance().get(), choice.settings());
	}

	@SuppressWarnings("unchecked") // the reader gave the contribution's own settings record
	private static <S extends Record> TaskFamily create(Environment<S> environment, Record settings) {
		return environment.create((S) settings);
	}

	/** What the metrics call it. Not the experiment's label, which may change without a change of the result. */
	String name() {
		return use.environment().id() + "/" + use.taskSet() + (use.sample() < 0 ? "" : "#" + use.sample());
	}

	VectorEnvironment lanes(int lanes, RandomStreams streams, View view) {
		return family.vectorEnvironment(lanes, sampler, streams, view);
	}
}
