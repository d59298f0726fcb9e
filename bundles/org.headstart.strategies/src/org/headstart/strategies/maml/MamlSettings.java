package org.headstart.strategies.maml;

import org.headstart.api.settings.Setting;

/**
 * Settings of {@link Maml}.
 *
 * @param initialisation         how the initial parameters of an adaptation are trained
 * @param metaGradient           whether second derivatives of the inner steps are used
 * @param innerLayers            the parameters that an inner step changes
 * @param innerSteps             inner steps of a trial in training
 * @param outerEpisodes          the episodes whose returns the outer update raises
 * @param innerRate              α
 * @param laterRateFactor        factor on α for all inner steps but the first
 * @param metaBatch              number of tasks in an update
 * @param trajectories           episodes of each task for an inner step
 * @param evaluationTrajectories the same number in evaluations
 * @param seesTask               whether the agent is shown the task
 * @param gamma                  discount
 * @param gaeLambda              λ
 * @param learningRate           Adam's learning rate in the outer update
 * @param schedule               the schedule of this learning rate
 * @param epochs                 passes over the tasks in an outer update
 * @param tasksPerStep           tasks of one gradient step
 * @param clip                   ε of the outer surrogate
 * @param maxGradientNorm        bound on the meta-gradient's norm
 * @param initialLogStd          initial logarithm of the standard deviations
 */
public record MamlSettings(
		@Setting(value = "Initial parameters of an adaptation: meta (MAML), joint (one policy trained on all tasks without adaptation), or "
				+ "random (a fresh policy; the sources are not used)", byDefault = "meta") Initialisation initialisation,
		@Setting(value = "Meta-gradient: exact, with the second derivatives of the inner steps, or first-order, without them",
				byDefault = "exact") MetaGradient metaGradient,
		@Setting(value = "Parameters that an inner step changes: all, or those of the last layer (ANIL)",
				byDefault = "all") InnerLayers innerLayers,
		@Setting(value = "Inner steps of a trial in training; in an evaluation there is one between any two episodes of a trial",
				byDefault = "1", min = 1, max = 100, plausibleMax = 50) int innerSteps,
		@Setting(value = "Episodes of a trial whose returns the outer update raises: the last one, as in the paper, or, with equal "
				+ "weights, all that follow an inner step (adapted)", byDefault = "last") OuterEpisodes outerEpisodes,
		@Setting(value = "Step size of an inner step; 0: no adaptation", byDefault = "0.5", min = 0, max = 1000,
				plausibleMax = 100) double innerRate,
		@Setting(value = "Factor on the step size of all inner steps of a trial but the first", byDefault = "0.5", min = 0,
				max = 1) double laterRateFactor,
		@Setting(value = "Tasks of an outer update", byDefault = "20", min = 1, max = 10_000) int metaBatch,
		@Setting(value = "Parallel episodes of each task for an inner step in training",
				byDefault = "20", min = 1, max = 10_000) int trajectories,
		@Setting(value = "Parallel episodes of each task for an inner step in evaluations", byDefault = "40", min = 1,
				max = 10_000) int evaluationTrajectories,
		@Setting(value = "Show the agent the task's parameters: the oracle, which need not adapt", byDefault = "false") boolean seesTask,
		@Setting(value = "Discount of future rewards", byDefault = "0.99", min = 0, max = 1, plausibleMin = 0.1) double gamma,
		@Setting(value = "λ of generalised advantage estimation: 0 trusts the baseline, 1 the returns", byDefault = "1", min = 0,
				max = 1) double gaeLambda,
		@Setting(value = "Adam's learning rate in the outer update", byDefault = "2e-3", min = 0, max = 10, plausibleMin = 1e-8,
				plausibleMax = 1) double learningRate,
		@Setting(value = "Schedule of the learning rate over the planned steps: constant, or linear down to 0",
				byDefault = "linear") Schedule schedule,
		@Setting(value = "Passes over the tasks in an outer update", byDefault = "5", min = 1, max = 1000, plausibleMax = 100) int epochs,
		@Setting(value = "Tasks of one gradient step in the outer update; at most meta-batch", byDefault = "5", min = 1,
				max = 10_000) int tasksPerStep,
		@Setting(value = "Clip range of the ratio of new to old probability around 1 in the outer update", byDefault = "0.2",
				min = 1e-6, max = 1, plausibleMin = 0.01) double clip,
		@Setting(value = "Bound on the norm of the meta-gradient; 0: none", byDefault = "0.5", min = 0,
				plausibleMax = 1e6) double maxGradientNorm,
		@Setting(value = "Initial log standard deviation of continuous actions, scaled so that their bounds are -1 and 1",
				byDefault = "-0.5", min = -10, max = 5) double initialLogStd) {

	/** The training of the initial parameters of an adaptation. */
	public enum Initialisation {
		/** Trained by MAML. */
		META,
		/** Trained on all tasks without adaptation. */
		JOINT,
		/** Not trained. */
		RANDOM
	}

	/** The derivatives in the meta-gradient. */
	public enum MetaGradient {
		/** Inner steps are differentiated with their second derivatives. */
		EXACT,
		/** Inner steps are treated as constants. */
		FIRST_ORDER
	}

	/** The episodes whose returns the outer update raises. */
	public enum OuterEpisodes {
		/** The last one. */
		LAST,
		/** Each that follows an inner step (the multi-step loss of Antoniou et al. 2019, "How to train your MAML"). */
		ADAPTED
	}

	/** The parameters that an inner step changes. */
	public enum InnerLayers {
		/** All parameters. */
		ALL,
		/** The policy's head and standard deviations. */
		LAST
	}

	/** The schedule of the learning rate over the planned steps. */
	public enum Schedule {
		/** It is constant. */
		CONSTANT,
		/** It decreases linearly to 0. */
		LINEAR;

		double factor(long steps, long plannedSteps) {
			return this == CONSTANT || plannedSteps <= 0 ? 1 : Math.max(0, 1 - (double) steps / plannedSteps);
		}
	}

	/**
	 * Checks the settings against each other.
	 *
	 * @throws IllegalArgumentException when settings contradict each other
	 */
	public MamlSettings {
		if (tasksPerStep > metaBatch) {
			throw new IllegalArgumentException("tasks-per-step (" + tasksPerStep + ") exceeds the tasks of an update: meta-batch is "
					+ metaBatch);
		}
		if (outerEpisodes == OuterEpisodes.ADAPTED && (initialisation != Initialisation.META || innerSteps == 1)) {
			throw new IllegalArgumentException("outer-episodes: adapted is the same as last with inner-steps: 1, and with initialisation: "
					+ "joint or random; leave it out");
		}
		if (initialisation != Initialisation.META && metaGradient != MetaGradient.EXACT) {
			throw new IllegalArgumentException("meta-gradient: first-order has no effect with initialisation: joint or random, "
					+ "which train no inner step");
		}
	}

	/** @return the number of a trial's episodes in the outer update */
	int outerEpisodeCount() {
		return outerEpisodes == OuterEpisodes.ADAPTED ? Math.max(1, trainedInnerSteps()) : 1;
	}

	/** @return inner steps of a trial in training, 0 unless adaptation is trained */
	int trainedInnerSteps() {
		return initialisation == Initialisation.META ? innerSteps : 0;
	}

	/**
	 * @param step index of an inner step in its trial, from 0
	 * @return its size
	 */
	double innerRate(int step) {
		return step == 0 ? innerRate : innerRate * laterRateFactor;
	}
}
