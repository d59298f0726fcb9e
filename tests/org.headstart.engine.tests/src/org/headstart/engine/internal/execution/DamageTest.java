package org.headstart.engine.internal.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.headstart.analysis.internal.Results;
import org.headstart.engine.internal.plan.Plan;
import org.headstart.engine.internal.plan.Step;
import org.headstart.engine.internal.results.DurableFiles;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.engine.internal.results.ResultsException;
import org.headstart.engine.internal.results.RunStatus.RunState;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every kind of damage to every entry of a results folder. Who reads it names the entry or does without it, and ends; running again
 * gives the bytes of a run that nothing happened to.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class DamageTest {

	private static final String TEXT = WalkExperiment.text(1, 60, "  - {id: scratch}\n  - {id: keeping}").replace("greedy: false",
			"greedy: false, trials: true");
	private static final String PRECIOUS = "not of this folder";
	/** Of how many entries each damage strikes one, where not all are struck. */
	private static final int SHARE = 4;
	private static final Pattern KEY = Pattern.compile("[0-9a-f]{32}");

	@TempDir
	static Path temp;
	private static Plan plan;
	/** A finished run with one more step under way. */
	private static ResultStore reference;
	private static ResultStore whole;

	/** What happens to an entry. */
	enum Damage {
		DELETED, FOLDER, FILE, LINK_OUT, DANGLING, LOOP, ZEROS, PIPE, SPARSE, EMPTY, TRUNCATED, FLIPPED, NOISE, NULL, NUMBER, LIST, NESTED,
		EMPTY_OBJECT, MISSING_FIELD, HUGE_NUMBER, LEADING_OUT;

		void strike(Path place, Path precious) throws IOException, InterruptedException {
			boolean folder = Files.isDirectory(place);
			byte[] bytes = folder ? new byte[0] : Files.readAllBytes(place);
			String text = new String(bytes, StandardCharsets.ISO_8859_1);
			DurableFiles.delete(place);
			switch (this) {
				case DELETED -> {
					// that was it
				}
				case FOLDER -> Files.writeString(Files.createDirectory(place).resolve("inner"), "x");
				case FILE -> Files.writeString(place, "a file");
				case LINK_OUT -> Files.createSymbolicLink(place, precious);
				case DANGLING -> Files.createSymbolicLink(place, precious.resolveSibling("nowhere"));
				case LOOP -> Files.createSymbolicLink(place, place);
				case ZEROS -> Files.createSymbolicLink(place, Path.of("/dev/zero"));
				case PIPE -> assertEquals(0, new ProcessBuilder("mkfifo", place.toString()).inheritIO().start().waitFor());
				case SPARSE -> {
					try (RandomAccessFile file = new RandomAccessFile(place.toFile(), "rw")) {
						file.setLength(3L << 30);
					}
				}
				case EMPTY -> Files.createFile(place);
				case TRUNCATED -> Files.write(place, Arrays.copyOf(bytes, bytes.length / 2));
				case FLIPPED -> {
					if (bytes.length > 0) {
						bytes[bytes.length / 2] ^= 4;
					}
					Files.write(place, bytes);
				}
				case NOISE -> Files.write(place, new byte[] {-1, 0, 27, -128, 7, '{', -2});
				case NULL -> Files.writeString(place, "null");
				case NUMBER -> Files.writeString(place, "1e999");
				case LIST -> Files.writeString(place, "[null, [1], {}]");
				case NESTED -> Files.writeString(place, "{\"steps\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}");
				case EMPTY_OBJECT -> Files.writeString(place, "{}");
				case MISSING_FIELD -> Files.writeString(place, text.replaceFirst("\"(steps|attempts|machine)\"", "\"other\""),
						StandardCharsets.ISO_8859_1);
				case HUGE_NUMBER -> Files.writeString(place, text.replaceFirst(": [0-9.]+,", ": 99999999999999999999999,"),
						StandardCharsets.ISO_8859_1);
				case LEADING_OUT -> Files.writeString(place, text + "0".repeat(64) + "  ../../../precious\n",
						StandardCharsets.ISO_8859_1);
			}
		}

		boolean suits(boolean folder) {
			return folder ? compareTo(PIPE) <= 0 && this != FOLDER : this != FILE;
		}
	}

	@BeforeAll
	static void run() throws IOException {
		plan = WalkExperiment.plan(TEXT);
		whole = new ResultStore(temp.resolve("whole"));
		run(whole);
		reference = new ResultStore(temp.resolve("reference"));
		run(reference);
		Step last = plan.steps().get(plan.steps().size() - 1);
		reference.discard(last.key());
		CancelToken cancel = new CancelToken();
		WalkDynamics.COUNTDOWN.set(new WalkDynamics.Countdown(30, cancel::cancel));
		try {
			new StepRunner(reference, plan, WalkExperiment.catalog(), new LinearNetwork.Factory()).run(last.key(),
					new Notes(), cancel);
		} catch (CancellationException e) {
			assertTrue(Files.exists(reference.partial(last.key()).resolve(ResultStore.RESUME).resolve("checkpoint.bin")));
		} finally {
			WalkDynamics.COUNTDOWN.remove();
		}
		Files.writeString(reference.workerLog(), "words of a worker\n");
	}

	private static final class Notes implements StepListener {

		@Override
		public void progress(long done, long all) {
			// nobody watches
		}

		@Override
		public void note(String message) {
			// what is damaged is said
		}
	}

	private static RunOutcome run(ResultStore store) throws IOException {
		return ExperimentRun.run(WalkSupervisor.request(TEXT, store.folder(), 0, new CancelToken()), WalkSupervisor.SILENT,
				new LinearNetwork.Factory());
	}

	/** One entry of each kind, by its path within the folder. */
	private static List<String> entries() throws IOException {
		Set<String> kinds = new HashSet<>();
		try (Stream<Path> paths = Files.walk(reference.folder())) {
			return paths.map(path -> reference.folder().relativize(path).toString()).filter(name -> !name.isEmpty()).sorted()
					.filter(name -> kinds.add(KEY.matcher(name).replaceAll("KEY"))).toList();
		}
	}

	@Test
	void theReferenceHasWhatResultsHave() throws IOException {
		String entries = String.join(" ", entries());
		for (String name : List.of("experiment.yaml", "plan.json", "run.json", "workers.log", "steps", "step.json", "metrics.csv",
				"trials.csv", "artefacts/weights.npy", "log.txt", "timing.json", "SHA256SUMS", "checkpoint/final/knowledge.bin", ".partial",
				"resume/checkpoint.bin", "resume/chunks-0/replay-0")) {
			assertTrue(entries.contains(name), name + " in " + entries);
		}
	}

	/** Each damage and each entry is among them, but not each damage to each entry. */
	@ParameterizedTest
	@EnumSource
	void readersEndAndNameItAndARunMakesItGood(Damage damage) throws IOException, InterruptedException {
		List<String> entries = entries();
		strike(damage, IntStream.range(0, entries.size()).filter(entry -> entry % SHARE == damage.ordinal() % SHARE)
				.mapToObj(entries::get).toList());
	}

	@Tag("nightly")
	@ParameterizedTest
	@EnumSource
	void soItIsWithEveryDamageToEveryEntry(Damage damage) throws IOException, InterruptedException {
		strike(damage, entries());
	}

	private static void strike(Damage damage, List<String> entries) throws IOException, InterruptedException {
		List<String> faults = new ArrayList<>();
		for (String entry : entries) {
			if (!damage.suits(Files.isDirectory(reference.folder().resolve(entry)))) {
				continue;
			}
			ResultStore store = new ResultStore(temp.resolve("case").resolve("results"));
			Files.createDirectories(store.folder().getParent());
			DurableFiles.copy(reference.folder(), store.folder());
			Path precious = Files.writeString(store.folder().resolveSibling("precious"), PRECIOUS);
			Path place = store.folder().resolve(entry);
			byte[] before = Files.isRegularFile(place) ? Files.readAllBytes(place) : null;
			damage.strike(place, precious);
			boolean changed = before == null || damage == Damage.SPARSE || !Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)
					|| !Arrays.equals(before, Files.readAllBytes(place));
			read(store, entry, changed, faults);
			try {
				RunOutcome outcome = run(store);
				assertEquals(RunState.FINISHED, outcome.state(), () -> entry + ": " + outcome.status().notes());
				for (Step step : plan.steps()) {
					assertEquals(StepFolders.contents(whole, step.key()), StepFolders.contents(store, step.key()), entry);
					assertTrue(Files.isRegularFile(store.step(step.key()).resolve(ResultStore.TIMING), LinkOption.NOFOLLOW_LINKS), entry);
				}
				assertEquals(List.of(), Results.read(store.folder()).problems(), entry);
				assertEquals(RunState.FINISHED, store.status().orElseThrow().state());
				assertEquals(PRECIOUS, Files.readString(precious), entry + ": written through a link");
			} catch (IOException | RuntimeException | AssertionError e) {
				faults.add("run with " + entry + ": " + e);
			}
			DurableFiles.delete(store.folder().getParent());
		}
		assertEquals(List.of(), faults);
	}

	private static void read(ResultStore store, String entry, boolean changed, List<String> faults) {
		attempt("report", entry, faults, () -> {
			Results results = Results.read(store.folder());
			Results.traces(store.folder(), new ArrayList<>());
			if (changed && entry.matches("steps/" + KEY + "/(step.json|metrics.csv)")
					&& results.problems().isEmpty() && Files.exists(store.folder().resolve(entry), LinkOption.NOFOLLOW_LINKS)) {
				faults.add("report with " + entry + " says nothing");
			}
			for (String problem : results.problems()) {
				if (!problem.contains(Path.of(entry).getFileName().toString()) && !problem.contains("SHA256SUMS")) {
					faults.add("report with " + entry + " names something else: " + problem);
				}
			}
		});
		attempt("status", entry, faults, store::status);
		attempt("experiment", entry, faults, store::experimentText);
		for (Step step : plan.steps()) {
			store.damage(step.key());
			attempt("metrics", entry, faults, () -> store.metrics(step.key()));
			attempt("timing", entry, faults, () -> store.timing(step.key()));
		}
		Matcher key = KEY.matcher(entry);
		String step = key.find() ? key.group() : plan.steps().get(0).key();
		attempt("play", entry, faults, () -> Playback.of(store, FrozenPlan.read(store, WalkExperiment.catalog()), step,
				WalkExperiment.catalog(), new LinearNetwork.Factory()));
		attempt("reproduce", entry, faults, () -> {
			boolean same = Reproduction.of(store, step, WalkExperiment.catalog(), new LinearNetwork.Factory(), new Notes(),
					new CancelToken()).same();
			if (same && changed && entry.matches("steps/" + KEY + "(/.*)?") && !entry.endsWith(ResultStore.TIMING)) {
				faults.add("reproduce with " + entry + " finds the damaged step the same");
			}
		});
	}

	/** Reads something. */
	private interface Reading {
		void read() throws IOException;
	}

	/** A message for people, or none. */
	private static void attempt(String reader, String entry, List<String> faults, Reading reading) {
		try {
			reading.read();
		} catch (ResultsException e) {
			Matcher key = KEY.matcher(entry);
			if (!e.getMessage().contains(Path.of(entry).getFileName().toString()) && !(key.find() && e.getMessage().contains(key.group()))
					&& !e.getMessage().contains("SHA256SUMS") && !e.getMessage().contains("is not finished")
					&& !e.getMessage().contains(plan.steps().get(0).key())) {
				faults.add(reader + " with " + entry + " names something else: " + e.getMessage());
			}
		} catch (IOException | RuntimeException | Error e) {
			faults.add(reader + " with " + entry + ": " + e);
		}
	}

	/** Somebody wrote another step's provenance, and its checksum. */
	@Test
	void aStepThatIsRecordedAsAnotherIsRefusedAndMadeAnew() throws IOException {
		ResultStore store = new ResultStore(temp.resolve("forged"));
		DurableFiles.copy(whole.folder(), store.folder());
		Step forged = plan.steps().get(0);
		Step other = plan.steps().get(1);
		Path file = store.step(forged.key()).resolve(ResultStore.PROVENANCE);
		Files.writeString(file, Files.readString(store.step(other.key()).resolve(ResultStore.PROVENANCE)).replace(
				"\"key\": \"" + other.key(), "\"key\": \"" + forged.key()));
		String sum = Files.readString(store.step(forged.key()).resolve(ResultStore.CHECKSUMS));
		Files.writeString(store.step(forged.key()).resolve(ResultStore.CHECKSUMS),
				sum.replaceFirst("[0-9a-f]{64}(?=  step.json)", sha256(file)));
		ResultsException refused = assertThrows(ResultsException.class, () -> Reproduction.of(store, forged.key(),
				WalkExperiment.catalog(), new LinearNetwork.Factory(), new Notes(), new CancelToken()));
		assertTrue(refused.getMessage().contains("its identity is not that of step " + forged.key()), refused.getMessage());
		assertEquals(1, Results.read(store.folder()).problems().size());
		assertEquals(RunState.FINISHED, run(store).state());
		assertEquals(StepFolders.contents(whole, forged.key()), StepFolders.contents(store, forged.key()));
	}

	private static String sha256(Path file) throws IOException {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
	}

	@Test
	void whatKilledProcessesLeaveGoes() throws IOException {
		ResultStore store = new ResultStore(temp.resolve("killed"));
		DurableFiles.copy(reference.folder(), store.folder());
		Path steps = store.folder().resolve("steps");
		Step last = plan.steps().get(plan.steps().size() - 1);
		List<Path> stale = List.of(steps.resolve(last.key() + ".lock"), steps.resolve("0".repeat(32) + ".lock"),
				store.folder().resolve(".lock"), store.folder().resolve("run.json.new"), store.folder().resolve("plan.json.new"),
				store.partial(last.key()).resolve("metrics.csv.new"));
		for (Path file : stale) {
			Files.writeString(file, "process 1 since 1970-01-01T00:00:00Z\n");
		}
		assertEquals(RunState.FINISHED, run(store).state());
		for (Path file : stale) {
			assertFalse(Files.exists(file), file.toString());
		}
		try (Stream<Path> entries = Files.list(steps)) {
			assertEquals(plan.steps().stream().map(Step::key).sorted().toList(),
					entries.map(entry -> entry.getFileName().toString()).sorted().toList());
		}
	}
}
