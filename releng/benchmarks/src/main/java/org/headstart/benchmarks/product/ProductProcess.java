package org.headstart.benchmarks.product;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command of the product, from the start of its process to its exit. */
final class ProductProcess {

	private static final long HOURS = 2;
	private static final int LINES_SHOWN = 20;

	private final String command;
	private final Path log;
	private final Process process;
	private final long start;
	private long end;

	/**
	 * Starts the command.
	 *
	 * @param script    the product's script
	 * @param log       gets what it prints
	 * @param gc        the folder for the garbage collection logs of its processes, named by their number; null for none
	 * @param arguments the command
	 */
	ProductProcess(Path script, Path log, Path gc, List<String> arguments) throws IOException {
		List<String> words = new ArrayList<>(List.of(script.toString()));
		words.addAll(arguments);
		command = String.join(" ", words);
		this.log = log;
		ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile());
		// this process's own options are none of the product's
		builder.environment().remove("HEADSTART_JAVA_OPTS");
		if (gc != null) {
			// workers are started with the options of the run
			builder.environment().put("HEADSTART_JAVA_OPTS", "-Xlog:gc,gc+heap+exit:file=" + gc.resolve("%p.log"));
		}
		start = System.nanoTime();
		process = builder.start();
	}

	/** Waits for the exit; throws when the command fails. */
	void await() throws IOException, InterruptedException {
		if (!process.waitFor(HOURS, TimeUnit.HOURS)) {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
			throw new IOException(command + " did not end within " + HOURS + " hours");
		}
		end = System.nanoTime();
		if (process.exitValue() != 0) {
			List<String> lines = Files.readAllLines(log);
			throw new IOException(command + " ended with exit code " + process.exitValue() + ":\n"
					+ String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size())));
		}
	}

	double seconds() {
		return (end - start) * 1e-9;
	}

	Process process() {
		return process;
	}
}
