package org.headstart.product;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A headless product, started through its script as a user does: the one that the build materialised, or the one whose script the
 * system property {@code headstart.script} names.
 */
public final class HeadstartProcess implements AutoCloseable {

	private static final Path SCRIPT = System.getProperty("headstart.script") != null
			? Path.of(System.getProperty("headstart.script")).toAbsolutePath()
			: Path.of(System.getProperty("headstart.products"), "headstart", "linux", "gtk", "x86_64", "headstart");
	private static final Duration PATIENCE = Duration.ofMinutes(5);

	/**
	 * What became of a process.
	 *
	 * @param code     exit code
	 * @param out      standard output
	 * @param err      standard error
	 * @param duration from start to exit
	 */
	public record Outcome(int code, String out, String err, Duration duration) {

		@Override
		public String toString() {
			return "exit code " + code + " after " + duration.toMillis() + " ms\n--- out\n" + out + "--- err\n" + err;
		}
	}

	private final Process process;
	private final Path out;
	private final Path err;
	private final long started = System.nanoTime();

	private HeadstartProcess(Process process, Path out, Path err) {
		this.process = process;
		this.out = out;
		this.err = err;
	}

	/** Starts a command. */
	public static HeadstartProcess start(Path folder, Map<String, String> environment, String... arguments) throws IOException {
		Path out = Files.createTempFile("headstart-out", ".txt");
		Path err = Files.createTempFile("headstart-err", ".txt");
		// A build that itself runs in the background of a shell ignores SIGINT, and so would its children.
		List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT", SCRIPT.toString()));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectOutput(out.toFile())
				.redirectError(err.toFile());
		builder.environment().remove("HEADSTART_PLUGINS");
		builder.environment().putAll(environment);
		Process process = builder.start();
		process.getOutputStream().close();
		return new HeadstartProcess(process, out, err);
	}

	/** Runs a command to its end. */
	public static Outcome run(Path folder, String... arguments) throws IOException, InterruptedException {
		return run(folder, Map.of(), arguments);
	}

	/** Runs a command to its end. */
	static Outcome run(Path folder, Map<String, String> environment, String... arguments)
			throws IOException, InterruptedException {
		try (HeadstartProcess started = start(folder, environment, arguments)) {
			return started.await();
		}
	}

	public Outcome await() throws IOException, InterruptedException {
		if (!ends(PATIENCE)) {
			throw new IOException("does not end: " + kill());
		}
		return outcome();
	}

	/** Waits for the end for some time; whether it has come. */
	public boolean ends(Duration within) throws InterruptedException {
		return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
	}

	/** Kills the process and all that it started. */
	public Outcome kill() throws IOException, InterruptedException {
		close(process);
		process.waitFor();
		return outcome();
	}

	private Outcome outcome() throws IOException {
		return new Outcome(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8),
				Files.readString(err, StandardCharsets.UTF_8), Duration.ofNanos(System.nanoTime() - started));
	}

	/** Sends a signal, for example {@code INT}. */
	void signal(String name) throws IOException, InterruptedException {
		signal(process.toHandle(), name);
	}

	/** The folder of the product's bundles. */
	public static Path plugins() {
		return SCRIPT.resolveSibling("plugins");
	}

	/** The process itself. */
	public ProcessHandle handle() {
		return process.toHandle();
	}

	/** Sends a signal, for example {@code INT}. */
	public static void signal(ProcessHandle process, String name) throws IOException, InterruptedException {
		new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start().waitFor();
	}

	/** The processes that it started. */
	public List<ProcessHandle> workers() {
		return process.descendants().toList();
	}

	/** Processor time of the process and of those that it started and that live. */
	public Duration processorTime() {
		return Stream.concat(Stream.of(handle()), process.descendants())
				.map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO)).reduce(Duration.ZERO, Duration::plus);
	}

	private static void close(Process process) {
		process.descendants().forEach(ProcessHandle::destroyForcibly);
		process.destroyForcibly();
	}

	@Override
	public void close() {
		close(process);
		try {
			Files.deleteIfExists(out);
			Files.deleteIfExists(err);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
