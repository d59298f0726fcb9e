package org.headstart.engine.results;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.headstart.engine.plan.Plan;

/**
 * A results folder.
 *
 * <pre>
 * experiment.yaml     the experiment as it was frozen
 * plan.json           its steps ({@link PlanFile})
 * run.json            heartbeat and progress of the last run ({@link RunStatus})
 * workers.log         what workers wrote to standard error
 * .lock               held by the run that is under way
 * steps/KEY/          a finished step
 *   step.json         provenance ({@link StepProvenance})
 *   metrics.csv       one row per evaluation ({@link MetricsTable})
 *   trace.csv         some of the last evaluation's trials step by step ({@link TraceTable}), where the environment has them
 *   checkpoint/NAME/  the agents that it leaves
 *   log.txt           what happened, without times
 *   timing.json       all that may differ between equal runs ({@link StepTiming})
 *   SHA256SUMS        checksums of all these but the timing ({@link Checksums})
 * steps/KEY.partial/  a step under way or interrupted: the same files as far as they are there, and
 *   resume/           what it takes to go on
 *   failure.txt       why the last attempt failed, if it did
 * </pre>
 *
 * <p>A step's folder is written under its temporary name and renamed when it is complete, so a folder without
 * {@code .partial} is a whole result. Thread-safe: all state is in the file system.
 *
 * @param folder the results folder
 */
public record ResultStore(Path folder) {

	/** The number of this layout. */
	public static final int FORMAT = 1;

	/** A step's metrics. */
	public static final String METRICS = "metrics.csv";
	/** What some of the trials looked like by which a step's agent was judged at last. */
	public static final String TRACE = "trace.csv";
	/** A step's provenance. */
	public static final String PROVENANCE = "step.json";
	/** A step's timing. */
	public static final String TIMING = "timing.json";
	/** A step's log. */
	public static final String LOG = "log.txt";
	/** The agents that a step leaves. */
	public static final String CHECKPOINT = "checkpoint";
	/** What it takes to go on with a partial step. */
	public static final String RESUME = "resume";
	/** Why the last attempt failed. */
	public static final String FAILURE = "failure.txt";
	/** Checksums of a finished step's files. */
	public static final String CHECKSUMS = Checksums.FILE;

	private static final String LOCK = ".lock";
	private static final String PARTIAL = ".partial";
	private static final String STEP_ENTRY = "[0-9a-f]{32}(\\.partial|\\.lock)?";

	/** @return {@code experiment.yaml} */
	public Path experimentFile() {
		return folder.resolve("experiment.yaml");
	}

	/** @return {@code plan.json} */
	public Path planFile() {
		return folder.resolve("plan.json");
	}

	/** @return {@code run.json} */
	public Path statusFile() {
		return folder.resolve("run.json");
	}

	/** @return {@code workers.log} */
	public Path workerLog() {
		return folder.resolve("workers.log");
	}

	private Path steps() {
		return folder.resolve("steps");
	}

	/**
	 * @param key a step's key
	 * @return the folder of its result
	 */
	public Path step(String key) {
		return steps().resolve(key);
	}

	/**
	 * @param key a step's key
	 * @return the folder in which it is under way
	 */
	public Path partial(String key) {
		return steps().resolve(key + PARTIAL);
	}

	/**
	 * @param key a step's key
	 * @return whether its result is there
	 */
	public boolean finished(String key) {
		return Files.isRegularFile(step(key).resolve(PROVENANCE));
	}

	/**
	 * Compares a finished step's files with their checksums.
	 *
	 * @param key a step
	 * @return what is wrong, with the file's path; empty when all is well, or when there is no result
	 * @throws IOException when a file that is there cannot be read
	 */
	public Optional<String> damage(String key) throws IOException {
		return Files.exists(step(key)) ? Checksums.damage(step(key), ResultStore::belongsToResult) : Optional.empty();
	}

	/**
	 * Makes sure that a finished step's files are what they were when it finished.
	 *
	 * @param key a finished step
	 * @throws ResultsException when they are not
	 * @throws IOException      when they cannot be read
	 */
	public void verify(String key) throws IOException {
		verify(damage(key));
	}

	private static void verify(Optional<String> damage) throws ResultsException {
		if (damage.isPresent()) {
			throw new ResultsException(damage.get() + ". Run the experiment again: it makes this step's result anew, and no"
					+ " other's.");
		}
	}

	/**
	 * Discards a step's result. The caller holds the lock.
	 *
	 * @param key a finished step
	 * @throws IOException when it cannot be deleted
	 */
	public void discard(String key) throws IOException {
		DurableFiles.delete(step(key));
	}

	/**
	 * Makes this folder the caller's: creates it where needed and takes its lock.
	 *
	 * @return the lock, to be closed when the run ends
	 * @throws ResultsException when another run is under way, or the folder holds something else than results
	 * @throws IOException      when it cannot be written
	 */
	public FolderLock lock() throws IOException {
		if (Files.exists(folder) && !Files.isDirectory(folder)) {
			throw new ResultsException(folder + " is a file, not a folder. Choose another place for the results.");
		}
		Files.createDirectories(folder);
		Path file = folder.resolve(LOCK);
		if (!Files.exists(planFile()) && !Files.exists(file)) {
			try (Stream<Path> entries = Files.list(folder)) {
				Optional<Path> foreign = entries.findFirst();
				if (foreign.isPresent()) {
					throw new ResultsException(folder + " is not a results folder: it holds '" + foreign.get().getFileName()
							+ "' and no plan.json. Choose an empty or a new folder.");
				}
			}
		}
		Optional<FolderLock> lock = FolderLock.tryLock(file);
		if (lock.isEmpty()) {
			throw new ResultsException("another run is under way in " + folder + ": " + FolderLock.holder(file)
					+ ". Follow it there, stop it first, or choose another folder.");
		}
		return lock.get();
	}

	private Path stepLock(String key) {
		return steps().resolve(key + LOCK);
	}

	/**
	 * Takes the right to work on a step, so that a worker that outlives its supervisor for a moment and the next run's worker
	 * do not write into one folder.
	 *
	 * @param key the step
	 * @return the lock, or empty when another process is at it
	 * @throws IOException when the folder cannot be written
	 */
	public Optional<FolderLock> lockStep(String key) throws IOException {
		// beside the step's folder, which is renamed while the lock is held
		Files.createDirectories(steps());
		return FolderLock.tryLock(stepLock(key));
	}

	/**
	 * @param key the step
	 * @return who is at it
	 * @throws IOException when that cannot be read
	 */
	public String stepHolder(String key) throws IOException {
		return FolderLock.holder(stepLock(key));
	}

	/**
	 * Gives up the right to work on a step.
	 *
	 * @param key  the step
	 * @param lock the lock
	 * @throws IOException when that fails
	 */
	public void unlockStep(String key, FolderLock lock) throws IOException {
		lock.close();
		if (finished(key)) {
			// whoever waits for the lock will see that there is nothing left to do
			Files.deleteIfExists(stepLock(key));
		}
	}

	/**
	 * Writes the frozen experiment and its plan. The caller holds the lock. Steps that the plan does not have stay.
	 *
	 * @param experimentText the experiment's text, overrides applied
	 * @param plan           its plan
	 * @param fresh          whether everything that is in the folder is discarded first
	 * @throws ResultsException when the folder belongs to another experiment and {@code fresh} is false, or is damaged
	 * @throws IOException      when it cannot be written
	 */
	public void freeze(String experimentText, Plan plan, boolean fresh) throws IOException {
		if (fresh) {
			discardSteps();
			Files.deleteIfExists(planFile());
			Files.deleteIfExists(statusFile());
			Files.deleteIfExists(workerLog());
		}
		String name = plan.experiment().name();
		Optional<PlanFile> before = plan();
		if (before.isPresent() && !before.get().experiment().equals(name)) {
			throw new ResultsException(folder + " holds the results of experiment '" + before.get().experiment()
					+ "', not of '" + name + "'. Choose another folder, or discard them with --fresh.");
		}
		Files.createDirectories(steps());
		for (Path step : stepEntries()) {
			if (step.getFileName().toString().indexOf('.') < 0) {
				// left over when a process was killed between the rename and the tidying up
				tidy(step);
			}
		}
		DurableFiles.replace(experimentFile(), experimentText);
		DurableFiles.replace(planFile(), Json.text(PlanFile.of(plan)));
		DurableFiles.forceEntries(folder);
	}

	private void discardSteps() throws IOException {
		for (Path step : stepEntries()) {
			DurableFiles.delete(step);
		}
	}

	private List<Path> stepEntries() throws IOException {
		if (!Files.isDirectory(steps())) {
			return List.of();
		}
		try (Stream<Path> entries = Files.list(steps())) {
			return entries.filter(entry -> entry.getFileName().toString().matches(STEP_ENTRY)).toList();
		}
	}

	/**
	 * Turns a complete partial folder into the step's result: forced to the disk, renamed, tidied up.
	 *
	 * @param key the step; its partial folder holds all files of a result
	 * @throws IOException when it cannot be renamed
	 */
	public void finish(String key) throws IOException {
		Checksums.write(partial(key), ResultStore::belongsToResult);
		DurableFiles.force(partial(key));
		Files.move(partial(key), step(key), StandardCopyOption.ATOMIC_MOVE);
		DurableFiles.forceEntries(steps());
		tidy(step(key));
	}

	/** Equal runs write equal bytes into these files. */
	private static boolean belongsToResult(String name) {
		return !name.equals(TIMING) && !name.equals(FAILURE) && !name.startsWith(RESUME + "/");
	}

	private static void tidy(Path step) throws IOException {
		DurableFiles.delete(step.resolve(RESUME));
		Files.deleteIfExists(step.resolve(FAILURE));
	}

	/**
	 * The plan that is frozen here.
	 *
	 * @return empty when there is none yet
	 * @throws ResultsException when it is damaged or of a version that this one does not know
	 * @throws IOException      when it cannot be read
	 */
	public Optional<PlanFile> plan() throws IOException {
		PlanFile plan;
		try {
			plan = Json.read(planFile(), PlanFile.class);
		} catch (NoSuchFileException e) {
			return Optional.empty();
		}
		if (plan.format() != FORMAT || plan.experiment() == null || plan.steps() == null || plan.strategies() == null
				|| plan.targets() == null || plan.shots() == null) {
			throw new ResultsException(planFile() + (plan.format() != FORMAT
					? " has format " + plan.format() + ", this version reads format " + FORMAT
					: " is damaged: parts of the plan are missing") + ". Use another folder, or discard it with --fresh.");
		}
		return Optional.of(plan);
	}

	/**
	 * Progress of the last run.
	 *
	 * @return empty when there was none
	 * @throws IOException when it cannot be read
	 */
	public Optional<RunStatus> status() throws IOException {
		try {
			return Optional.of(Json.read(statusFile(), RunStatus.class));
		} catch (NoSuchFileException e) {
			return Optional.empty();
		}
	}

	/**
	 * Replaces the progress. Readers see the old one or the new one.
	 *
	 * @param status the progress
	 * @throws IOException when it cannot be written
	 */
	public void write(RunStatus status) throws IOException {
		DurableFiles.publish(statusFile(), Json.text(status));
	}

	/**
	 * Says for a run that had to be killed when it was to stop that it is stopped: it could not say so itself. Says nothing when
	 * another run has begun since.
	 *
	 * @param run what the killed run said last
	 * @return the same run, stopped
	 * @throws IOException when it cannot be written
	 */
	public RunStatus writeStopped(RunStatus run) throws IOException {
		RunStatus stopped = run.stopped();
		Optional<FolderLock> lock = FolderLock.tryLock(folder.resolve(LOCK));
		if (lock.isPresent()) {
			try (FolderLock held = lock.get()) {
				if (status().equals(Optional.of(run))) {
					write(stopped);
				}
			}
		}
		return stopped;
	}

	/**
	 * @param key a finished step
	 * @return its provenance
	 * @throws ResultsException when it is damaged
	 * @throws IOException      when it cannot be read
	 */
	public StepProvenance provenance(String key) throws IOException {
		verify(Checksums.damage(step(key), PROVENANCE::equals));
		StepProvenance provenance = Json.read(step(key).resolve(PROVENANCE), StepProvenance.class);
		if (!key.equals(provenance.key()) || provenance.versions() == null || provenance.machine() == null) {
			throw new ResultsException(step(key) + " is damaged: its step.json does not belong to it. Delete the folder and"
					+ " run the experiment again.");
		}
		return provenance;
	}

	/**
	 * Writes the provenance into the partial folder.
	 *
	 * @param provenance the provenance
	 * @throws IOException when it cannot be written
	 */
	public void write(StepProvenance provenance) throws IOException {
		Files.writeString(partial(provenance.key()).resolve(PROVENANCE), Json.text(provenance), StandardCharsets.UTF_8);
	}

	/**
	 * A step's timing, finished or not.
	 *
	 * @param key the step
	 * @return {@link StepTiming#NONE} when it was never started
	 * @throws IOException when it cannot be read
	 */
	public StepTiming timing(String key) throws IOException {
		for (Path place : new Path[] { step(key), partial(key), step(key) }) {
			// the finished place is tried again last: the step may have been renamed in between
			try {
				return Json.read(place.resolve(TIMING), StepTiming.class);
			} catch (NoSuchFileException e) {
				continue;
			}
		}
		return StepTiming.NONE;
	}

	/**
	 * Writes the timing into the partial folder.
	 *
	 * @param key    the step
	 * @param timing the timing
	 * @throws IOException when it cannot be written
	 */
	public void write(String key, StepTiming timing) throws IOException {
		DurableFiles.replace(partial(key).resolve(TIMING), Json.text(timing));
	}

	/**
	 * A step's metrics, finished or not.
	 *
	 * @param key the step
	 * @return empty when there is none yet
	 * @throws IOException when it is damaged
	 */
	public Optional<MetricsTable> metrics(String key) throws IOException {
		for (Path place : new Path[] { step(key), partial(key), step(key) }) {
			Path file = place.resolve(METRICS);
			try {
				if (place.equals(step(key)) && finished(key)) {
					verify(Checksums.damage(place, METRICS::equals));
				}
				return Optional.of(parse(place, Files.readString(file, StandardCharsets.UTF_8)));
			} catch (NoSuchFileException e) {
				continue;
			}
		}
		return Optional.empty();
	}

	private static MetricsTable parse(Path place, String text) throws ResultsException {
		try {
			return MetricsTable.parse(text);
		} catch (ResultsException e) {
			throw damaged(place, METRICS, e);
		}
	}

	private static ResultsException damaged(Path place, String file, ResultsException cause) {
		return new ResultsException(place.resolve(file) + " is damaged: " + cause.getMessage() + ". Delete the folder "
				+ place.getFileName() + " and run the experiment again.", cause);
	}

	/**
	 * A finished step's traces.
	 *
	 * @param key the step
	 * @return empty when the environment has nothing to draw, or the step is not finished
	 * @throws IOException when they are damaged or cannot be read
	 */
	public Optional<TraceTable> traces(String key) throws IOException {
		Path place = step(key);
		if (!finished(key)) {
			return Optional.empty();
		}
		verify(Checksums.damage(place, TRACE::equals));
		try {
			return Optional.of(TraceTable.parse(Files.readString(place.resolve(TRACE), StandardCharsets.UTF_8)));
		} catch (NoSuchFileException e) {
			return Optional.empty();
		} catch (ResultsException e) {
			throw damaged(place, TRACE, e);
		}
	}
}
