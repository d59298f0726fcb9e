package org.headstart.engine.internal.catalog;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.headstart.api.environment.Dynamics;
import org.headstart.api.environment.Environment;
import org.headstart.api.environment.EnvironmentDescription;
import org.headstart.api.environment.ObservationPart;
import org.headstart.api.environment.Simulator;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskSet;
import org.headstart.api.environment.View;
import org.headstart.api.wrapper.Wrapper;

/** Makes the task families of environments, and checks that they are complete before any step runs. */
public final class TaskFamilies {

	private TaskFamilies() {}

	/**
	 * Makes a family.
	 *
	 * @param contribution the environment
	 * @param settings     of its own settings record
	 * @return a complete family
	 * @throws RefusedException            when the settings contradict each other
	 * @throws BrokenContributionException when it fails or is not complete
	 */
	@SuppressWarnings("unchecked") // the caller gives the contribution's own settings record
	public static TaskFamily of(Contribution<Environment<?>> contribution, Record settings) {
		TaskFamily family = contribution.call("create",
				() -> ((Environment<Record>) contribution.instance().get()).create(settings));
		require(contribution, !family.taskSets().isEmpty(), "the family has no task set");
		Set<String> names = new HashSet<>();
		for (TaskSet set : family.taskSets()) {
			require(contribution, set.name() != null && !set.name().isBlank(), "a task set has no name");
			require(contribution, names.add(set.name()), "two task sets are named '" + set.name() + "'");
			require(contribution, set.sampler() != null, "the task set '" + set.name() + "' has no sampler");
			require(contribution, set.description() != null, "the task set '" + set.name() + "' has no description");
			require(contribution, set.role() != null, "the task set '" + set.name() + "' has no role");
		}
		require(contribution, family.shape() != null, "the family has no bounds of its returns (shape is null)");
		look(contribution, family.environment());
		return family;
	}

	/**
	 * Wraps a family's environment. Its tasks stay the same ({@link TaskFamily#around}). A failure in its lanes carries the
	 * name of the failing contribution.
	 *
	 * @param family       the family, bare or wrapped
	 * @param innermost    the environment that the bare family comes from
	 * @param contribution the wrapper
	 * @param settings     of its own settings record
	 * @return the family around the wrapped environment
	 * @throws RefusedException            when the settings do not fit the family
	 * @throws BrokenContributionException when it fails or is not complete
	 */
	@SuppressWarnings("unchecked") // the caller gives the contribution's own settings record
	public static TaskFamily wrapped(TaskFamily family, Contribution<?> innermost, Contribution<Wrapper<?>> contribution, Record settings) {
		TaskFamily named = family.environment() instanceof NamedSimulator ? family
				: family.around(new NamedSimulator(Simulator.of(family.environment()), innermost));
		Simulator environment = contribution.call("wrap",
				() -> ((Wrapper<Record>) contribution.instance().get()).wrap(settings, named));
		look(contribution, environment);
		int count = environment.parameterCount();
		require(contribution, count == family.environment().parameterCount(), "the wrapped environment has " + count
				+ " parameters; the family has " + family.environment().parameterCount() + ", and a wrapper leaves tasks as they are");
		return family.around(new NamedSimulator(environment, contribution));
	}

	private static void look(Contribution<?> contribution, EnvironmentDescription environment) {
		if (environment instanceof Dynamics dynamics) {
			lookAtLaw(contribution, dynamics);
		}
		List<ObservationPart> parts = contribution.call("observationParts", environment::observationParts);
		require(contribution, parts.stream().noneMatch(part -> part == null), "observationParts holds null");
		contribution.call("observationParts", () -> View.PLAIN.observationSpace(environment));
		contribution.call("actionSpace", environment::actionSpace);
		List<?> outcomes = contribution.call("outcomes", environment::outcomes);
		require(contribution, !outcomes.stream().anyMatch(each -> each == null), "outcomes holds null");
		contribution.call("trace", environment::trace);
		int steps = contribution.call("maxEpisodeSteps", environment::maxEpisodeSteps);
		require(contribution, steps >= 1, "maxEpisodeSteps gives " + steps + "; an episode has at least 1 step");
	}

	private static void lookAtLaw(Contribution<?> contribution, Dynamics dynamics) {
		contribution.call("observationSpace", dynamics::observationSpace);
		List<ObservationPart> images = contribution.call("images", dynamics::images);
		require(contribution, images.stream().allMatch(image -> image != null && image.isBytes()),
				"images holds null, or a part of numbers");
		contribution.call("instance", dynamics::instance);
		int state = contribution.call("stateSize", dynamics::stateSize);
		require(contribution, state >= 0, "stateSize gives " + state);
	}

	private static void require(Contribution<?> contribution, boolean condition, String problem) {
		if (!condition) {
			throw new BrokenContributionException(contribution.origin() + ": " + problem, null);
		}
	}
}
