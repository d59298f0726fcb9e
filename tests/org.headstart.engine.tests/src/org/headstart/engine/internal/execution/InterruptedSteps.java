package org.headstart.engine.internal.execution;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.CancellationException;

import org.headstart.engine.internal.plan.Step;
import org.headstart.engine.internal.results.ResultStore;

/** Runs the steps of a plan, each cancelled and resumed again and again, after more environment steps each time. */
final class InterruptedSteps {

	/** Environment steps by which an attempt is longer than the one before, so that even the longest evaluation ends at last. */
	private static final int LONGER = 37;

	private InterruptedSteps() {}

	/** Counts how often it is looked at, which is once in every vector step. */
	private static final class CancelAfter extends CancelToken {

		private int left;

		CancelAfter(int looks) {
			left = looks;
		}

		@Override
		public boolean isCancelled() {
			return left-- <= 0;
		}
	}

	/** Returns how often steps were interrupted. */
	static int run(RunRequest request) throws IOException {
		ResultStore store = new ResultStore(request.results());
		Files.createDirectories(store.folder().resolve("steps"));
		int interruptions = 0;
		for (Step step : request.plan().steps()) {
			for (int looks = 5; !store.finished(step.key()); looks += LONGER) {
				try {
					new StepRunner(store, request.plan(), request.catalog()).run(step.key(), StepRunnerTest.DEAF,
							new CancelAfter(looks));
				} catch (CancellationException e) {
					interruptions++;
				}
			}
		}
		return interruptions;
	}
}
