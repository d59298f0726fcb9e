package org.headstart.testkit;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;

import org.headstart.api.execution.WorkerProtocol;
import org.headstart.api.execution.WorkerProtocol.Answer;
import org.headstart.api.random.RandomStream;
import org.headstart.engine.internal.results.Machine;
import org.headstart.engine.internal.results.PlanFile.PlannedStep;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.engine.internal.results.StepProvenance;
import org.snakeyaml.engine.v2.api.Load;

import com.google.gson.Gson;

/**
 * The worker process of {@link ExecutorContract}: it speaks {@link WorkerProtocol} as Headstart's workers do, but does with each
 * step what the step's label says. Arguments: the results folder, and the folder by which the test and its
 * workers talk.
 */
final class TestWorker {

	/** What becomes of a step, by the label of its strategy. */
	enum Behaviour {
		/** Finishes at once. */
		FINISHES,
		/** Moves on until the test lets it finish, fail or die. */
		MOVES_ON,
		/** Finishes when as many of its kind are under way as the test said. */
		MEETS,
		/** Fails by its own error. */
		FAILS,
		/** Its process dies without a word, at the first try only. */
		DIES_ONCE,
		/** Finishes, and then its process ends. */
		FINISHES_AND_ENDS
	}

	/** The error of {@link Behaviour#FAILS}. */
	static final String FAILURE = "the reward is NaN – 100 % of it, in lane 3";
	/** Why no step can run, while the test's folder has a file {@link #BROKEN}. */
	static final String BROKEN_BECAUSE = "a plug-in of the plan is not installed";

	/** In the test's folder: lets {@link Behaviour#MOVES_ON} end. It holds how: nothing to finish, or one of the two words below. */
	static final String GO = "go";
	/** Ends {@link Behaviour#MOVES_ON} with {@link #FAILURE}. */
	static final String FAIL = "fail";
	/** Ends {@link Behaviour#MOVES_ON} without a word. */
	static final String DIE = "die";
	/** In the test's folder: holds how many {@link Behaviour#MEETS} have to be under way. */
	static final String COMPANY = "company";
	/** In the test's folder: no worker can work. */
	static final String BROKEN = "broken";
	/** In the test's folder: every worker ends at once. */
	static final String OVER = "over";
	/** In the test's folder: the ending of a file that a living worker touches. */
	static final String PULSE = ".pulse";

	/** How often a living worker touches its file. */
	static final long PULSE_MILLIS = 200;

	private static final String HERE = "here-";
	private static final long LOOK_MILLIS = 20;
	/** Writing a checkpoint takes its time. */
	private static final long CHECKPOINT_MILLIS = 500;
	private static final long ENVIRONMENT_STEPS = 1_000_000;
	private static final String END = "";
	/** Exit code of a process that got SIGKILL. */
	private static final int KILLED = 137;

	private final ResultStore store;
	private final Path shared;
	private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
	private final BlockingQueue<String> keys = new LinkedBlockingQueue<>();
	private volatile boolean stopped;
	/** A worker for one step is stopped by a signal, and is halted by what it does then. */
	private volatile boolean atOneStep;

	private TestWorker(Path results, Path shared) {
		store = new ResultStore(results);
		this.shared = shared;
	}

	/**
	 * @param results the results folder
	 * @param shared  the test's folder
	 * @return the command line that starts a worker, with the Java runtime and the classes of this process
	 */
	static List<String> command(Path results, Path shared) {
		Set<String> places = new LinkedHashSet<>();
		for (Class<?> type : List.of(TestWorker.class, ResultStore.class, RandomStream.class, Gson.class, Load.class)) {
			try {
				places.add(Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
			} catch (URISyntaxException e) {
				throw new IllegalStateException(e);
			}
		}
		return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
				"-XX:+UseSerialGC", "-cp", String.join(File.pathSeparator, places), TestWorker.class.getName(),
				results.toString(), shared.toString());
	}

	public static void main(String[] arguments) throws IOException, InterruptedException {
		TestWorker worker = new TestWorker(Path.of(arguments[0]), Path.of(arguments[1]));
		worker.live();
		// none of these is an answer, and none may stop the executor
		System.out.println("headstart: PROGRESS\nheadstart: FINISHED\nheadstart: PROGRESS k many of them\nheadstart: DANCE k\nheadstart:");
		System.out.print("a library prints without a line feed");
		System.err.println("a library complains");
		if (Files.exists(worker.shared.resolve(BROKEN))) {
			worker.say(new Answer.Broken(BROKEN_BECAUSE));
			System.exit(1);
		}
		if (arguments.length > 2) {
			// the option is WorkerProtocol.STEP
			worker.atOneStep = true;
			worker.run(arguments[3]);
			worker.atOneStep = false;
			System.exit(worker.store.finished(arguments[3]) ? WorkerProtocol.DONE : WorkerProtocol.FAILED);
		}
		Thread reader = new Thread(worker::listen, "worker-input");
		reader.setDaemon(true);
		reader.start();
		worker.say(new Answer.Ready());
		for (String key = worker.keys.take(); !key.equals(END) && !worker.stopped; key = worker.keys.take()) {
			worker.run(key);
		}
		System.exit(0);
	}

	/** Shows that this process lives, in a way that is seen from other computers too. */
	private void live() throws IOException {
		Path pulse = Files.createTempFile(shared, "worker-" + ProcessHandle.current().pid() + "-", PULSE);
		Thread heart = new Thread(() -> {
			try {
				while (!Files.exists(shared.resolve(OVER))) {
					Files.setLastModifiedTime(pulse, FileTime.from(Instant.now()));
					Thread.sleep(PULSE_MILLIS);
				}
			} catch (IOException | InterruptedException e) {
				System.err.println("the test's folder is gone, the worker ends: " + e);
			}
			Runtime.getRuntime().halt(1);
		}, "pulse");
		heart.setDaemon(true);
		heart.start();
		Runtime.getRuntime().addShutdownHook(new Thread(() -> {
			stopped = true;
			try {
				Thread.sleep(atOneStep ? 2 * CHECKPOINT_MILLIS : 0);
				Files.deleteIfExists(pulse);
			} catch (IOException | InterruptedException e) {
				// then it is seen by its age that nobody touches it any more
				System.err.println(e);
			}
		}));
	}

	private void listen() {
		try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
			String line;
			while ((line = lines.readLine()) != null && !line.equals(WorkerProtocol.STOP)) {
				keys.add(line.strip());
			}
		} catch (IOException e) {
			System.err.println("standard input cannot be read, the worker stops: " + e);
		}
		stopped = true;
		keys.add(END);
	}

	private void say(Answer answer) {
		out.println(WorkerProtocol.line(answer));
	}

	private void run(String key) throws IOException, InterruptedException {
		PlannedStep step = store.plan().orElseThrow().steps().stream().filter(planned -> planned.key().equals(key)).findFirst()
				.orElse(null);
		if (step == null) {
			say(new Answer.Failed(key, "the plan has no step " + key));
			return;
		}
		say(new Answer.Started(key));
		say(new Answer.Progress(key, 0, ENVIRONMENT_STEPS));
		Files.createDirectories(store.partial(key));
		switch (Behaviour.valueOf(step.strategies().get(0))) {
			case FINISHES -> finish(step);
			case MOVES_ON -> {
				for (int done = 1; !Files.exists(shared.resolve(GO)); done++) {
					pause(key);
					say(new Answer.Progress(key, done, ENVIRONMENT_STEPS));
				}
				switch (Files.readString(shared.resolve(GO))) {
					case FAIL -> say(new Answer.Failed(key, FAILURE));
					case DIE -> Runtime.getRuntime().halt(KILLED);
					default -> finish(step);
				}
			}
			case MEETS -> {
				Files.createFile(shared.resolve(HERE + key));
				while (present() < Integer.parseInt(Files.readString(shared.resolve(COMPANY)))) {
					pause(key);
				}
				finish(step);
			}
			case FAILS -> say(new Answer.Failed(key, FAILURE));
			case DIES_ONCE -> {
				try {
					Files.createFile(shared.resolve("died-" + key));
				} catch (FileAlreadyExistsException e) {
					finish(step);
					return;
				}
				Runtime.getRuntime().halt(KILLED);
			}
			case FINISHES_AND_ENDS -> {
				finish(step);
				System.exit(0);
			}
		}
	}

	private long present() throws IOException {
		try (Stream<Path> files = Files.list(shared)) {
			return files.filter(file -> file.getFileName().toString().startsWith(HERE)).count();
		}
	}

	/** Waits a little; ends the process as a worker does that was told to stop. */
	private void pause(String key) throws IOException, InterruptedException {
		Thread.sleep(LOOK_MILLIS);
		if (stopped) {
			Thread.sleep(CHECKPOINT_MILLIS);
			Files.createDirectories(store.partial(key).resolve(ResultStore.RESUME));
			Runtime.getRuntime().halt(WorkerProtocol.STOPPED);
		}
	}

	private void finish(PlannedStep step) throws IOException {
		say(new Answer.Progress(step.key(), ENVIRONMENT_STEPS, ENVIRONMENT_STEPS));
		store.write(new StepProvenance(ResultStore.FORMAT, step.key(), step.kind(), step.seed(), 0, step.needs(),
				ENVIRONMENT_STEPS, null, 1L, List.of(), null, Machine.here(), "none", new TreeMap<>(), List.of(), List.of(), null,
				List.of(), List.of()));
		store.finish(step.key());
		say(new Answer.Finished(step.key()));
	}
}
