package org.headstart.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.engine.analysis.AdaptationResult;
import org.headstart.engine.analysis.AnalysisSettings;

/** Reports with simulated results. */
final class SampleReport {

	static final AnalysisSettings QUICK = AnalysisSettings.DEFAULT.withResamples(500, 200);

	private SampleReport() {
	}

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
		return new RunReport("sample", "What it is for", "headstart: 1\nname: sample\n",
				arms.stream().map(arm -> new RunReport.Arm(arm, "scratch")).toList(), null, targets, seeds, Double.NaN, results,
				List.of(new RunReport.Row("Java", "21")), List.of(), List.of(), "headstart run sample.experiment.yaml", "");
	}

	static RunReport of(int seeds) {
		return of(seeds, List.of("scratch", "fine-tune"), List.of("a", "b"));
	}

	static RunReport with(RunReport report, List<AdaptationResult> results, List<String> incomplete) {
		return new RunReport(report.name(), report.description(), report.experimentText(), report.arms(), report.baseline(),
				report.targets(), report.seeds(), report.threshold(), results, report.provenance(), incomplete, report.warnings(),
				report.reproduce(), report.created());
	}
}
