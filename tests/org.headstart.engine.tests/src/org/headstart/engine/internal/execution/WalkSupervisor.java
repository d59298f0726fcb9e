package org.headstart.engine.internal.execution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.headstart.engine.internal.experiment.ExperimentReader;
import org.headstart.engine.internal.plan.Planner;
import org.headstart.engine.internal.results.RunStatus;

/** A supervisor process of the walk experiment: arguments are the experiment file, the results folder, and jobs. */
final class WalkSupervisor {

	private WalkSupervisor() {}

	public static void main(String[] arguments) throws IOException {
		RunOutcome outcome = ExperimentRun.run(request(Files.readString(Path.of(arguments[0])), Path.of(arguments[1]),
				Integer.parseInt(arguments[2]), new CancelToken()), SILENT);
		System.exit(outcome.state() == RunStatus.RunState.FINISHED ? 0 : 1);
	}

	static final RunListener SILENT = new RunListener() {
		@Override
		public void progress(RunStatus status) {
			// read from the folder
		}

		@Override
		public void note(String message) {
			System.err.println(message);
		}
	};

	static RunRequest request(String text, Path results, int jobs, CancelToken cancel, String... properties) {
		ExperimentReader.Reading reading = WalkExperiment.reading(text);
		List<String> command = new ArrayList<>(JavaProcess.command(WalkWorker.class, results.toString()));
		for (String property : properties) {
			command.add(1, "-D" + property);
		}
		for (String name : new String[] {WalkDynamics.SLOWNESS}) {
			if (System.getProperty(name) != null) {
				command.add(1, "-D" + name + "=" + System.getProperty(name));
			}
		}
		return new RunRequest(Planner.plan(reading.experiment().orElseThrow(), WalkExperiment.catalog()), reading.frozenText(),
				results, WalkExperiment.catalog(), jobs, command, false, cancel);
	}
}
