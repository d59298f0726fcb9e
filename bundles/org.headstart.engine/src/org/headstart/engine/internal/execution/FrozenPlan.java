package org.headstart.engine.internal.execution;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;

import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.experiment.ExperimentReader;
import org.headstart.engine.internal.plan.Plan;
import org.headstart.engine.internal.plan.Planner;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.engine.internal.results.ResultsException;

/** Plans the frozen experiment of a results folder again, with the installed contributions. */
public final class FrozenPlan {

	private FrozenPlan() {}

	/**
	 * Reads the frozen experiment and plans it.
	 *
	 * @param store   the results folder
	 * @param catalog the contributions
	 * @return the plan; its keys are those of the folder's plan as long as the code is the same
	 * @throws ResultsException when there is no experiment, or it cannot be run with these contributions
	 * @throws IOException      when it cannot be read
	 */
	public static Plan read(ResultStore store, Catalog catalog) throws IOException {
		ExperimentReader.Reading reading =
				ExperimentReader.read(store.experimentText(), store.experimentFile().toString(), catalog, Map.of());
		if (reading.experiment().isEmpty()) {
			throw new ResultsException("the experiment frozen in " + store.folder() + " cannot be run here:\n"
					+ reading.problems().stream().map(Object::toString).collect(Collectors.joining("\n")));
		}
		return Planner.plan(reading.experiment().get(), catalog);
	}
}
