package org.headstart.api.environment;

import java.util.List;

import org.headstart.api.random.RandomStreams;

/**
 * Tasks that differ in parameters ω, and the environment they share. Immutable and thread-safe.
 *
 * @param environment its law ({@link Dynamics}), or lanes of its own ({@link Simulator})
 * @param parameters  what the components of ω are, in order
 * @param taskSets    the named sets; the first is the default source, and names are unique
 * @param shape       what of the returns is known beforehand
 * @param references  algorithms to hold learned agents against; names are unique
 */
public record TaskFamily(EnvironmentDescription environment, List<ParameterGroup> parameters, List<TaskSet> taskSets,
		ReturnShape shape, List<ReferenceAlgorithm> references) {

	/** Defensive copies. */
	public TaskFamily {
		parameters = List.copyOf(parameters);
		taskSets = List.copyOf(taskSets);
		references = List.copyOf(references);
		int named = parameters.stream().mapToInt(ParameterGroup::size).sum();
		if (named != environment.parameterCount()) {
			throw new IllegalArgumentException("the environment has " + environment.parameterCount() + " parameters, " + named
					+ " are named");
		}
	}

	/**
	 * A family without reference algorithms.
	 *
	 * @param environment its law ({@link Dynamics}), or lanes of its own ({@link Simulator})
	 * @param parameters  what the components of ω are, in order
	 * @param taskSets    the named sets
	 * @param shape       what of the returns is known beforehand
	 */
	public TaskFamily(EnvironmentDescription environment, List<ParameterGroup> parameters, List<TaskSet> taskSets, ReturnShape shape) {
		this(environment, parameters, taskSets, shape, List.of());
	}

	/**
	 * A family whose tasks are drawn from ranges, with the sets of {@link ParameterSplits}. Without parameters it has one task.
	 *
	 * @param environment its law, or lanes of its own
	 * @param lowest      no episode can return less; may be −∞
	 * @param highest     no episode can return more; may be +∞
	 * @param parameters  the components of ω
	 * @return the family
	 * @throws IllegalArgumentException when the splits overlap; the message names the parameter
	 */
	public static TaskFamily sampled(EnvironmentDescription environment, double lowest, double highest, Parameter... parameters) {
		ParameterSplits splits = new ParameterSplits(List.of(parameters));
		return new TaskFamily(environment, splits.parameters(), splits.taskSets(), new ReturnShape(lowest, highest, Double.NaN));
	}

	/**
	 * A component of ω that is drawn from a range.
	 *
	 * @param name    in kebab case
	 * @param unit    empty for a pure number
	 * @param range   where its value comes from
	 * @param nominal its value where nothing is varied, for example Earth's gravity; NaN where there is none. Without meaning for a
	 *                range that is fixed, whose value it is
	 */
	public record Parameter(String name, String unit, ParameterRange range, double nominal) {

		/**
		 * A pure number without a nominal value.
		 *
		 * @param name  in kebab case
		 * @param range where its value comes from
		 */
		public Parameter(String name, ParameterRange range) {
			this(name, "", range, Double.NaN);
		}
	}

	/** @return what each component of ω is called; unique */
	public List<String> parameterNames() {
		return ParameterGroup.names(parameters);
	}

	/**
	 * What is known of an episode's return.
	 *
	 * @param lowest  no episode can return less; may be −∞
	 * @param highest no episode can return more; may be +∞
	 * @param solved  the mean return at which the task counts as solved; NaN when there is no such convention
	 */
	public record ReturnShape(double lowest, double highest, double solved) {
	}

	/**
	 * Looks a set of tasks up.
	 *
	 * @param name its name
	 * @return the set
	 * @throws IllegalArgumentException when there is none; the message lists those that there are
	 */
	public TaskSet taskSet(String name) {
		for (TaskSet set : taskSets) {
			if (set.name().equals(name)) {
				return set;
			}
		}
		throw new IllegalArgumentException("no tasks named '" + name + "'; there are "
				+ String.join(", ", taskSets.stream().map(TaskSet::name).toList()));
	}

	/**
	 * Looks a reference algorithm up.
	 *
	 * @param name its name
	 * @return the algorithm
	 * @throws IllegalArgumentException when there is none; the message lists those that there are
	 */
	public ReferenceAlgorithm reference(String name) {
		for (ReferenceAlgorithm reference : references) {
			if (reference.name().equals(name)) {
				return reference;
			}
		}
		throw new IllegalArgumentException("no reference algorithm named '" + name + "'; " + (references.isEmpty()
				? "this family has none"
				: "there are " + String.join(", ", references.stream().map(ReferenceAlgorithm::name).toList())));
	}

	/**
	 * Makes lanes that show the environment's observation and draw a task for each episode.
	 *
	 * @param lanes   how many
	 * @param tasks   draws each episode's task
	 * @param streams the root of the lanes' randomness
	 * @return the lanes, in need of a {@code reset}, to be closed
	 */
	public SimulatedLanes vectorEnvironment(int lanes, TaskSampler tasks, RandomStreams streams) {
		return vectorEnvironment(lanes, tasks, streams, View.PLAIN);
	}

	/**
	 * Makes lanes.
	 *
	 * @param lanes   how many; a multiple of the lanes that share a task
	 * @param tasks   draws each trial's task
	 * @param streams the root of the lanes' randomness
	 * @param view    what they show, and how long they stay on a task
	 * @return the lanes, in need of a {@code reset}, to be closed
	 */
	public SimulatedLanes vectorEnvironment(int lanes, TaskSampler tasks, RandomStreams streams, View view) {
		return new SimulatedLanes(environment, lanes, tasks, streams, view);
	}
}
