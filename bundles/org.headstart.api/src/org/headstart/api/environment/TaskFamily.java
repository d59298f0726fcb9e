package org.headstart.api.environment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

import org.headstart.api.random.RandomStreams;

/**
 * Tasks that differ in their parameters ω, and the environment that they share. Immutable and thread-safe.
 *
 * @param environment its {@link Dynamics}, or a {@link Simulator} with lanes of its own
 * @param parameters descriptions of the components of ω, in order
 * @param taskSets    the named sets; the first is the default source, and names are unique
 * @param shape the known bounds of the returns
 * @param references  algorithms to compare learned agents with; names are unique
 * @param dataSets    examples, by name of a task set; sets without examples have no entry
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
				throw new IllegalArgumentException(
						"an example has the observations of the lanes, and its label is an action; the examples of '" + set
								+ "' show " + dataSet.inputs() + dataSet.labels().map(labels -> " with " + labels).orElse(""));
			}
		}
	}

	private static boolean fits(DataSet dataSet, EnvironmentDescription environment) {
		return dataSet.inputs().equals(View.PLAIN.observationSpace(environment))
				&& dataSet.labels().map(environment.actionSpace()::equals).orElse(true);
	}

	/**
	 * Makes a family without examples.
	 *
	 * @param environment its {@link Dynamics}, or a {@link Simulator} with lanes of its own
	 * @param parameters descriptions of the components of ω, in order
	 * @param taskSets    the named sets
	 * @param shape the known bounds of the returns
	 * @param references  algorithms to compare learned agents with
	 */
	public TaskFamily(EnvironmentDescription environment, List<ParameterGroup> parameters, List<TaskSet> taskSets, ReturnShape shape,
			List<ReferenceAlgorithm> references) {
		this(environment, parameters, taskSets, shape, references, Map.of());
	}

	/**
	 * Makes a family without reference algorithms and examples.
	 *
	 * @param environment its {@link Dynamics}, or a {@link Simulator} with lanes of its own
	 * @param parameters descriptions of the components of ω, in order
	 * @param taskSets    the named sets
	 * @param shape the known bounds of the returns
	 */
	public TaskFamily(EnvironmentDescription environment, List<ParameterGroup> parameters, List<TaskSet> taskSets, ReturnShape shape) {
		this(environment, parameters, taskSets, shape, List.of());
	}

	/**
	 * Makes a family whose tasks are drawn from ranges, with the sets of {@link ParameterSplits}. Without parameters it has
	 * one task.
	 *
	 * @param environment its dynamics, or a simulator
	 * @param lowest      lower bound of an episode's return; may be −∞
	 * @param highest     upper bound of an episode's return; may be +∞
	 * @param parameters  the components of ω
	 * @return the family
	 * @throws IllegalArgumentException when the splits overlap; the message names the parameter
	 */
	public static TaskFamily sampled(EnvironmentDescription environment, double lowest, double highest, Parameter... parameters) {
		ParameterSplits splits = new ParameterSplits(List.of(parameters));
		return new TaskFamily(environment, splits.parameters(), splits.taskSets(), new ReturnShape(lowest, highest, Double.NaN));
	}

	/**
	 * Makes a family whose tasks are labelled data sets, which its lanes show. An episode has one step: it shows an example,
	 * drawn uniformly, and the action is the agent's label for it. The reward is 1 for the right class, the share of right
	 * classes if there are several choices, or minus the mean squared error of a vector. Lanes to learn in show the training
	 * examples, lanes to judge in the test examples. ω is the number of the data set.
	 *
	 * @param tasks the data sets, with equal inputs and labels; the first is the default source
	 * @return the family
	 * @throws IllegalArgumentException when a data set has no labels, or when the data sets have different inputs or labels;
	 *                                  the message says which
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
	 * @param role        the purpose of the task; an adaptation uses its training examples
	 * @param dataSet     its examples
	 */
	public record LabelledTask(String name, String description, TaskRole role, DataSet dataSet) {}

	/**
	 * This family with examples beside its lanes, labelled or not.
	 *
	 * @param offered the examples, by name of a task set; they have the observations of the lanes, and their labels are
	 *                actions
	 * @return the family
	 */
	public TaskFamily withDataSets(Map<String, DataSet> offered) {
		return new TaskFamily(environment, parameters, taskSets, shape, references, offered);
	}

	/**
	 * The same tasks in a wrapped environment. Reference algorithms are removed, since they rely on the unwrapped
	 * environment; examples stay if they have the observations of the wrapped one.
	 *
	 * @param other the wrapped environment
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
	 * @param range   the distribution of its values
	 * @param nominal its value in the unvaried task, for example Earth's gravity; NaN if there is none. Ignored for a fixed
	 *                range, whose value is the nominal one
	 */
	public record Parameter(String name, String unit, ParameterRange range, double nominal) {

		/**
		 * Makes a pure number without a nominal value.
		 *
		 * @param name  in kebab case
		 * @param range the distribution of its values
		 */
		public Parameter(String name, ParameterRange range) {
			this(name, "", range, Double.NaN);
		}
	}

	/** @return the names of the components of ω; unique */
	public List<String> parameterNames() {
		return ParameterGroup.names(parameters);
	}

	/** @return the parameters of the unvaried task, [components]; NaN for groups without a nominal value */
	public double[] nominal() {
		return parameters.stream().flatMapToDouble(group -> DoubleStream.generate(group::nominal).limit(group.size())).toArray();
	}

	/**
	 * The known bounds of an episode's return.
	 *
	 * @param lowest  lower bound of an episode's return; may be −∞
	 * @param highest upper bound of an episode's return; may be +∞
	 * @param solved  the mean return at which the task counts as solved; NaN when there is no such convention
	 */
	public record ReturnShape(double lowest, double highest, double solved) {}

	/**
	 * Finds a task set.
	 *
	 * @param name its name
	 * @return the set
	 * @throws IllegalArgumentException when there is no such set; the message lists the sets
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
	 * Finds a reference algorithm.
	 *
	 * @param name its name
	 * @return the algorithm
	 * @throws IllegalArgumentException when there is no such algorithm; the message lists the algorithms
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
	 * @return the lanes; the caller resets them before the first step and closes them
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
	 * @param view    what the lanes show, and how long they stay on a task
	 * @return the lanes; the caller resets them before the first step and closes them
	 */
	public SimulatedLanes vectorEnvironment(int lanes, TaskSampler tasks, RandomStreams streams, View view) {
		return new SimulatedLanes(environment, lanes, tasks, streams, view);
	}

	/**
	 * Makes lanes to learn in or to judge in; the two differ only for lanes made of a data set.
	 *
	 * @param lanes     how many; a multiple of the lanes that share a task
	 * @param tasks     draws each trial's task
	 * @param streams   the root of the lanes' randomness
	 * @param view      what the lanes show, and how long they stay on a task
	 * @param selection the examples that the lanes show if they are made of a data set
	 * @return the lanes; the caller resets them before the first step and closes them
	 */
	public SimulatedLanes vectorEnvironment(int lanes, TaskSampler tasks, RandomStreams streams, View view,
			DataSet.Selection selection) {
		return new SimulatedLanes(environment, lanes, tasks, streams, view, selection);
	}
}
