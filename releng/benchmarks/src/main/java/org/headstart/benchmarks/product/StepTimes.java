package org.headstart.benchmarks.product;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.headstart.engine.internal.results.ResultStore;
import org.headstart.engine.internal.results.RunStatus;
import org.headstart.engine.internal.results.RunStatus.StepStatus;

/**
 * What the steps of a run took. The time is that of the run's own clock, from its beginning to its last step, so the start of the
 * workers counts and the report does not.
 *
 * @param environmentSteps environment steps of training
 * @param seconds          wall time
 * @param processorSeconds processor time of the steps
 */
record StepTimes(long environmentSteps, double seconds, double processorSeconds) {

	/** So long that the start of a worker and the warming up of its JVM (3 s of processor time) count little. */
	private static final int STEPS = 1_000_000;

	/** Runs PPO on cart-pole with some seeds: steps that do not depend on each other. */
	static StepTimes independent(Path script, Path folder, int seeds, int jobs, int round)
			throws IOException, InterruptedException {
		Path results = folder.resolve("throughput-" + jobs + "-" + round);
		new ProductProcess(script, folder.resolve(results.getFileName() + ".log"), null,
				List.of("run", "cart-pole-ppo", "--seeds", Integer.toString(seeds), "--set", "target.0.steps=" + STEPS, "--jobs",
						Integer.toString(jobs), "--out", results.toString(), "--fresh"))
				.await();
		return of(results);
	}

	/** Reads them from a results folder. */
	static StepTimes of(Path results) throws IOException {
		ResultStore store = new ResultStore(results);
		RunStatus status = store.status().orElseThrow();
		double processorSeconds = 0;
		for (StepStatus step : status.steps()) {
			processorSeconds += store.timing(step.key()).processorSeconds();
		}
		return new StepTimes(status.progress().environmentStepsDone(),
				Duration.between(Instant.parse(status.supervisor().started()), Instant.parse(status.supervisor().heartbeat())).toMillis()
						* 1e-3,
				processorSeconds);
	}

	double stepsPerSecond() {
		return environmentSteps / seconds;
	}

	/** How many processors the steps really had: less than the workers when others wanted them too. */
	double processors() {
		return processorSeconds / seconds;
	}

	double processorSecondsPerStep() {
		return processorSeconds / environmentSteps;
	}
}
