package org.headstart.engine.internal.results;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.headstart.api.checkpoint.RegularFile;
import org.headstart.engine.internal.plan.Plan;

/**
 * A results folder.
 *
 * <pre>
 * experiment.yaml     the experiment as it was frozen
 * plan.json           its steps ({@link PlanFile})
 * run.json            heartbeat and progress of the last run ({@link RunStatus})
 * workers.log         what workers wrote to standard error
 * .lock held by the running run
 * steps/KEY/          a finished step
 *   step.json         provenance ({@link StepProvenance})
 *   metrics.csv       one row per evaluation ({@link MetricsTable})
 *   trials.csv        one row per judged trial, where the experiment asks for them
 *   trace.csv         some of the last evaluation's trials step by step ({@link TraceTable}), where the environment has them
 *   artefacts/        what the strategy keeps ({@link ArtefactFile}), where it keeps something
 *   checkpoint/NAME/  the agents that it leaves
 *   log.txt           what happened, without times
 *   timing.json       all that may differ between equal runs ({@link StepTiming})
 *   SHA256SUMS        checksums of all these but the timing ({@link Checksums})
 * steps/KEY.submitted a step that an executor has whose steps outlive the run ({@link SubmittedStep})
 * steps/KEY.partial/ a running or interrupted step: the same files as far as they exist, and
 *   resume/           the checkpoint failure.txt why the last attempt failed, if it did
 * </pre>
 *
 * <p>A step's folder is written under its temporary name and renamed when it is complete, so a folder without
 * {@code .partial} is a whole result. Thread-safe: all state is in the file system.
 *
 * @param folder the results folder
 */
public record ResultStore(Path folder) {

	/** The version of this layout. */
	public static final int FORMAT = 1;

	/** A step's metrics. */
	public static final String METRICS = "metrics.csv";
	/** Each judged trial. */
	public static final String TRIALS = "trials.csv";
	/** Traces of some trials of a step's last evaluation. */
	public static final String TRACE = "trace.csv";
	/** A step's provenance. */
	public static final String PROVENANCE = "step.json";
	/** A step's timing. */
	public static final String TIMING = "timing.json";
	/** A step's log. */
	public static final String LOG = "log.txt";
	/** The strategy's artefacts. */
	public static final String ARTEFACTS = "artefacts";
	/** A step's saved agents. */
	public static final String CHECKPOINT = "checkpoint";
	/** The checkpoint of a partial step. */
	public static final String RESUME = "resume";
	/** Why the last attempt failed. */
	public static final String FAILURE = "failure.txt";
	/** Checksums of a finished step's files. */
	public static final String CHECKSUMS = Checksums.FILE;

	private static final String LOCK = ".lock";
	private static final String PARTIAL = ".partial";
	private static final Pattern KEY = Pattern.compile("[0-9a-f]{32}");
	private static final String SUBMITTED = ".submitted";
	private static final Pattern STEP_ENTRY = Pattern.compile(KEY + "(\\.partial|\\.lock|\\.submitted(\\.new)?)?");
	/** The largest size of a text file, in bytes: a multiple of the need of the longest experiments. */
	private static final int LONGEST_TABLE = 1 << 26;
	private static final int LONGEST_RECORD = 1 << 26;
	/** The largest size of a plan and of a run's status, which have an entry for each step. */
	private static final int LONGEST_PLAN = 1 << 28;
	private static final int LONGEST_EXPERIMENT = 1 << 24;

	/** @return {@code experiment.yaml} */
	public Path experimentFile() {
		return folder.resolve("experiment.yaml");
	}

	/**
	 * The experiment that is frozen here.
	 *
	 * @return its text
	 * @throws ResultsException when it is not there, or cannot be read
	 */
	public String experimentText() throws ResultsException {
		try {
			return RegularFile.text(experimentFile(), LONGEST_EXPERIMENT);
		} catch (NoSuchFileException e) {
			throw new ResultsException(folder + " has no " + experimentFile().getFileName(), e);
		} catch (IOException e) {
			throw ResultsException.reading(experimentFile(), e);
		}
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
	 * @return the folder of the step while it is running
	 */
	public Path partial(String key) {
		return steps().resolve(key + PARTIAL);
	}

	/**
	 * @param text any text
	 * @return whether it is a step's key; other texts must not become part of a path
	 */
	static boolean isKey(String text) {
		return text != null && KEY.matcher(text).matches();
	}

	/** @return whether the folder is still there that runs and workers write steps into, and which they do not make again */
	public boolean isThere() {
		return isFolder(steps());
	}

	/**
	 * @param key a step's key
	 * @return whether its result is there
	 */
	public boolean finished(String key) {
		return isFolder(steps()) && isFolder(step(key))
				&& Files.isRegularFile(step(key).resolve(PROVENANCE), LinkOption.NOFOLLOW_LINKS);
	}

	/** A link to a folder does not count, since its target is not in this results folder. */
	private static boolean isFolder(Path path) {
		return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
	}

	/** A file of a step's folder, unless that is something else. */
	private static Path in(Path place, String file) throws ResultsException {
		if (isThere(place) && !isFolder(place)) {
			throw new ResultsException(place + " is not a folder");
		}
		return place.resolve(file);
	}

	private static boolean isThere(Path path) {
		return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
	}

	/**
	 * Compares a finished step's files with their checksums, and its provenance with its key.
	 *
	 * @param key a step
	 * @return the problem, with the file's path; empty when there is none, or when there is no result
	 */
	public Optional<String> damage(String key) {
		if (isThere(steps()) && !isFolder(steps())) {
			return Optional.of(steps() + " is not a folder");
		}
		if (!isThere(step(key))) {
			return Optional.empty();
		}
		if (!isFolder(step(key))) {
			return Optional.of(step(key) + " is not a folder");
		}
		Optional<String> damage = Checksums.damage(step(key), ResultStore::belongsToResult);
		if (damage.isPresent()) {
			return damage;
		}
		try {
			readProvenance(key);
			return Optional.empty();
		} catch (IOException e) {
			return Optional.of(ResultsException.reading(step(key), e).getMessage());
		}
	}

	/**
	 * Checks that a finished step's files have not changed.
	 *
	 * @param key a finished step
	 * @throws ResultsException when they are not
	 */
	public void verify(String key) throws ResultsException {
		verify(damage(key));
	}

	private static void verify(Optional<String> damage) throws ResultsException {
		if (damage.isPresent()) {
			throw new ResultsException(damage.get() + ". Run the experiment again: it makes this step's result anew, and no"
					+ " other's.");
		}
	}

	/**
	 * Deletes a step's result, or any other entry at its place. The caller holds the lock.
	 *
	 * @param key a finished step
	 * @throws IOException when it cannot be deleted
	 */
	public void discard(String key) throws IOException {
		DurableFiles.delete(step(key));
	}

	/**
	 * Repairs a finished step's timing, as far as it is known, if it is missing or damaged. The caller holds the lock.
	 *
	 * @param key a finished step
	 * @return the problem; empty when there was none
	 * @throws IOException when it cannot be written
	 */
	public Optional<String> restoreTiming(String key) throws IOException {
		Path file = step(key).resolve(TIMING);
		String damage;
		try {
			readTiming(file);
			return Optional.empty();
		} catch (NoSuchFileException e) {
			damage = file + " is missing";
		} catch (IOException e) {
			damage = ResultsException.reading(file, e).getMessage();
		}
		DurableFiles.replace(file, Json.text(new StepTiming(0, 0, provenance(key).environmentSteps(), 0, null, List.of())));
		return Optional.of(damage);
	}

	/**
	 * Creates this folder if needed and takes its lock.
	 *
	 * @return the lock; the caller closes it when the run ends
	 * @throws ResultsException when another run is running, or when the folder contains something other than results
	 * @throws IOException      when it cannot be written
	 */
	public FolderLock lock() throws IOException {
		if (Files.exists(folder) && !Files.isDirectory(folder)) {
			throw new ResultsException(folder + " is a file, not a folder. Choose another place for the results.");
		}
		try {
			Files.createDirectories(folder);
		} catch (IOException e) {
			throw new CannotWriteException(folder, e);
		}
		Path file = folder.resolve(LOCK);
		if (!isThere(planFile()) && !isThere(file) && stepEntries().isEmpty()) {
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
			FolderLock.Holder holder = holder(file);
			throw new ResultsException("another run is already running in " + folder + ": " + holder.text()
					+ (holder.elsewhere().isPresent() ? ", which is another computer. Follow it there, stop it there first"
							: ". Follow it there, stop it first")
					+ ", or choose another folder." + holder.ifGone(file));
		}
		return lock.get();
	}

	private static FolderLock.Holder holder(Path lock) throws IOException {
		try {
			return FolderLock.holder(lock);
		} catch (NoSuchFileException e) {
			return new FolderLock.Holder("another process, which has just ended", Optional.empty());
		}
	}

	private Path stepLock(String key) {
		return steps().resolve(key + LOCK);
	}

	/**
	 * Takes the lock of a step, so that a worker that briefly outlives its supervisor and the next run's worker do not write
	 * into the same folder.
	 *
	 * @param key the step
	 * @return the lock, or empty when another process holds it
	 * @throws IOException when the folder cannot be written or no longer exists
	 */
	public Optional<FolderLock> lockStep(String key) throws IOException {
		// beside the step's folder, which is renamed while the lock is held
		return FolderLock.tryLock(stepLock(key));
	}

	/**
	 * Whether some process works on a step.
	 *
	 * @param key the step
	 * @return true while the step is locked
	 * @throws CannotWriteException when the lock file cannot be written
	 */
	public boolean isAtWork(String key) throws IOException {
		if (Files.notExists(stepLock(key), LinkOption.NOFOLLOW_LINKS)) {
			return false;
		}
		// the lock of a killed process is not held
		Optional<FolderLock> lock = lockStep(key);
		if (lock.isPresent()) {
			lock.get().close();
		}
		return lock.isEmpty();
	}

	/**
	 * @param key the step
	 * @return sentences that name the holder, and the remedy if it does not end
	 * @throws IOException when that cannot be read
	 */
	public String stepHolder(String key) throws IOException {
		FolderLock.Holder holder = holder(stepLock(key));
		return "step " + key + " is still being worked on by " + holder.text()
				+ (holder.elsewhere().isPresent() ? ", which is another computer. End it there and start again."
						: ": probably a worker of an earlier run that does not end. End it and start again.")
				+ holder.ifGone(stepLock(key));
	}

	private Path submitted(String key) {
		return steps().resolve(key + SUBMITTED);
	}

	/**
	 * Records that an executor has a step that outlives the run. The caller holds the lock.
	 *
	 * @param key  the step
	 * @param step its handle and executor
	 * @throws IOException when it cannot be written
	 */
	public void write(String key, SubmittedStep step) throws IOException {
		DurableFiles.replace(submitted(key), Json.text(step));
	}

	/**
	 * Records that no executor has the step any longer. The caller holds the lock.
	 *
	 * @param key the step
	 * @throws IOException when that cannot be written
	 */
	public void forgetSubmitted(String key) throws IOException {
		DurableFiles.delete(submitted(key));
	}

	/**
	 * The recorded steps without a result that executors have. A damaged record is ignored, since a running step is also
	 * locked.
	 *
	 * @return by key
	 * @throws IOException when the folder cannot be read
	 */
	public SortedMap<String, SubmittedStep> submitted() throws IOException {
		SortedMap<String, SubmittedStep> submitted = new TreeMap<>();
		for (Path entry : stepEntries()) {
			String name = entry.getFileName().toString();
			String key = name.substring(0, Math.max(0, name.length() - SUBMITTED.length()));
			if (name.endsWith(SUBMITTED) && !finished(key)) {
				try {
					submitted.put(key, Json.read(entry, SubmittedStep.class, LONGEST_RECORD));
				} catch (IOException e) {
					continue;
				}
			}
		}
		return submitted;
	}

	/**
	 * Writes the frozen experiment and its plan. The caller holds the lock. Steps outside of the plan stay. Invalid entries
	 * and the files of killed processes are deleted.
	 *
	 * @param experimentText the experiment's text, overrides applied
	 * @param plan           its plan
	 * @param fresh          whether the folder's content is deleted first
	 * @return the damaged parts that are made again, for people
	 * @throws ResultsException when the folder belongs to another experiment and {@code fresh} is false, or is of a version that
	 *                          this one does not know
	 * @throws IOException      when it cannot be written
	 */
	public List<String> freeze(String experimentText, Plan plan, boolean fresh) throws IOException {
		if (fresh) {
			discardSteps();
			DurableFiles.delete(planFile());
			DurableFiles.delete(statusFile());
			DurableFiles.delete(workerLog());
		}
		String name = plan.experiment().name();
		List<String> anew = new ArrayList<>();
		Optional<PlanFile> before = planToReplace(anew);
		if (before.isPresent() && !before.get().experiment().equals(name)) {
			throw new ResultsException(folder + " holds the results of experiment '" + before.get().experiment()
					+ "', not of '" + name + "'. Choose another folder, or discard them with --fresh.");
		}
		if (isThere(steps()) && !isFolder(steps())) {
			anew.add(steps() + " is not a folder");
		}
		DurableFiles.folder(steps());
		Set<String> submitted = submitted().keySet();
		for (Path step : stepEntries()) {
			tidyUp(step, submitted);
		}
		for (Path file : List.of(experimentFile(), planFile(), statusFile(), workerLog())) {
			DurableFiles.delete(file.resolveSibling(file.getFileName() + DurableFiles.TEMPORARY));
			DurableFiles.clear(file);
		}
		DurableFiles.replace(experimentFile(), experimentText);
		DurableFiles.replace(planFile(), Json.text(PlanFile.of(plan)));
		DurableFiles.forceEntries(folder);
		return anew;
	}

	/** The present plan; empty if it is damaged. */
	private Optional<PlanFile> planToReplace(List<String> anew) throws IOException {
		Optional<PlanFile> plan;
		try {
			plan = readPlan();
		} catch (ResultsException e) {
			// the folder's experiment is unknown then; steps are found by their keys
			anew.add(e.getMessage());
			return Optional.empty();
		}
		return ofThisFormat(plan);
	}

	/** Deletes the files of killed processes. */
	private void tidyUp(Path entry, Set<String> submitted) throws IOException {
		String name = entry.getFileName().toString();
		if (name.endsWith(LOCK)) {
			// the lock of a running process cannot be taken
			Optional<FolderLock> stale = FolderLock.tryLock(entry);
			if (stale.isPresent()) {
				stale.get().close();
			}
		} else if (name.endsWith(PARTIAL)) {
			if (!isFolder(entry)) {
				DurableFiles.delete(entry);
			}
		} else if (name.endsWith(SUBMITTED)) {
			if (!submitted.contains(name.substring(0, name.length() - SUBMITTED.length()))) {
				DurableFiles.delete(entry);
			}
		} else if (name.endsWith(DurableFiles.TEMPORARY)) {
			DurableFiles.delete(entry);
		} else if (isFolder(entry)) {
			// killed between renaming and cleaning up
			tidy(entry);
		}
	}

	private void discardSteps() throws IOException {
		for (Path step : stepEntries()) {
			DurableFiles.delete(step);
		}
	}

	private List<Path> stepEntries() throws IOException {
		if (!isFolder(steps())) {
			return List.of();
		}
		try (Stream<Path> entries = Files.list(steps())) {
			return entries.filter(entry -> STEP_ENTRY.matcher(entry.getFileName().toString()).matches()).toList();
		}
	}

	/**
	 * Turns a complete partial folder into the step's result: it is forced to the disk, renamed and cleaned up.
	 *
	 * @param key the step; its partial folder has all files of a result
	 * @throws IOException when it cannot be renamed
	 */
	public void finish(String key) throws IOException {
		Checksums.write(partial(key), ResultStore::belongsToResult);
		DurableFiles.force(partial(key));
		if (!finished(key)) {
			discard(key);
		}
		try {
			Files.move(partial(key), step(key), StandardCopyOption.ATOMIC_MOVE);
		} catch (IOException e) {
			throw new CannotWriteException(step(key), e);
		}
		DurableFiles.forceEntries(steps());
		tidy(step(key));
	}

	/** Equal runs write equal bytes into these files. */
	private static boolean belongsToResult(String name) {
		return !name.equals(TIMING) && !name.equals(FAILURE) && !name.startsWith(RESUME + "/");
	}

	private static void tidy(Path step) throws IOException {
		DurableFiles.delete(step.resolve(RESUME));
		DurableFiles.delete(step.resolve(FAILURE));
		DurableFiles.delete(step.resolve(TIMING + DurableFiles.TEMPORARY));
	}

	/**
	 * Makes a step's partial folder, or repairs it: entries other than files, the artefacts' folder and the checkpoint's
	 * folder are deleted. The caller holds the step's lock.
	 *
	 * @param key the step
	 * @return whether there is a checkpoint to resume from
	 * @throws IOException when the folder cannot be written, or when the results folder no longer exists
	 */
	public boolean openPartial(String key) throws IOException {
		Path partial = DurableFiles.folder(partial(key));
		try (Stream<Path> entries = Files.list(partial)) {
			for (Path entry : entries.toList()) {
				boolean folder = List.of(RESUME, ARTEFACTS).contains(entry.getFileName().toString()) && isFolder(entry);
				if (!folder && (!Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)
						|| entry.toString().endsWith(DurableFiles.TEMPORARY))) {
					DurableFiles.delete(entry);
				}
			}
		}
		DurableFiles.delete(partial.resolve(FAILURE));
		return isFolder(partial.resolve(RESUME));
	}

	/**
	 * The frozen plan.
	 *
	 * @return empty when there is none yet
	 * @throws ResultsException when it is damaged or of a version that this one does not know
	 * @throws IOException      when it cannot be read
	 */
	public Optional<PlanFile> plan() throws IOException {
		Optional<PlanFile> plan;
		try {
			plan = readPlan();
		} catch (ResultsException e) {
			throw new ResultsException(e.getMessage() + ". Run the experiment again: finished steps are kept.", e);
		}
		return ofThisFormat(plan);
	}

	private Optional<PlanFile> readPlan() throws ResultsException {
		try {
			return Optional.of(Json.read(planFile(), PlanFile.class, LONGEST_PLAN));
		} catch (NoSuchFileException e) {
			return Optional.empty();
		} catch (IOException e) {
			throw ResultsException.reading(planFile(), e);
		}
	}

	private Optional<PlanFile> ofThisFormat(Optional<PlanFile> plan) throws ResultsException {
		if (plan.isPresent() && plan.get().format() != FORMAT) {
			throw new ResultsException(planFile() + " has format " + plan.get().format() + ", this version reads format " + FORMAT
					+ ". Use that version, or another folder, or discard it with --fresh.");
		}
		return plan;
	}

	/**
	 * Progress of the last run.
	 *
	 * @return empty when there was none
	 * @throws ResultsException when it is damaged
	 * @throws IOException      when it cannot be read
	 */
	public Optional<RunStatus> status() throws IOException {
		try {
			return Optional.of(Json.read(statusFile(), RunStatus.class, LONGEST_PLAN));
		} catch (NoSuchFileException e) {
			return Optional.empty();
		} catch (IOException e) {
			throw ResultsException.reading(statusFile(), e);
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
	 * Replaces the progress by the run's final state. On a full disk the old file is overwritten in place, without the steps
	 * if they do not fit.
	 *
	 * @param status the progress
	 * @throws IOException when it cannot be written
	 */
	public void writeLast(RunStatus status) throws IOException {
		try {
			write(status);
		} catch (CannotWriteException e) {
			try (FileChannel channel = FileChannel.open(statusFile(), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
				byte[] text = Json.text(status).getBytes(StandardCharsets.UTF_8);
				if (text.length > channel.size()) {
					text = Json.text(status.withoutSteps()).getBytes(StandardCharsets.UTF_8);
				}
				channel.truncate(text.length);
				channel.write(ByteBuffer.wrap(text));
			} catch (IOException again) {
				e.addSuppressed(again);
				throw e;
			}
		}
	}

	/**
	 * Records that a run is stopped which had to be killed and could not record it itself. Does nothing if another run has
	 * begun since.
	 *
	 * @param run the killed run's last status
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
		return readProvenance(key);
	}

	private StepProvenance readProvenance(String key) throws IOException {
		Path file = step(key).resolve(PROVENANCE);
		try {
			StepProvenance provenance = Json.read(file, StepProvenance.class, LONGEST_RECORD);
			if (!key.equals(provenance.key())) {
				throw new ResultsException(file + " is damaged (it is of step " + provenance.key() + ")");
			}
			return provenance;
		} catch (IOException e) {
			throw ResultsException.reading(file, e);
		}
	}

	/**
	 * Writes the provenance into the partial folder.
	 *
	 * @param provenance the provenance
	 * @throws IOException when it cannot be written
	 */
	public void write(StepProvenance provenance) throws IOException {
		DurableFiles.publish(partial(provenance.key()).resolve(PROVENANCE), Json.text(provenance));
	}

	/**
	 * A step's timing, finished or not.
	 *
	 * @param key the step
	 * @return {@link StepTiming#NONE} when it was never started; of a finished step whose timing is lost, the steps that its
	 *         provenance has, with seconds that are not known (NaN)
	 * @throws IOException when it is damaged or cannot be read
	 */
	public StepTiming timing(String key) throws IOException {
		for (Path place : new Path[] {step(key), partial(key), step(key)}) {
			// the finished folder is tried again last, since the step may have been renamed in between
			try {
				return readTiming(in(place, TIMING));
			} catch (NoSuchFileException e) {
				continue;
			} catch (IOException e) {
				throw ResultsException.reading(place.resolve(TIMING), e);
			}
		}
		return finished(key) ? StepTiming.unknown(provenance(key).environmentSteps()) : StepTiming.NONE;
	}

	private static StepTiming readTiming(Path file) throws IOException {
		StepTiming timing = Json.read(file, StepTiming.class, LONGEST_RECORD);
		// steps that took no time were restored without it
		return timing.wallSeconds() == 0 && timing.environmentSteps() > 0 ? StepTiming.unknown(timing.environmentSteps()) : timing;
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
		for (Path place : new Path[] {step(key), partial(key), step(key)}) {
			Path file = in(place, METRICS);
			try {
				if (place.equals(step(key)) && finished(key)) {
					verify(Checksums.damage(place, METRICS::equals));
				}
				return Optional.of(parse(place, RegularFile.text(file, LONGEST_TABLE)));
			} catch (NoSuchFileException e) {
				continue;
			} catch (IOException e) {
				throw ResultsException.reading(file, e);
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
		return new ResultsException(place.resolve(file) + " is damaged (" + cause.getMessage() + ")", cause);
	}

	/**
	 * A finished step's traces.
	 *
	 * @param key the step
	 * @return empty when the environment has no trace, or when the step is not finished
	 * @throws IOException when they are damaged or cannot be read
	 */
	public Optional<TraceTable> traces(String key) throws IOException {
		Path place = step(key);
		if (!finished(key)) {
			return Optional.empty();
		}
		verify(Checksums.damage(place, TRACE::equals));
		try {
			return Optional.of(TraceTable.parse(RegularFile.text(place.resolve(TRACE), LONGEST_TABLE)));
		} catch (NoSuchFileException e) {
			return Optional.empty();
		} catch (ResultsException e) {
			throw damaged(place, TRACE, e);
		} catch (IOException e) {
			throw ResultsException.reading(place.resolve(TRACE), e);
		}
	}
}
