package org.headstart.report.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.headstart.analysis.AnalysisSettings;
import org.headstart.analysis.ExperimentDesign;
import org.headstart.analysis.result.AcquisitionResult;
import org.headstart.analysis.result.AdaptationResult;
import org.headstart.analysis.result.TraceResult;
import org.headstart.analysis.section.AnalysedRun;
import org.headstart.analysis.section.Fact;
import org.headstart.api.environment.Trace;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;

/** Reports with simulated results. */
final class SampleReport {

	static final AnalysisSettings QUICK = AnalysisSettings.DEFAULT.withResamples(500, 200);

	private SampleReport() {}

	static RunReport of(int seeds, List<String> arms, List<String> targets) {
		List<AdaptationResult> results = new ArrayList<>();
		for (String target : targets) {
			for (String arm : arms) {
				for (int seed = 1; seed <= seeds; seed++) {
					RandomStream random = new RandomStreams(3).stream(target + arm + seed);
					double lift = arms.indexOf(arm) * 3;
					double[] steps = new double[11];
					double[] returns = new double[11];
					for (int i = 0; i < steps.length; i++) {
						steps[i] = 1000 * i;
						returns[i] = -20 + lift + 2 * i + random.nextGaussian();
					}
					results.add(new AdaptationResult(arm, target, seed, steps, returns,
							new TreeMap<>(Map.of(0, returns[0], 1, returns[1], 10, returns[5])), -21, arms.indexOf(arm) * 5000L, 12,
							10_000, 30.5));
				}
			}
		}
		return new RunReport("sample", "What it is for",
				new RunReport.Comparison(arms, null, targets, seeds, Double.NaN, ExperimentDesign.UNKNOWN),
				new AnalysedRun.Results(results, List.of(), List.of(), List.of()),
				new AnalysedRun.Origin(arms.stream().map(arm -> "scratch").toList(), List.of(new Fact("Java", "21")),
						"headstart: 1\nname: sample\n", "headstart run sample.experiment.yaml"),
				new RunReport.State(List.of(), List.of(), ""));
	}

	static RunReport of(int seeds) {
		return of(seeds, List.of("scratch", "fine-tune"), List.of("a", "b"));
	}

	static RunReport with(RunReport report, List<AdaptationResult> results, List<String> incomplete) {
		return new RunReport(report.name(), report.description(), report.comparison(),
				new AnalysedRun.Results(results, report.results().acquisitions(), report.results().traces(), report.results().outcomes()),
				report.origin(), new RunReport.State(incomplete, report.state().warnings(), report.state().created()));
	}

	/**
	 * Meta-learning: nothing is trained on the targets; trials of several episodes; an oracle; paths in the plane on the first
	 * target's family, rates over the steps on the last.
	 */
	static RunReport meta(int seeds) {
		List<String> arms = List.of("no memory", "rl2", "oracle");
		List<String> targets = List.of("points/test", "points/train", "rates/test");
		List<AdaptationResult> results = new ArrayList<>();
		List<AcquisitionResult> acquisitions = new ArrayList<>();
		List<TraceResult> traces = new ArrayList<>();
		for (int seed = 1; seed <= seeds; seed++) {
			for (int arm = 0; arm < arms.size(); arm++) {
				RandomStream random = new RandomStreams(4).stream(arms.get(arm) + seed);
				double[] steps = new double[21];
				double[] returns = new double[21];
				for (int i = 0; i < steps.length; i++) {
					steps[i] = 5000 * i;
					returns[i] = -40 + 28.0 * arm / 2 * (1 - Math.exp(-i / 5.0)) + random.nextGaussian();
				}
				acquisitions.add(new AcquisitionResult(List.of(arms.get(arm)), "points/train", seed, steps, returns));
				for (int target = 0; target < targets.size(); target++) {
					int episodes = target == 2 ? 1 : 3;
					double lift = (target == 1 ? 13.5 : 13) * arm + random.nextGaussian();
					double[] byEpisode = new double[episodes == 1 ? 0 : episodes];
					for (int k = 0; k < byEpisode.length; k++) {
						byEpisode[k] = (-40 + lift) / 3 + (arm == 1 ? 4 * (k - 1) : 0) + 0.3 * random.nextGaussian();
					}
					Map<String, Double> outcomes = new LinkedHashMap<>();
					outcomes.put(target == 2 ? "accuracy" : "final-distance", 0.5 + 0.2 * arm + 0.02 * random.nextGaussian());
					if (target == 2) {
						outcomes.put("final-loss", 2 - 0.8 * arm + 0.1 * random.nextGaussian());
					}
					results.add(new AdaptationResult(arms.get(arm), targets.get(target), seed, new double[] {0},
							new double[] {-40 + lift}, new TreeMap<>(Map.of(0, -40 + lift)), -60, 100_000, 40, 0, 0.5, outcomes,
							byEpisode, List.of()));
					if (seed == 1 && target != 1) {
						traces.add(
								target == 0 ? paths(arms.get(arm), targets.get(target), arm) : rates(arms.get(arm), targets.get(target)));
					}
				}
			}
		}
		ExperimentDesign design = new ExperimentDesign(List.of(new ExperimentDesign.Target("points/test", "points", "test", true, true),
				new ExperimentDesign.Target("points/train", "points", "train", true, false),
				new ExperimentDesign.Target("rates/test", "rates", "test", true, true)), Set.of("oracle"));
		return new RunReport("meta", "Agents that infer the task",
				new RunReport.Comparison(arms, null, targets, seeds, Double.NaN, design),
				new AnalysedRun.Results(results, acquisitions, traces,
						List.of(new Fact("final-distance", "Distance to the goal at the end"),
								new Fact("accuracy", "Accuracy on the test images (share)"))),
				new AnalysedRun.Origin(arms.stream().map(arm -> "rl2").toList(), List.of(), "headstart: 1\nname: meta\n", ""),
				new RunReport.State(List.of(), List.of(), ""));
	}

	private static TraceResult paths(String arm, String target, int skill) {
		List<TraceResult.Episode> episodes = new ArrayList<>();
		for (int trial = 1; trial <= 4; trial++) {
			RandomStream random = new RandomStreams(5).stream("path " + trial);
			double angle = trial * 1.4;
			for (int episode = 1; episode <= 2; episode++) {
				double[] steps = new double[31];
				double[][] values = new double[4][31];
				for (int i = 0; i < steps.length; i++) {
					double along = Math.min(1, i / 20.0) * (skill == 0 ? 0.3 : skill == 1 && episode == 1 ? 0.6 : 1);
					double bend = skill == 1 && episode == 1 ? Math.sin(i / 4.0) : 0;
					steps[i] = i;
					values[0][i] = 10 * along * Math.cos(angle + bend) + 0.2 * random.nextGaussian();
					values[1][i] = 10 * along * Math.sin(angle + bend) + 0.2 * random.nextGaussian();
					values[2][i] = 10 * Math.cos(angle);
					values[3][i] = 10 * Math.sin(angle);
				}
				episodes.add(new TraceResult.Episode(trial, episode, steps, values));
			}
		}
		return new TraceResult(arm, target, 1, new Trace(Trace.Kind.PLANE, List.of("x", "y", "goal-x", "goal-y")), episodes);
	}

	private static TraceResult rates(String arm, String target) {
		List<TraceResult.Episode> episodes = new ArrayList<>();
		for (int trial = 1; trial <= 8; trial++) {
			RandomStream random = new RandomStreams(6).stream(arm + trial);
			double[] steps = new double[21];
			double[][] values = new double[2][21];
			for (int i = 0; i < steps.length; i++) {
				steps[i] = i;
				values[0][i] = i == 0 ? Double.NaN : 0.01 * Math.pow(10, -Math.floor(2 * i / 20.0 + random.nextDouble()));
				values[1][i] = 2.3 * Math.exp(-i / 8.0) * (1 + 0.1 * random.nextDouble());
			}
			episodes.add(new TraceResult.Episode(trial, 1, steps, values));
		}
		return new TraceResult(arm, target, 1, new Trace(Trace.Kind.OVER_STEPS_LOGARITHMIC, List.of("learning-rate", "loss")),
				episodes);
	}
}
