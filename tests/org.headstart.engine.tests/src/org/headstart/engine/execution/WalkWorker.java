package org.headstart.engine.execution;

import java.nio.file.Path;

/** A worker process of the walk experiment. */
final class WalkWorker {

	private WalkWorker() {
	}

	public static void main(String[] arguments) {
		System.out.print("a library prints without a line feed");
		System.exit(Worker.run(Path.of(arguments[0]), WalkExperiment::catalog, new LinearNetwork.Factory(), System.in,
				System.out));
	}
}
