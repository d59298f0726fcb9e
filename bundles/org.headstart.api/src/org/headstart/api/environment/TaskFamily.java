package org.headstart.api.environment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

import org.headstart.api.random.RandomStreams;

/**
 * Tasks that differ in parameters ω, and the environment they share. Immutable and thread-safe.
 *
 * @param environment its law ({@link Dynamics}), or lanes of its own ({@link Simulator})
 * @param parameters  what the components of ω are, in order
 * @param taskSets    the named sets; the first is the default source, and names are unique
 * @param shape       what of the returns is known beforehand
 * @param references  algorithms to hold learned agents against; names are unique
 * @param dataSets    examples, by name of a task set; sets without any are left out
 */
public record TaskFamily(EnvironmentDescription environment, List<ParameterGroup> parameters, List<TaskSet> taskSets,
		ReturnShape shape, List<ReferenceAlgorithm> references, Map<String, DataSet> dataSets) {

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
		dataSets = Map.copyOf(dataSets);
		for (String set : dataSets.keySet()) {
			DataSet dataSet = dataSets.get(set);
			if (taskSets.stream().noneMatch(each -> each.name().equals(set))) {
				throw new IllegalArgumentException("there is a data set of '" + set + "', which is no task set");
			}
			if (!fits(dataSet, environment)) {
				throw new IllegalArgumentException("an example shows what lanes show, and its label is an action; those of '" + set
						+ "' show " + dataSet.inputs() + dataSet.labels().map(labels -> " with " + labels).orElse(""));
			}
		}
	}

	private static boolean fits(DataSet dataSet, EnvironmentDescription environment) {
		return dataSet.inputs().equals(View.PLAIN.observationSpace(environment))
				&& dataSet.labels().map(environment.actionSpace()::equals).orElse(true);
	}

	/**
	 * A family without examples.
	 *
	 * @param environment its law ({@link Dynamics}), or lanes of its own ({@link Simulator})
	 * @param parameters  what the components of ω are, in order
	 * @param taskSets    the named sets
	 * @param shape       what of the returns is known beforehand
	 * @param references  algorithms to hold learned agents against
	 */
	public TaskFamily(EnvironmentDescription environment, List<ParameterGroup> parameters, List<TaskSet> taskSets, ReturnShape shape,
			List<ReferenceAlgorithm> references) {
		this(environment, parameters, taskSets, shape, references, Map.of());
	}

	/**
	 * A family without reference algorithms and examples.
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
	 * A family whose tasks are labelled data sets. Its lanes are made of them: an episode shows an example, drawn uniformly, the action
	 * is the label that is meant, the reward 1 for the right class (the share of the right ones where there are several choices), or minus
	 * the mean squared error of a vector, and the episode is over. Lanes to learn in show examples to learn from, lanes to be judged
	 * in those to be judged by. ω is the number of the data set.
	 *
	 * @param tasks the data sets, with equal inputs and labels; the first is the default source
	 * @return the family
	 * @throws IllegalArgumentException when one has no labels, or they differ; the message says which
	 */
	public static TaskFamily labelled(LabelledTask... tasks) {
		DataSetSimulator lanes = new DataSetSimulator(Stream.of(tasks).map(LabelledTask::dataSet).toList());
		List<TaskSet> sets = new ArrayList<>();
		Map<String, DataSet> dataSets = new LinkedHashMap<>();
		for (LabelledTask task : tasks) {
			double number = sets.size();
			sets.add(new TaskSet(task.name(), task.description(), task.role(), TaskSampler.fixed(number), omega -> omega[0] == number));
			dataSets.put(task.name(), task.dataSet());
		}
		boolean vectors = lanes.actionSpace() instanceof BoxSpace;
		return new TaskFamily(lanes, List.of(ParameterGroup.scalar("data-set", "", 0, sets.size() - 1.0, Double.NaN)), sets,
				new ReturnShape(vectors ? Double.NEGATIVE_INFINITY : 0, vectors ? 0 : 1, Double.NaN), List.of(), dataSets);
	}

	/**
	 * A task that is a labelled data set.
	 *
	 * @param name        the name of its task set
	 * @param description one line
	 * @param role        what the task is for; its examples to learn from are what is adapted with
	 * @param dataSet     its examples
	 */
	public record LabelledTask(String name, String description, TaskRole role, DataSet dataSet) {}

	/**
	 * This family with examples beside its lanes, labelled or not.
	 *
	 * @param offered by name of a task set; they show what lanes show, and labels are actions
	 * @return the family
	 */
	public TaskFamily withDataSets(Map<String, DataSet> offered) {
		return new TaskFamily(environment, parameters, taskSets, shape, references, offered);
	}

	/**
	 * The same tasks around another environment, a wrapped one. Reference algorithms go, since they know the environment itself; examples
	 * stay if they show what is shown around it.
	 *
	 * @param other the environment
	 * @return the family
	 */
	public TaskFamily around(EnvironmentDescription other) {
		Map<String, DataSet> fitting = new LinkedHashMap<>(dataSets);
		fitting.values().removeIf(dataSet -> !fits(dataSet, other));
		return new TaskFamily(other, parameters, taskSets, shape, List.of(), fitting);
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

	/** @return the task that nothing is varied in, [components]; NaN where a group has no nominal value */
	public double[] nominal() {
		return parameters.stream().flatMapToDouble(group -> DoubleStream.generate(group::nominal).limit(group.size())).toArray();
	}

	/**
	 * What is known of an episode's return.
	 *
	 * @param lowest  no episode can return less; may be −∞
	 * @param highest no episode can return more; may be +∞
	 * @param solved  the mean return at which the task counts as solved; NaN when there is no such convention
	 */
	public record ReturnShape(double lowest, double highest, double solved) {}

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

	/**
	 * Makes lanes to learn or to be judged in, which differ where they are made of a data set.
	 *
	 * @param lanes     how many; a multiple of the lanes that share a task
	 * @param tasks     draws each trial's task
	 * @param streams   the root of the lanes' randomness
	 * @param view      what they show, and how long they stay on a task
	 * @param selection which examples they show if they are made of a data set
	 * @return the lanes, in need of a {@code reset}, to be closed
	 */
	public SimulatedLanes vectorEnvironment(int lanes, TaskSampler tasks, RandomStreams streams, View view,
			DataSet.Selection selection) {
		return new SimulatedLanes(environment, lanes, tasks, streams, view, selection);
	}
}
