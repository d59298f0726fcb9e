package org.headstart.strategies.maml;

import org.headstart.api.settings.Setting;

/**
 * Settings of {@link Maml}.
 *
 * @param initialisation         how the parameters that adaptation begins with come about
 * @param metaGradient           what is differentiated through the inner steps
 * @param innerLayers            what an inner step changes
 * @param innerSteps             inner steps of a trial in training
 * @param outerEpisodes          whose return the outer update raises
 * @param innerRate              α
 * @param laterRateFactor        on α, for all inner steps but the first
 * @param metaBatch              tasks of an update
 * @param trajectories           episodes of each for an inner step
 * @param evaluationTrajectories the same, when judged
 * @param seesTask               whether the agent is shown the task
 * @param gamma                  discount
 * @param gaeLambda              λ
 * @param learningRate           Adam's, of the outer update
 * @param schedule               what becomes of it
 * @param epochs                 passes over the tasks in an outer update
 * @param tasksPerStep           tasks of one gradient step
 * @param clip                   ε of the outer surrogate
 * @param maxGradientNorm        bound on the meta-gradient's norm
 * @param initialLogStd          first logarithm of the standard deviations
 */
public record MamlSettings(
		@Setting(value = "What adaptation begins with: meta (MAML), joint (one policy trained on all tasks without adaptation), or "
				+ "random (a fresh policy; the sources are not used)", byDefault = "meta") Initialisation initialisation,
		@Setting(value = "Meta-gradient: exact, with the second derivatives of the inner steps, or first-order, without them",
				byDefault = "exact") MetaGradient metaGradient,
		@Setting(value = "What an inner step changes: all parameters, or the last layer's (ANIL)",
				byDefault = "all") InnerLayers innerLayers,
		@Setting(value = "Inner steps of a trial in training; when judged, there is one between any two episodes of a trial",
				byDefault = "1", min = 1, max = 100, plausibleMax = 50) int innerSteps,
		@Setting(value = "Episodes of a trial that the outer update makes better: the last one, as in the paper, or all that are "
				+ "played after an inner step, in equal shares (adapted)", byDefault = "last") OuterEpisodes outerEpisodes,
		@Setting(value = "Step size of an inner step; with 0 nothing adapts", byDefault = "0.5", min = 0, max = 1000,
				plausibleMax = 100) double innerRate,
		@Setting(value = "Factor on the step size of all inner steps of a trial but the first", byDefault = "0.5", min = 0,
				max = 1) double laterRateFactor,
		@Setting(value = "Tasks of an outer update", byDefault = "20", min = 1, max = 10_000) int metaBatch,
		@Setting(value = "Episodes of each task, side by side, that an inner step is made from in training",
				byDefault = "20", min = 1, max = 10_000) int trajectories,
		@Setting(value = "The same when the agent is judged", byDefault = "40", min = 1, max = 10_000) int evaluationTrajectories,
		@Setting(value = "Show the agent the task's parameters: the oracle, which need not adapt", byDefault = "false") boolean seesTask,
		@Setting(value = "Discount of future rewards", byDefault = "0.99", min = 0, max = 1, plausibleMin = 0.1) double gamma,
		@Setting(value = "λ of generalised advantage estimation: 0 trusts the baseline, 1 the returns", byDefault = "1", min = 0,
				max = 1) double gaeLambda,
		@Setting(value = "Adam's learning rate in the outer update", byDefault = "2e-3", min = 0, max = 10, plausibleMin = 1e-8,
				plausibleMax = 1) double learningRate,
		@Setting(value = "Learning rate over the planned steps: constant, or linear down to 0", byDefault = "linear") Schedule schedule,
		@Setting(value = "Passes over the tasks in an outer update", byDefault = "5", min = 1, max = 1000, plausibleMax = 100) int epochs,
		@Setting(value = "Tasks of one gradient step in the outer update; at most meta-batch", byDefault = "5", min = 1,
				max = 10_000) int tasksPerStep,
		@Setting(value = "How far from 1 the ratio of new to old probability still pays off in the outer update", byDefault = "0.2",
				min = 1e-6, max = 1, plausibleMin = 0.01) double clip,
		@Setting(value = "Bound on the norm of the meta-gradient; 0: none", byDefault = "0.5", min = 0,
				plausibleMax = 1e6) double maxGradientNorm,
		@Setting(value = "First log standard deviation of continuous actions, in units in which the bounds are -1 and 1",
				byDefault = "-0.5", min = -10, max = 5) double initialLogStd) {

	/** How the parameters that adaptation begins with come about. */
	public enum Initialisation {
		/** Trained so that they adapt well. */
		META,
		/** Trained on all tasks without adaptation. */
		JOINT,
		/** Not trained. */
		RANDOM
	}

	/** What is differentiated. */
	public enum MetaGradient {
		/** The inner steps with their second derivatives. */
		EXACT,
		/** The inner steps taken for constants. */
		FIRST_ORDER
	}

	/** Whose return the outer update raises. */
	public enum OuterEpisodes {
		/** The last one's. */
		LAST,
		/** That of each that follows an inner step (the multi-step loss of Antoniou et al. 2019, "How to train your MAML"). */
		ADAPTED
	}

	/** What an inner step changes. */
	public enum InnerLayers {
		/** All parameters. */
		ALL,
		/** The policy's head and standard deviations. */
		LAST
	}

	/** What becomes of the learning rate over the planned steps. */
	public enum Schedule {
		/** It stays. */
		CONSTANT,
		/** It goes down to 0 on a straight line. */
		LINEAR;

		double factor(long steps, long plannedSteps) {
			return this == CONSTANT || plannedSteps <= 0 ? 1 : Math.max(0, 1 - (double) steps / plannedSteps);
		}
	}

	/**
	 * Checks what one setting alone cannot know.
	 *
	 * @throws IllegalArgumentException when settings contradict each other
	 */
	public MamlSettings {
		if (tasksPerStep > metaBatch) {
			throw new IllegalArgumentException("tasks-per-step (" + tasksPerStep + ") is more than an update has: meta-batch is "
					+ metaBatch);
		}
		if (outerEpisodes == OuterEpisodes.ADAPTED && (initialisation != Initialisation.META || innerSteps == 1)) {
			throw new IllegalArgumentException("outer-episodes: adapted is the last one with inner-steps: 1 and with initialisation: "
					+ "joint or random; leave it out");
		}
		if (initialisation != Initialisation.META && metaGradient != MetaGradient.EXACT) {
			throw new IllegalArgumentException("meta-gradient: first-order does nothing with initialisation: joint or random, "
					+ "where no inner step is trained");
		}
	}

	/** @return how many episodes of a trial the outer update is made from */
	int outerEpisodeCount() {
		return outerEpisodes == OuterEpisodes.ADAPTED ? Math.max(1, trainedInnerSteps()) : 1;
	}

	/** @return inner steps of a trial in training, 0 unless adaptation is trained */
	int trainedInnerSteps() {
		return initialisation == Initialisation.META ? innerSteps : 0;
	}

	/**
	 * @param step which inner step of a trial, from 0
	 * @return its size
	 */
	double innerRate(int step) {
		return step == 0 ? innerRate : innerRate * laterRateFactor;
	}
}
