package org.headstart.environments.classic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.ParameterGroup;
import org.headstart.api.environment.ParameterRange;
import org.headstart.api.environment.ParameterRange.Interval;
import org.headstart.api.environment.ParameterSplits;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskRole;
import org.headstart.api.environment.TaskSampler;
import org.headstart.api.environment.TaskSet;

/**
 * The physical parameters ω of a family: their ranges in each split, the resulting task sets, and the components of ω that
 * the agent observes. The components of ω have the order of the given parameters.
 *
 * <p><b>Task sets.</b> When every parameter is fixed there is one task and one set, {@code default}. Otherwise:
 * {@code train}; {@code default}, with every fixed parameter at its value and every other one at Gymnasium's value;
 * {@code validation} and {@code test} when they differ from {@code train} ({@link ParameterSplits}).
 *
 * <p><b>Shown context.</b> Every parameter that is not fixed is one component of the observation, scaled so that the hull of
 * the training intervals is [−1, 1]; a value outside of it (extrapolation) exceeds [−1, 1]. If training has a single value
 * c, the component is the relative change (ω − c)/|c|, or ω itself where c is 0.
 */
final class PhysicalContext {

	/**
	 * One parameter.
	 *
	 * @param name      its key in the settings
	 * @param unit      the setting's unit
	 * @param gymnasium Gymnasium's value
	 * @param range     the distribution of its values
	 * @param lowest    lowest meaningful value in the equations
	 * @param highest   highest value with which the equations can be integrated
	 */
	record Parameter(String name, String unit, double gymnasium, ParameterRange range, double lowest, double highest) {}

	private final List<Parameter> parameters;
	private final List<ParameterGroup> groups;
	private final List<TaskSet> taskSets;
	/** Indices into ω of the components that are shown. */
	private final int[] shown;
	private final double[] centre;
	private final double[] scale;

	/**
	 * Checks the parameters and derives the rest.
	 *
	 * @param visibility whether the varying parameters are shown
	 * @param parameters the parameters
	 * @throws IllegalArgumentException when a value makes no physical sense or splits overlap; the message names the key
	 */
	PhysicalContext(ContextVisibility visibility, Parameter... parameters) {
		this.parameters = List.of(parameters);
		for (Parameter parameter : parameters) {
			checkPhysics(parameter);
		}
		ParameterSplits splits = new ParameterSplits(this.parameters.stream()
				.map(each -> new TaskFamily.Parameter(each.name(), each.unit(), each.range(), each.gymnasium())).toList());
		groups = splits.parameters().stream().map(PhysicalContext::withDefault).toList();
		taskSets = taskSets(splits.taskSets());
		shown = visibility == ContextVisibility.HIDDEN ? new int[0] : varying();
		centre = new double[shown.length];
		scale = new double[shown.length];
		for (int i = 0; i < shown.length; i++) {
			double low = splits.trainLow(shown[i]);
			double high = splits.trainHigh(shown[i]);
			centre[i] = (low + high) / 2;
			double size = high > low ? (high - low) / 2 : Math.abs(low);
			scale[i] = size > 0 ? 1 / size : 1;
		}
	}

	/** @return the number of components of ω */
	int size() {
		return parameters.size();
	}

	/** Extends a group's range to the nominal value, which the task set {@code default} may use outside of the splits' ranges. */
	private static ParameterGroup withDefault(ParameterGroup group) {
		return ParameterGroup.scalar(group.name(), group.unit(), Math.min(group.low(), group.nominal()),
				Math.max(group.high(), group.nominal()), group.nominal());
	}

	/** @return the descriptions of the components of ω */
	List<ParameterGroup> groups() {
		return groups;
	}

	/** @return the task sets, the default source first */
	List<TaskSet> taskSets() {
		return taskSets;
	}

	/**
	 * The observation space with the shown context behind the state's components.
	 *
	 * @param low  bounds of the state's components
	 * @param high bounds of the state's components
	 * @return the space
	 */
	BoxSpace observationSpace(float[] low, float[] high) {
		float[] lows = Arrays.copyOf(low, low.length + shown.length);
		float[] highs = Arrays.copyOf(high, high.length + shown.length);
		for (int i = 0; i < shown.length; i++) {
			Parameter parameter = parameters.get(shown[i]);
			double lowest = parameter.gymnasium();
			double highest = parameter.gymnasium();
			for (Interval interval : everySplit(parameter.range())) {
				lowest = Math.min(lowest, interval.low());
				highest = Math.max(highest, interval.high());
			}
			lows[low.length + i] = scaled(i, lowest);
			highs[high.length + i] = scaled(i, highest);
		}
		return new BoxSpace(lows, highs);
	}

	/**
	 * Writes the shown context.
	 *
	 * @param omega             the tasks
	 * @param omegaOffset       where the task begins
	 * @param observation       receives it
	 * @param observationOffset where the shown context begins, after the state's components
	 */
	void observe(double[] omega, int omegaOffset, float[] observation, int observationOffset) {
		for (int i = 0; i < shown.length; i++) {
			observation[observationOffset + i] = scaled(i, omega[omegaOffset + shown[i]]);
		}
	}

	private float scaled(int component, double value) {
		return (float) ((value - centre[component]) * scale[component]);
	}

	private static void checkPhysics(Parameter parameter) {
		for (Interval interval : everySplit(parameter.range())) {
			if (interval.low() < parameter.lowest() || interval.high() > parameter.highest()) {
				throw new IllegalArgumentException(parameter.name() + " must lie in [" + parameter.lowest() + ", "
						+ parameter.highest() + "], but " + interval + " is set");
			}
		}
	}

	private static List<Interval> everySplit(ParameterRange range) {
		List<Interval> all = new ArrayList<>(range.train());
		all.addAll(range.validation());
		all.addAll(range.test());
		return all;
	}

	private int[] varying() {
		int[] varying = new int[parameters.size()];
		int count = 0;
		for (int i = 0; i < varying.length; i++) {
			if (!parameters.get(i).range().isFixed()) {
				varying[count++] = i;
			}
		}
		return Arrays.copyOf(varying, count);
	}

	/** Inserts the default set after the training set. */
	private List<TaskSet> taskSets(List<TaskSet> splits) {
		double[] standard = groups.stream().mapToDouble(ParameterGroup::nominal).toArray();
		if (varying().length == 0) {
			return splits;
		}
		TaskRole role = splits.stream().filter(set -> set.contains().test(standard)).map(TaskSet::role).findFirst().orElse(TaskRole.TRAIN);
		List<TaskSet> sets = new ArrayList<>(splits);
		sets.add(1, new TaskSet("default", "one task: parameters that vary have Gymnasium's values, the others their settings", role,
				TaskSampler.fixed(standard), omega -> Arrays.equals(omega, standard)));
		return List.copyOf(sets);
	}
}
