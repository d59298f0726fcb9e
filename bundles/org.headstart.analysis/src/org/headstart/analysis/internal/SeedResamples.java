package org.headstart.analysis.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import org.headstart.analysis.Aggregate;
import org.headstart.analysis.AnalysisSettings;
import org.headstart.analysis.result.AdaptationResult;
import org.headstart.api.random.RandomStreams;

/**
 * The resamples of seeds that all figures of an analysis share, drawn by target and set of seeds: arms that ran the same seeds
 * get the same resamples, which pairs them seed by seed; arms that did not get independent ones.
 */
final class SeedResamples {

	private final AnalysisSettings settings;
	private final RandomStreams streams = new RandomStreams(0).under("seeds");
	private final Map<String, Resamples> drawn = new HashMap<>();

	SeedResamples(AnalysisSettings settings) {
		this.settings = settings;
	}

	RandomStreams streams() {
		return streams;
	}

	static List<Integer> seeds(List<AdaptationResult> of) {
		return of.stream().map(AdaptationResult::seed).toList();
	}

	/** Resamples of some runs on a target, for a figure of a table or for a point of a curve. */
	Resamples draws(List<AdaptationResult> of, String target, int resamples) {
		return named(of, settings.wholeSeeds() ? "all targets" : "target " + target, resamples);
	}

	/** Resamples of the same seeds on every target, whatever the settings: for differences between targets. */
	Resamples acrossTargets(List<AdaptationResult> of, int resamples) {
		return named(of, "all targets", resamples);
	}

	private Resamples named(List<AdaptationResult> of, String what, int resamples) {
		String name = what + "/" + seeds(of);
		return drawn.computeIfAbsent(resamples + " " + name, key -> Resamples.draw(streams.stream(name), resamples, of.size()));
	}

	/** The interquartile mean over seeds of a figure of each run. */
	Sample interquartileMean(List<AdaptationResult> of, String target, ToDoubleFunction<AdaptationResult> figure) {
		double[] values = of.stream().mapToDouble(figure).toArray();
		return new Sample(Aggregate.interquartileMean(values),
				values.length < 2 ? null : draws(of, target, settings.resamples()).interquartileMeans(values), values.length);
	}
}
