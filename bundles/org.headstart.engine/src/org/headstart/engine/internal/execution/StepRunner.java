package org.headstart.engine.internal.execution;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CancellationException;

import org.headstart.api.environment.Trial;
import org.headstart.api.environment.View;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.strategy.Acquisition;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.strategy.StrategyRun;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.catalog.Contribution;
import org.headstart.engine.internal.experiment.Choice;
import org.headstart.engine.internal.experiment.Experiment;
import org.headstart.engine.internal.plan.Plan;
import org.headstart.engine.internal.plan.Step;
import org.headstart.engine.internal.plan.StepCode;
import org.headstart.engine.internal.results.DurableFiles;
import org.headstart.engine.internal.results.FolderLock;
import org.headstart.engine.internal.results.Machine;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.engine.internal.results.ResultsException;
import org.headstart.engine.internal.results.RunStatus;
import org.headstart.engine.internal.results.StepProvenance;
import org.headstart.engine.internal.results.StepTiming;
import org.headstart.engine.internal.results.Units;
import org.headstart.engine.internal.text.VisibleText;

/**
 * Runs steps of a plan in this process, on the caller's thread, from where the last attempt stopped to a finished folder in
 * the store. Steps may run side by side on several threads with a runner each.
 *
 * <p>Equal plans, code and kinds of processor give equal bytes in every file of the step except {@code timing.json}, for any
 * number of interruptions.
 */
public final class StepRunner {

	/** Trials that the random policy plays on a target. */
	private static final int RANDOM_TRIALS = 50;

	/**
	 * The time to wait until a worker of a killed run releases the step, or until the silence of a worker on a crashed
	 * computer is noticed.
	 */
	private static final Duration HANDOVER = RunStatus.SILENCE.plus(Worker.GRACE);

	private final ResultStore store;
	private final Plan plan;
	private final Catalog catalog;
	private final Networks networks;

	/**
	 * @param store the results folder; the steps that a step needs must be finished in it
	 * @param plan           the plan
	 * @param catalog        the contributions that there are
	 */
	public StepRunner(ResultStore store, Plan plan, Catalog catalog) {
		this(store, plan, catalog, new GraphNetworks());
	}

	StepRunner(ResultStore store, Plan plan, Catalog catalog, Networks networks) {
		this.store = store;
		this.plan = plan;
		this.catalog = catalog;
		this.networks = networks;
	}

	/**
	 * Runs a step; does nothing when it has a result.
	 *
	 * @param key      the step's key in the plan
	 * @param listener follows it
	 * @param cancel   checked in every environment step; on a cancel the state is saved
	 * @throws CancellationException when cancelled
	 * @throws IOException           when files cannot be read or written, for example because the results folder is gone
	 * @throws RuntimeException      from contributions; the state of the last checkpoint is kept
	 */
	public void run(String key, StepListener listener, CancelToken cancel) throws IOException {
		Step step = plan.step(key);
		if (store.finished(key)) {
			return;
		}
		try {
			FolderLock lock = lock(step, cancel);
			try {
				AtWork atWork = new AtWork();
				try (StepWatch watch = new StepWatch(atWork, note -> listener.note(step.label() + ": " + note))) {
					watch.start();
					runLocked(step, listener, cancel, atWork);
				}
			} finally {
				lock.close();
			}
		} catch (CancellationException e) {
			throw e;
		} catch (IOException | RuntimeException | Error e) {
			writeFailure(key, e);
			throw e;
		}
	}

	private void runLocked(Step step, StepListener listener, CancelToken cancel, AtWork atWork) throws IOException {
		if (store.finished(step.key())) {
			// the process that held the lock has finished the step
			DurableFiles.delete(store.partial(step.key()));
			return;
		}
		try {
			attempt(step, listener, cancel, atWork, "");
		} catch (DamagedCheckpointException e) {
			String note = e.getMessage() + "; the step starts anew";
			listener.note(step.label() + ": " + note);
			DurableFiles.delete(store.partial(step.key()).resolve(ResultStore.RESUME));
			attempt(step, listener, cancel, atWork, note);
		}
	}

	private FolderLock lock(Step step, CancelToken cancel) throws IOException {
		long give = System.nanoTime() + HANDOVER.toNanos();
		while (true) {
			Optional<FolderLock> lock = store.lockStep(step.key());
			if (lock.isPresent()) {
				return lock.get();
			}
			if (cancel.isCancelled()) {
				throw new CancellationException("cancelled");
			}
			if (System.nanoTime() > give) {
				throw new IOException(store.stepHolder(step.key()));
			}
			try {
				Thread.sleep(50);
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
				throw new CancellationException("interrupted");
			}
		}
	}

	private void attempt(Step step, StepListener listener, CancelToken cancel, AtWork atWork, String note)
			throws IOException {
		Experiment experiment = plan.experiment();
		boolean resumes = store.openPartial(step.key());
		List<RunTask> tasks = sites(experiment, step, atWork);
		StepTiming last = lastTiming(step, listener);
		StepTiming before = (resumes ? last : new StepTiming(0, 0, 0, 0, null, last.attempts())).with(new StepTiming.Attempt(
				now(), ProcessHandle.current().pid(), Machine.host(),
				note.isEmpty() ? resumes ? "resumed" : "from the beginning" : note));
		store.write(step.key(), before);
		try (StepRun run = new StepRun(step, experiment, store, new AgentWorkshop(experiment, arm(experiment, step), networks, atWork),
				catalog, tasks, before,
				listener, cancel, atWork)) {
			carryOut(step, tasks, run, cancel, atWork);
		}
		store.finish(step.key());
	}

	private void carryOut(Step step, List<RunTask> tasks, StepRun run, CancelToken cancel, AtWork atWork) throws IOException {
		Experiment experiment = plan.experiment();
		run.open();
		callStrategy(experiment, step, run, atWork);
		Double randomReturn = null;
		if (step.kind() == Step.Kind.ADAPT) {
			randomReturn = randomReturn(tasks.get(0), cancel);
		}
		run.complete(now());
		store.write(new StepProvenance(ResultStore.FORMAT, step.key(),
				step.kind() == Step.Kind.ACQUIRE ? "acquire" : "adapt", step.seed(), experiment.protocol().rootSeed(),
				step.needs(), run.record().done(), Units.named(step.unit()), run.record().updates(), run.outcomes(), randomReturn,
				Machine.here(), String.join("; ", run.backends()), versions(step), run.warmStarts(), List.copyOf(run.saved()),
				run.record().kept(), run.record().warnings, List.of(step.identity().split("\n"))));
	}

	/** The target of an adaptation, and the sources that are learned on, as the arm's agents meet them. */
	static List<Experiment.TaskUse> uses(Experiment experiment, Step step) {
		List<Experiment.TaskUse> uses = new ArrayList<>();
		if (step.kind() == Step.Kind.ADAPT) {
			uses.add(experiment.tasks().target().get(step.target()));
		}
		step.work().sources().forEach(source -> uses.add(experiment.tasks().source().get(source)));
		return uses.stream().map(use -> use.in(arm(experiment, step))).toList();
	}

	/** The tasks of a step, in the order of {@link #uses}. */
	static List<RunTask> sites(Experiment experiment, Step step, AtWork atWork) {
		List<RunTask> sites = new ArrayList<>();
		for (Experiment.TaskUse use : uses(experiment, step)) {
			RunTask site = RunTask.of(use, experiment.protocol().rootSeed(), atWork);
			// the metrics tell them from the target, which may be of the same family and set
			sites.add(step.kind() == Step.Kind.ADAPT && !sites.isEmpty() ? site.asSource(sites.size()) : site);
		}
		return sites;
	}

	/** The first of those that share it: they all do the same. */
	static Experiment.Arm arm(Experiment experiment, Step step) {
		return experiment.strategies().get(step.arms().get(0));
	}

	/** Reads the time so far; a damaged file is ignored, since it must not stop the step. */
	private StepTiming lastTiming(Step step, StepListener listener) throws IOException {
		try {
			return store.timing(step.key());
		} catch (ResultsException e) {
			listener.note(step.label() + " starts with a new " + ResultStore.TIMING + ": " + e.getMessage());
			return StepTiming.NONE;
		}
	}

	/** Calls the strategy of a step. */
	@SuppressWarnings("unchecked") // the reader gave the contribution's own settings record
	static void callStrategy(Experiment experiment, Step step, StrategyRun run, AtWork atWork) throws IOException {
		Choice<Strategy<?>> choice = arm(experiment, step).strategy();
		Contribution<Strategy<?>> contribution = choice.contribution();
		if (step.kind() == Step.Kind.ADAPT) {
			atWork.run(contribution, "adapt",
					() -> ((Strategy<Record>) contribution.instance().get()).adapt(choice.settings(), run));
			return;
		}
		Acquisition acquisition = step.work().acquisition().orElseThrow();
		atWork.run(contribution, "acquisition", () -> acquisition.run(run));
	}

	/** It is the same number in every step of a target, since its streams depend neither on the arm nor on the seed. */
	private double randomReturn(RunTask task, CancelToken cancel) throws IOException {
		RandomStreams streams = new RandomStreams(plan.experiment().protocol().rootSeed()).under("random-policy");
		View view = new View(Trial.of(plan.experiment().protocol().trial().episodes()), false, false);
		try (PolicyEvaluation evaluation = new PolicyEvaluation(task, view, RANDOM_TRIALS, false, streams.under("lanes"))) {
			PolicyEvaluation.Judgement judgement = evaluation.judge(new Actor(null, "",
					(lanes, tasks) -> RandomPolicy.on(task.family().environment().actionSpace(), lanes, streams.stream("actions"))),
					cancel);
			if (judgement == null) {
				throw new CancellationException("cancelled; the state is kept");
			}
			return judgement.mean();
		}
	}

	private SortedMap<String, String> versions(Step step) {
		Experiment experiment = plan.experiment();
		return new StepCode(catalog).versions(experiment, arm(experiment, step), uses(experiment, step), step.work().acquisition());
	}

	private void writeFailure(String key, Throwable failure) {
		StringWriter text = new StringWriter();
		failure.printStackTrace(new PrintWriter(text));
		try {
			DurableFiles.folder(store.partial(key));
			DurableFiles.publish(store.partial(key).resolve(ResultStore.FAILURE), VisibleText.lines(text.toString()));
		} catch (IOException e) {
			// on a full disk, or when the folder is gone: the failure itself says so too
			failure.addSuppressed(e);
		}
	}

	private static String now() {
		return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
	}
}
