package org.headstart.environments.optimization.rate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.headstart.api.environment.ReferenceAlgorithm;
import org.headstart.api.environment.ReferenceSite;
import org.headstart.api.learner.Policy;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;

/** Reference algorithms for comparison: schedules that do not depend on the losses, and hindsight. */
final class RateReferences {

	private static final int PROBLEMS = 16;

	/** The inputs that determine the result of a search. */
	private record Search(LearningRateControlSettings settings, int problems, long seed, boolean openLoop) {}

	/** Schedules found so far, since policies of an algorithm are made more than once and the search is long. */
	private static final Map<Search, int[]> FOUND = new ConcurrentHashMap<>();

	private RateReferences() {}

	/** @return the reference algorithms of a family */
	static List<ReferenceAlgorithm> of(LearningRateControlSettings settings) {
		List<Double> rates = settings.rates();
		List<ReferenceAlgorithm> references = new ArrayList<>();
		for (int i = 0; i < rates.size(); i++) {
			int action = i;
			references.add(new ReferenceAlgorithm("constant-" + text(rates.get(i)), "The rate " + text(rates.get(i))
					+ " throughout", "", Double.NaN, false,
					(lanes, site) -> (observations, actions) -> Arrays.fill(actions.index, action)));
		}
		references.add(new ReferenceAlgorithm("random", "A uniformly drawn rate for each iteration", "", Double.NaN, false,
				(lanes, site) -> random(rates.size(), lanes, site.streams())));
		references.add(new ReferenceAlgorithm("best-constant",
				"Hindsight: runs each training with every constant rate beforehand and takes the rate with the smallest sum of losses; "
						+ "costs " + rates.size() + " trainings more for each",
				"", Double.NaN, false,
				(lanes, site) -> new BestConstantRate(lanes, site)));
		references.add(new ReferenceAlgorithm("open-loop",
				"The best schedule that does not depend on the losses, found on training problems by coordinate search over pairs of "
						+ "iterations, at most " + ScheduleSearch.PASSES + " passes, all schedules on the same problems",
				"problems", PROBLEMS, false, (lanes, site) -> schedule(found(settings, problems(site.parameter()), true, site))));
		references.add(new ReferenceAlgorithm("cosine",
				"Half a cosine wave from a top rate down to 0, each time with the nearest rate by logarithm; without a given "
						+ "top rate, the best rate on " + PROBLEMS + " training problems",
				"top-rate", Double.NaN, false, (lanes, site) -> schedule(Double.isNaN(site.parameter())
						? found(settings, PROBLEMS, false, site)
						: cosine(topRate(site.parameter()), rates, settings.iterations()))));
		return references;
	}

	private static int problems(double parameter) {
		if (parameter != Math.rint(parameter) || parameter < 1 || parameter > 4096) {
			throw new IllegalArgumentException("open-loop searches on a whole number of problems, from 1 to 4096, not "
					+ parameter);
		}
		return (int) parameter;
	}

	private static double topRate(double parameter) {
		if (!(parameter > 0)) {
			throw new IllegalArgumentException("cosine's top rate must be positive, not " + parameter);
		}
		return parameter;
	}

	private static int[] found(LearningRateControlSettings settings, int problems, boolean openLoop,
			ReferenceSite site) {
		return FOUND.computeIfAbsent(new Search(settings, problems, site.streams().seed(), openLoop), search -> {
			ScheduleSearch schedules = new ScheduleSearch(site, problems);
			return openLoop ? schedules.openLoop() : schedules.cosine(settings.rates());
		});
	}

	/** A number as people write it, for example 1e-4. */
	static String text(double rate) {
		String text = String.format(Locale.ROOT, "%.3e", rate);
		String mantissa = text.substring(0, text.indexOf('e')).replaceAll("\\.?0+$", "");
		return mantissa + 'e' + Integer.parseInt(text.substring(text.indexOf('e') + 1));
	}

	private static Policy random(int rates, int lanes, RandomStreams streams) {
		RandomStream[] random = new RandomStream[lanes];
		for (int lane = 0; lane < lanes; lane++) {
			random[lane] = streams.stream("rates/lane-" + lane);
		}
		return (observations, actions) -> {
			for (int lane = 0; lane < actions.index.length; lane++) {
				actions.index[lane] = random[lane].nextInt(rates);
			}
		};
	}

	/** Plays a schedule; the observation's first number gives the iteration. */
	private static Policy schedule(int[] schedule) {
		return (environment, actions) -> {
			float[] observations = environment.observations();
			int stride = environment.observationSpace().rowSize();
			for (int lane = 0; lane < actions.index.length; lane++) {
				actions.index[lane] = schedule[Math.round(observations[lane * stride] * schedule.length)];
			}
		};
	}

	/** @return for each iteration the rate nearest to the cosine's, by logarithm */
	static int[] cosine(double top, List<Double> rates, int iterations) {
		int[] schedule = new int[iterations];
		for (int i = 0; i < iterations; i++) {
			double rate = top * (1 + StrictMath.cos(Math.PI * i / iterations)) / 2;
			double least = Double.POSITIVE_INFINITY;
			for (int action = 0; action < rates.size(); action++) {
				double away = Math.abs(StrictMath.log(rates.get(action) / rate));
				if (away < least) {
					least = away;
					schedule[i] = action;
				}
			}
		}
		return schedule;
	}
}
