package org.headstart.product.torture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.headstart.product.HeadstartProcess;
import org.headstart.product.HeadstartProcess.Outcome;

/**
 * Blows to runs. A case is an experiment in a folder of its own: it is run again and again, each run suffers a blow, and at last
 * it is run to its end in peace. Whatever was finished must stay as it is, the end must be that of an undisturbed run, and nothing
 * may be left over.
 */
final class Kills implements Part {

	private static final int MOST_BLOWS = 8;
	/** Seconds of a step. */
	private static final double STEP = 2;
	/** How long to look for processes that should have ended: a worker is given 8 s, on a machine that has much else to do. */
	private static final Duration SURVIVAL = Duration.ofSeconds(90);

	/** What happens to a run. */
	private enum Act {
		KILL_RUN(CaseFolder.KILLED), KILL_WORKER(0), KILL_ALL(CaseFolder.KILLED), TERMINATE_RUN(143), INTERRUPT_RUN(130),
		INTERRUPT_ALL(130),
		TERMINATE_WORKER(0), //
		PAUSE_RUN(0), PAUSE_WORKER(0), PAUSE_ALL(0), SECOND_RUN(0, 5), DELETE_FOLDER(1, 4, 5, 8), MOVE_FOLDER(1, 4, 5, 8);

		private final Set<Integer> codes;

		Act(Integer... codes) {
			this.codes = Set.of(codes);
		}

		String label() {
			return name().toLowerCase().replace('_', ' ');
		}
	}

	/** When it happens. */
	private enum Moment {
		ANY, EARLY, STEP_BEGINS, TEMPORARY_FILE, CHECKPOINT, CHECKSUMS, STEP_FINISHED, REPORT
	}

	private record FinishedStep(Object file, Object time) {}

	private final Path folder;
	private final Map<TinyExperiment, Reference> references = new EnumMap<>(TinyExperiment.class);
	private final Tally acts = new Tally();
	private final Tally moments = new Tally();
	private final AtomicInteger blows = new AtomicInteger();
	private final AtomicInteger late = new AtomicInteger();

	/** @param folder for what the cases share */
	Kills(Path folder) {
		this.folder = folder;
	}

	@Override
	public String name() {
		return "kills";
	}

	@Override
	public void prepare() throws IOException, InterruptedException {
		for (TinyExperiment experiment : TinyExperiment.values()) {
			references.put(experiment, Reference.make(folder.resolve(experiment.name()), experiment.text(STEP)));
		}
	}

	@Override
	public int cases() {
		return Integer.MAX_VALUE;
	}

	@Override
	public int done() {
		return blows.get();
	}

	@Override
	public String counts() {
		return blows + " blows to runs, by kind and by what the run was doing (another " + late + " came too late)\n" + acts
				+ "by experiment and by what they waited for\n" + moments;
	}

	@Override
	public void run(int number, Random random, CaseFolder place) throws IOException, InterruptedException {
		TinyExperiment experiment = TinyExperiment.values()[random.nextInt(TinyExperiment.values().length)];
		Reference reference = references.get(experiment);
		Files.writeString(place.folder().resolve(Reference.FILE), reference.text());
		new Sequence(experiment, reference, random, place).run();
	}

	/** A case under way. */
	private final class Sequence {

		private final TinyExperiment experiment;
		private final Reference reference;
		private final Random random;
		private final CaseFolder place;
		private final Path results;
		private final int stepsOfAll;
		private final Map<String, FinishedStep> finished = new HashMap<>();
		private String blow = "";

		Sequence(TinyExperiment experiment, Reference reference, Random random, CaseFolder place) {
			this.experiment = experiment;
			this.reference = reference;
			this.random = random;
			this.place = place;
			results = place.folder().resolve("results");
			stepsOfAll = reference.contents().finished().size();
		}

		void run() throws IOException, InterruptedException {
			int count = 1 + random.nextInt(MOST_BLOWS);
			for (int n = 1; n <= count && place.faults().isEmpty(); n++) {
				Act act = Act.values()[random.nextInt(Act.values().length)];
				Moment moment = random.nextInt(3) == 0 ? Moment.ANY : Moment.values()[random.nextInt(Moment.values().length)];
				blow = "blow " + n + " (" + act.label() + " at " + moment.name().toLowerCase() + ")";
				strike(act, moment);
				check();
			}
			blow = "the last run";
			awaitEnd();
			Outcome last = runUndisturbed();
			if (last != null && last.code() != 0) {
				fault("ends with " + last.code() + ": " + CaseFolder.firstLines(last.err()));
			}
			awaitEnd();
			check();
			reference.compare(results, place);
		}

		private Outcome runUndisturbed() throws IOException, InterruptedException {
			return place.run("run", Reference.FILE, "--out", results.toString(), "--jobs", "2");
		}

		private HeadstartProcess start() throws IOException {
			return place.start("run", Reference.FILE, "--out", results.toString(), "--jobs", "2");
		}

		private void fault(String what) {
			place.fault(blow + " of " + experiment + ": " + what);
		}

		private void strike(Act act, Moment moment) throws IOException, InterruptedException {
			long begin = System.currentTimeMillis();
			try (HeadstartProcess run = start()) {
				boolean inTime = await(run, moment, begin) && (!isForWorkers(act) || awaitWorker(run));
				if (!inTime) {
					late.incrementAndGet();
					Outcome end = place.end(run, "run");
					if (end != null && end.code() != 0) {
						fault("a run that came to its end before the blow ends with " + end.code() + ": "
								+ CaseFolder.firstLines(end.err()));
					}
					return;
				}
				blows.incrementAndGet();
				acts.add(act.label(), phase(begin));
				moments.add(experiment.name(), moment.name().toLowerCase());
				switch (act) {
					case KILL_RUN, KILL_WORKER, KILL_ALL, TERMINATE_RUN, INTERRUPT_RUN, INTERRUPT_ALL, TERMINATE_WORKER -> {
						List<ProcessHandle> victims = victims(act, run);
						for (ProcessHandle victim : victims) {
							send(act, victim);
						}
						end(act, run);
					}
					case PAUSE_RUN, PAUSE_WORKER, PAUSE_ALL -> pause(act, run);
					case SECOND_RUN -> secondRun(run);
					case DELETE_FOLDER -> {
						Contents.delete(results);
						finished.clear();
						end(act, run);
						awaitEnd();
						if (Files.exists(results) && !Files.exists(results.resolve("plan.json"))) {
							fault("the folder that was deleted is half there again: " + Contents.of(results).layout().keySet());
						}
					}
					case MOVE_FOLDER -> moveFolder(act, run);
				}
			}
		}

		private static boolean isForWorkers(Act act) {
			return act == Act.KILL_WORKER || act == Act.TERMINATE_WORKER || act == Act.PAUSE_WORKER;
		}

		private List<ProcessHandle> victims(Act act, HeadstartProcess run) {
			List<ProcessHandle> victims = new ArrayList<>();
			if (isForWorkers(act)) {
				List<ProcessHandle> workers = run.workers();
				if (!workers.isEmpty()) {
					victims.add(workers.get(random.nextInt(workers.size())));
				}
				return victims;
			}
			if (act == Act.KILL_ALL || act == Act.INTERRUPT_ALL || act == Act.PAUSE_ALL) {
				victims.addAll(run.workers());
			}
			victims.add(random.nextInt(victims.size() + 1), run.handle());
			return victims;
		}

		private static void send(Act act, ProcessHandle victim) throws IOException, InterruptedException {
			switch (act) {
				case KILL_RUN, KILL_WORKER, KILL_ALL -> victim.destroyForcibly();
				case TERMINATE_RUN, TERMINATE_WORKER -> victim.destroy();
				default -> HeadstartProcess.signal(victim, "INT");
			}
		}

		/** Waits for the run's end and holds its exit code against what the blow allows. A blow to a run that ends is none. */
		private void end(Act act, HeadstartProcess run) throws IOException, InterruptedException {
			Outcome outcome = place.end(run, "run");
			if (outcome != null && !act.codes.contains(outcome.code())
					&& !(outcome.code() == 0 && outcome.out().contains("Report:"))) {
				fault("the run ends with " + outcome.code() + " instead of " + act.codes + ": " + CaseFolder.firstLines(outcome.err()));
			}
		}

		private void pause(Act act, HeadstartProcess run) throws IOException, InterruptedException {
			List<ProcessHandle> victims = victims(act, run);
			Outcome second = null;
			try {
				for (ProcessHandle victim : victims) {
					HeadstartProcess.signal(victim, "STOP");
				}
				// at times longer than a heartbeat may be old
				Thread.sleep(random.nextInt(8) == 0 ? 16_000 : 100 + random.nextInt(2000));
				if (act != Act.PAUSE_WORKER && random.nextBoolean()) {
					second = runUndisturbed();
				}
			} finally {
				for (ProcessHandle victim : victims) {
					HeadstartProcess.signal(victim, "CONT");
				}
			}
			both(place.end(run, "run"), second);
		}

		private void secondRun(HeadstartProcess run) throws IOException, InterruptedException {
			Outcome second = runUndisturbed();
			both(place.end(run, "run"), second);
		}

		/** One of two runs in a folder does it all, the other one is told so. */
		private void both(Outcome first, Outcome second) {
			if (first == null) {
				return;
			}
			int one = first.code();
			int other = second == null ? 0 : second.code();
			boolean fine = one == 0 && (other == 0 || other == 5) || second != null && one == 5 && other == 0;
			if (!fine) {
				fault("the run ends with " + one + (second == null ? "" : ", another in its folder with " + other) + ": "
						+ CaseFolder.firstLines(first.err() + (second == null ? "" : second.err())));
			}
		}

		private void moveFolder(Act act, HeadstartProcess run) throws IOException, InterruptedException {
			Path elsewhere = place.folder().resolve("elsewhere");
			try {
				Files.move(results, elsewhere);
			} catch (NoSuchFileException e) {
				// it was not made yet
				place.end(run, "run");
				return;
			}
			end(act, run);
			awaitEnd();
			if (Files.exists(results)) {
				if (!Files.exists(results.resolve("plan.json"))) {
					fault("the folder that was moved away is half there again: " + Contents.of(results).layout().keySet());
				}
				Contents.delete(results);
			}
			Files.move(elsewhere, results);
		}

		/** Waits for the moment; false when the run ended before. */
		private boolean await(HeadstartProcess run, Moment moment, long begin) throws IOException, InterruptedException {
			double open = 1 - finished.size() / (double) stepsOfAll;
			long delay = switch (moment) {
				case ANY -> (long) (random.nextDouble() * reference.duration().toMillis() * (0.4 + 0.6 * open));
				case EARLY -> random.nextInt(1200);
				default -> random.nextInt(2000);
			};
			// a state that does not come is waited for until the run ends
			while (System.currentTimeMillis() < begin + delay || !reached(moment, begin)) {
				if (!run.handle().isAlive()) {
					return false;
				}
				Thread.sleep(1);
			}
			return run.handle().isAlive();
		}

		private boolean awaitWorker(HeadstartProcess run) throws InterruptedException {
			while (run.handle().info().command().filter(command -> command.endsWith("java")).isEmpty() || run.workers().isEmpty()) {
				if (!run.handle().isAlive()) {
					return false;
				}
				Thread.sleep(1);
			}
			return true;
		}

		private boolean reached(Moment moment, long begin) throws IOException {
			return switch (moment) {
				case ANY, EARLY -> true;
				case STEP_BEGINS -> has(".partial", begin);
				case TEMPORARY_FILE -> has(".new", begin);
				case CHECKPOINT -> has("/resume/checkpoint.bin", begin);
				case CHECKSUMS -> has("/SHA256SUMS", begin);
				case STEP_FINISHED -> finishedSteps().size() > finished.size();
				case REPORT -> has("/report/report.html", begin) || has(".svg", begin);
			};
		}

		/** Whether there is an entry with such an end of its path that is not older than the run. */
		private boolean has(String suffix, long begin) throws IOException {
			boolean[] found = new boolean[1];
			Contents.walk(results, (path, attributes) -> found[0] |= path.toString().endsWith(suffix)
					&& attributes.lastModifiedTime().toMillis() >= begin - 5);
			return found[0];
		}

		private String phase(long begin) throws IOException {
			if (!has("/run.json", begin)) {
				return "starting";
			}
			if (has(".svg", begin) || has("/report", begin)) {
				return "reporting";
			}
			return !has(".partial", 0) ? "between steps" : has("checkpoint.bin", begin) ? "checkpointed" : "step";
		}

		private Map<String, FinishedStep> finishedSteps() throws IOException {
			Map<String, FinishedStep> steps = new HashMap<>();
			Contents.walk(results.resolve("steps"), (path, attributes) -> {
				String key = path.getParent().getFileName().toString();
				if (path.endsWith("step.json") && Contents.KEY.matcher(key).matches()) {
					steps.put(key, new FinishedStep(attributes.fileKey(), attributes.lastModifiedTime()));
				}
			});
			return steps;
		}

		/** No finished step is lost, made again, or different from the reference's. */
		private void check() throws IOException {
			Map<String, FinishedStep> now = finishedSteps();
			for (Map.Entry<String, FinishedStep> step : finished.entrySet()) {
				if (!step.getValue().equals(now.get(step.getKey()))) {
					fault("the finished step " + step.getKey() + (now.containsKey(step.getKey()) ? " was run again" : " is lost"));
				}
			}
			Contents contents = Files.exists(results) ? Contents.of(results) : new Contents(new TreeMap<>());
			for (String key : now.keySet()) {
				String difference = Contents.difference(reference.contents().step(key), contents.step(key));
				if (!difference.isEmpty()) {
					fault("a finished step differs from the undisturbed run's: " + difference);
				}
			}
			finished.putAll(now);
		}

		/** No process that works in the case's folder outlives its run for long. */
		private void awaitEnd() throws IOException, InterruptedException {
			long end = System.nanoTime() + SURVIVAL.toNanos();
			List<Long> left;
			while (!(left = processes()).isEmpty()) {
				if (System.nanoTime() > end) {
					fault("processes " + left + " outlive the run by " + SURVIVAL.toSeconds() + " s");
					left.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
					return;
				}
				Thread.sleep(50);
			}
		}

		private List<Long> processes() throws IOException {
			List<Long> found = new ArrayList<>();
			try (var folders = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
				for (Path process : folders) {
					if (works(process)) {
						found.add(Long.parseLong(process.getFileName().toString()));
					}
				}
			}
			found.remove(ProcessHandle.current().pid());
			return found;
		}

		private boolean works(Path process) {
			try {
				return new String(Files.readAllBytes(process.resolve("cmdline")), StandardCharsets.UTF_8).contains(results.toString());
			} catch (IOException e) {
				// it ended in the meantime
				return false;
			}
		}
	}
}
