package org.headstart.engine.internal.execution;

import java.nio.file.Path;

import org.headstart.api.execution.WorkerProtocol;

/** A worker process of the walk experiment: of many steps, or with the option and a key behind the folder of one. */
final class WalkWorker {

	private WalkWorker() {}

	public static void main(String[] arguments) {
		System.out.print("a library prints without a line feed");
		if (arguments.length > 1 && arguments[1].equals(WorkerProtocol.STEP)) {
			System.exit(Worker.step(Path.of(arguments[0]), WalkExperiment::catalog, new LinearNetwork.Factory(), arguments[2],
					System.out));
		}
		System.exit(Worker.run(Path.of(arguments[0]), WalkExperiment::catalog, new LinearNetwork.Factory(), System.in,
				System.out));
	}
}
