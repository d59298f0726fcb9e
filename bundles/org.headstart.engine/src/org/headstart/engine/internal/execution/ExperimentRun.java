package org.headstart.engine.internal.execution;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.headstart.api.execution.Execution;
import org.headstart.api.execution.ExecutionSite;
import org.headstart.api.execution.Executor;
import org.headstart.api.execution.StepRequest;
import org.headstart.engine.internal.execution.ExecutionEvents.Event;
import org.headstart.engine.internal.experiment.Choice;
import org.headstart.engine.internal.plan.CostEstimate;
import org.headstart.engine.internal.plan.Step;
import org.headstart.engine.internal.results.CannotWriteException;
import org.headstart.engine.internal.results.FolderLock;
import org.headstart.engine.internal.results.Machine;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.engine.internal.results.ResultsException;
import org.headstart.engine.internal.results.RunStatus;
import org.headstart.engine.internal.results.RunStatus.RunState;
import org.headstart.engine.internal.results.RunStatus.StepState;
import org.headstart.engine.internal.results.RunStatus.StepStatus;
import org.headstart.engine.internal.results.SubmittedStep;
import org.headstart.engine.internal.results.Units;

/**
 * A run: it locks the results folder, freezes the plan there, submits the steps without a result to an executor in the
 * plan's order, and updates {@code run.json}. Running the same experiment in the same folder again runs only the missing
 * steps, from their last checkpoints, and follows the steps that an executor that detaches still has.
 */
public final class ExperimentRun {

	private static final Duration HEARTBEAT = Duration.ofSeconds(1);
	/**
	 * A heartbeat lists every step. If there are very many, writing it takes long, and the pause before the next one is this
	 * many times as long.
	 */
	private static final int REST = 10;
	/** The longest sleep of the loop, and so the longest delay of a cancellation. */
	private static final Duration LOOK = Duration.ofMillis(50);
	/** The time window for measuring the rate. */
	private static final Duration RATE_WINDOW = Duration.ofSeconds(60);

	private final RunRequest request;
	private final RunListener listener;
	private final Networks networks;
	private final ResultStore store;
	private final Map<String, Progress> steps = new LinkedHashMap<>();
	private final ExecutionEvents events = new ExecutionEvents();
	private final List<String> notes = new ArrayList<>();
	private String lastFailure;
	/** The number of tries for a step whose process is lost. */
	private int tries = 1;
	/** Whether steps that have a handle outlive this run. */
	private boolean detaches;
	/** Whether the run ends as soon as the executor has what it can take. */
	private final boolean leaves;
	/** Environment steps of steps that cost the same, which many do. */
	private final Map<Costly, Long> estimates = new HashMap<>();
	private final String started = now();
	private final Deque<Sample> samples = new ArrayDeque<>();

	private static final class Progress {
		final Step step;
		StepState state = StepState.WAITING;
		/** Environment steps taken. */
		long done;
		int tries;
		/** Why the previous try was lost; null at the first try. */
		String lost;
		String message;
		/** By which the executor finds the step, also when this run has ended; null otherwise. */
		String handle;

		Progress(Step step) {
			this.step = step;
		}

		boolean isUnderWay() {
			return state == StepState.SUBMITTED || state == StepState.RUNNING;
		}

		/** Planned, as long as they are not taken: granted episodes may exceed a budget, and lanes may not divide it. */
		long all() {
			return state == StepState.FINISHED ? done : Math.max(done, step.envSteps());
		}
	}

	private record Sample(long nanos, long environmentSteps) {}

	private record Costly(int target, long environmentSteps) {}

	private ExperimentRun(RunRequest request, RunListener listener, Networks networks, boolean leaves) {
		this.networks = networks;
		this.leaves = leaves;
		this.request = request;
		this.listener = listener;
		store = new ResultStore(request.results());
		for (Step step : request.plan().steps()) {
			steps.put(step.key(), new Progress(step));
		}
	}

	/**
	 * Runs until every step that can run has a result, or until cancelled; then it returns within a second. Steps of an executor that
	 * detaches go on then.
	 *
	 * @param request  the run
	 * @param listener follows the run, on this thread
	 * @return how it ended
	 * @throws org.headstart.engine.internal.results.ResultsException when the folder is in use, damaged, or of another experiment
	 * @throws IOException                                   when the folder cannot be written or the executor cannot start
	 */
	public static RunOutcome run(RunRequest request, RunListener listener) throws IOException {
		return run(request, listener, new GraphNetworks());
	}

	/** With other networks, which only steps in this process use. */
	static RunOutcome run(RunRequest request, RunListener listener, Networks networks) throws IOException {
		return new ExperimentRun(request, listener, networks, false).run();
	}

	/**
	 * Hands over the steps that the executor can take now, and leaves them to it; {@link #run} follows them.
	 *
	 * @param request the run; its executor {@linkplain #detaches detaches}
	 * @param listener follows the run, on this thread
	 * @return how it ended
	 * @throws IOException as {@link #run} does
	 */
	public static RunOutcome submit(RunRequest request, RunListener listener) throws IOException {
		if (request.jobs() == 0 || !detaches(request.plan().experiment().running().executor())) {
			throw new IllegalArgumentException("the steps would end with this run");
		}
		return new ExperimentRun(request, listener, new GraphNetworks(), true).run();
	}

	private RunOutcome run() throws IOException {
		FolderLock lock = store.lock();
		try {
			return runLocked();
		} finally {
			lock.close();
		}
	}

	private RunOutcome runLocked() throws IOException {
		Map<String, SubmittedStep> submitted = store.submitted();
		refuseOthers(submitted);
		for (String anew : store.freeze(request.experimentText(), request.plan(), request.fresh())) {
			note("made anew: " + anew);
		}
		discardDamaged();
		for (Progress progress : steps.values()) {
			progress.done = stepsTaken(progress.step);
		}
		lookForResults();
		beat(RunState.RUNNING);
		RunState end;
		try (Execution execution = start()) {
			follow(submitted, execution);
			end = supervise(execution);
		} catch (IOException | RuntimeException e) {
			notes.add(Worker.message(e));
			try {
				beat(RunState.FAILED);
			} catch (IOException unsaid) {
				e.addSuppressed(unsaid);
			}
			throw e;
		}
		if (detaches) {
			// handles are told until the execution is closed
			for (Event event = events.poll(); event != null; event = events.poll()) {
				handle(event);
			}
		}
		// a step may have finished while the execution was being closed
		lookForResults();
		for (Progress progress : steps.values()) {
			if (progress.isUnderWay() && progress.handle == null) {
				progress.state = StepState.WAITING;
			}
		}
		if (steps.values().stream().anyMatch(Progress::isUnderWay)) {
			end = RunState.DETACHED;
		}
		return new RunOutcome(end, beat(end));
	}

	/** Only the executor that has a step can follow it, and no step may run in two executors. */
	private void refuseOthers(Map<String, SubmittedStep> submitted) throws ResultsException {
		String here = request.jobs() == 0 ? "" : executor().id();
		for (Map.Entry<String, SubmittedStep> step : submitted.entrySet()) {
			String other = step.getValue().executor();
			if (!other.equals(here) || request.fresh()) {
				throw new ResultsException("executor '" + other + "' still has steps of " + store.folder() + ", "
						+ steps(submitted.size()) + ", " + step.getKey() + " as " + step.getValue().handle() + " for example. "
						+ (request.fresh() ? "Stop them first" : "Run with that executor, which follows them, or stop them")
						+ " with 'headstart cancel'.");
			}
		}
	}

	private static String steps(int count) {
		return count == 1 ? "1 step" : count + " steps";
	}

	/** Takes up what an earlier run has left to the executor. */
	private void follow(Map<String, SubmittedStep> submitted, Execution execution) throws IOException {
		int foreign = submitted.size();
		// in the plan's order, so that a step comes behind those that it needs
		for (Progress progress : steps.values()) {
			SubmittedStep left = submitted.get(progress.step.key());
			if (left == null) {
				continue;
			}
			foreign--;
			if (progress.state != StepState.FINISHED) {
				progress.state = StepState.SUBMITTED;
				progress.handle = left.handle();
				progress.tries = left.tries();
				try {
					execution.follow(request(progress.step), progress.handle);
				} catch (IOException e) {
					// its handle is kept: it may be followed from elsewhere
					fail(progress, Worker.message(e));
				}
			}
		}
		if (foreign > 0) {
			note("executor '" + executor().id() + "' still has " + steps(foreign) + " of an earlier version of the experiment,"
					+ " which this run does not follow; 'headstart cancel' stops them");
		}
	}

	/** A step's outcome is determined by its key, so what builds on a damaged one stays right when that is made anew. */
	private void discardDamaged() throws IOException {
		for (Progress progress : steps.values()) {
			String key = progress.step.key();
			Optional<String> damage = store.damage(key);
			if (damage.isPresent()) {
				note(progress.step.label() + " is made anew: " + damage.get());
				store.discard(key);
			} else if (store.finished(key)) {
				store.restoreTiming(key).ifPresent(
						lost -> note(progress.step.label() + ": its times are lost: " + lost));
			}
		}
	}

	/** A damaged timing of a running step is reported when the step runs. */
	private long stepsTaken(Step step) throws IOException {
		try {
			return store.timing(step.key()).environmentSteps();
		} catch (ResultsException e) {
			return 0;
		}
	}

	private void lookForResults() throws IOException {
		for (Progress progress : steps.values()) {
			if (store.finished(progress.step.key())) {
				finish(progress);
			}
		}
	}

	private void finish(Progress progress) throws IOException {
		if (progress.state != StepState.FINISHED) {
			progress.state = StepState.FINISHED;
			progress.done = stepsTaken(progress.step);
			takeBack(progress);
		}
	}

	/** Called when the executor no longer has the step. */
	private void takeBack(Progress progress) throws IOException {
		if (progress.handle != null) {
			progress.handle = null;
			store.forgetSubmitted(progress.step.key());
		}
	}

	private Execution start() throws IOException {
		if (request.jobs() == 0) {
			return new InProcessExecution(
					new StepRunner(store, request.plan(), request.catalog(), networks), events);
		}
		tries = tries(executor());
		detaches = detaches(executor());
		return start(executor(), new ExecutionSite(request.results(), request.jobs(), request.workerCommand(), events));
	}

	@SuppressWarnings("unchecked") // the reader gave the contribution's own settings record
	private static int tries(Choice<Executor<?>> choice) {
		return choice.contribution().call("tries",
				() -> ((Executor<Record>) choice.contribution().instance().get()).tries(choice.settings()));
	}

	private Choice<Executor<?>> executor() {
		return request.plan().experiment().running().executor();
	}

	/**
	 * @param choice an executor
	 * @return whether its steps outlive a run
	 */
	@SuppressWarnings("unchecked") // the reader gave the contribution's own settings record
	public static boolean detaches(Choice<Executor<?>> choice) {
		return choice.contribution().call("detaches",
				() -> ((Executor<Record>) choice.contribution().instance().get()).detaches(choice.settings()));
	}

	@SuppressWarnings("unchecked") // the reader gave the contribution's own settings record
	static Execution start(Choice<Executor<?>> choice, ExecutionSite site) throws IOException {
		return new NamedExecution(choice.contribution(), choice.contribution().call("start",
				() -> ((Executor<Record>) choice.contribution().instance().get()).start(choice.settings(), site)));
	}

	private RunState supervise(Execution execution) throws IOException {
		long lastBeat = System.nanoTime();
		long rest = 0;
		while (true) {
			if (request.cancel().isCancelled()) {
				return RunState.CANCELLED;
			}
			int underWay = submit(execution);
			if (underWay == 0) {
				return steps.values().stream().allMatch(step -> step.state == StepState.FINISHED) ? RunState.FINISHED
						: RunState.FAILED;
			}
			if (leaves && events.isEmpty() && steps.values().stream().noneMatch(step -> step.isUnderWay() && step.handle == null)) {
				return RunState.DETACHED;
			}
			Event event;
			try {
				event = events.poll(LOOK);
			} catch (InterruptedException e) {
				Thread.currentThread().interrupt();
				return RunState.CANCELLED;
			}
			boolean ended = false;
			for (; event != null; event = events.poll()) {
				ended |= handle(event);
			}
			if (!store.isThere()) {
				throw new CannotWriteException(store.folder(),
						new IOException("it, or steps in it, was deleted while the run was under way"));
			}
			long now = System.nanoTime();
			if (ended && now - lastBeat >= rest || now - lastBeat >= Math.max(rest, HEARTBEAT.toNanos())) {
				beat(RunState.RUNNING);
				lastBeat = System.nanoTime();
				rest = REST * (lastBeat - now);
			}
		}
	}

	/** Submits steps as far as possible; returns the number of running steps. */
	private int submit(Execution execution) throws IOException {
		int underWay = (int) steps.values().stream().filter(Progress::isUnderWay).count();
		int capacity = Math.max(1, execution.capacity());
		boolean heedsNeeds = execution.heedsNeeds();
		for (Progress progress : steps.values()) {
			if (progress.state != StepState.WAITING) {
				continue;
			}
			for (String need : progress.step.needs()) {
				Progress needed = steps.get(need);
				if (needed.state == StepState.FAILED || needed.state == StepState.NOT_RUN) {
					progress.state = StepState.NOT_RUN;
					progress.message = "not run because '" + needed.step.label() + "' "
							+ (needed.state == StepState.FAILED ? "failed" : "was not run");
				}
			}
			boolean ready = progress.state == StepState.WAITING && progress.step.needs().stream().map(steps::get)
					.allMatch(need -> need.state == StepState.FINISHED || heedsNeeds && need.isUnderWay());
			if (ready && underWay < capacity) {
				progress.state = StepState.SUBMITTED;
				progress.tries++;
				underWay++;
				try {
					execution.submit(request(progress.step));
				} catch (IOException e) {
					underWay--;
					fail(progress, Worker.message(e));
				}
			}
		}
		return underWay;
	}

	private StepRequest request(Step step) {
		return new StepRequest(step.key(),
				step.kind() == Step.Kind.ACQUIRE ? StepRequest.Kind.ACQUIRE : StepRequest.Kind.ADAPT, step.label(),
				step.needs().stream().filter(need -> steps.get(need).state != StepState.FINISHED).toList(),
				estimates.computeIfAbsent(new Costly(step.target(), step.envSteps()),
						costly -> CostEstimate.of(request.plan().experiment(), step).total()
								.min(BigInteger.valueOf(Long.MAX_VALUE)).longValue()));
	}

	/** Returns whether a step ended. */
	private boolean handle(Event event) throws IOException {
		switch (event) {
			case Event.Submitted submitted -> {
				Progress progress = steps.get(submitted.key());
				store.write(submitted.key(),
						new SubmittedStep(ResultStore.FORMAT, executor().id(), submitted.handle(), progress.tries, now()));
				progress.handle = submitted.handle();
				return false;
			}
			case Event.Returned returned -> {
				Progress progress = steps.get(returned.key());
				takeBack(progress);
				progress.tries--;
				progress.state = StepState.WAITING;
			}
			case Event.Started begun -> {
				begin(steps.get(begun.key()));
				return false;
			}
			case Event.Moved moved -> {
				Progress progress = steps.get(moved.key());
				begin(progress);
				if (progress != null && progress.state == StepState.RUNNING) {
					progress.done = moved.done();
				}
				return false;
			}
			case Event.Noted noted -> {
				note(noted.message());
				return false;
			}
			case Event.Finished finished -> {
				Progress progress = steps.get(finished.key());
				if (store.finished(finished.key())) {
					finish(progress);
				} else {
					fail(progress, "the executor says that it is finished, but its result is not in "
							+ store.step(finished.key()));
				}
			}
			case Event.Failed failed -> {
				Progress progress = steps.get(failed.key());
				takeBack(progress);
				fail(progress, failed.message() + (progress.lost == null ? "" : " (" + retry(progress) + ")"));
			}
			case Event.Lost lost -> {
				Progress progress = steps.get(lost.key());
				takeBack(progress);
				if (progress.tries < tries) {
					progress.state = StepState.WAITING;
					progress.lost = lost.message();
					note(progress.step.label() + " was lost (" + lost.message() + ") and is tried "
							+ (progress.tries == 1 ? "once more" : "again") + ", try " + (progress.tries + 1) + " of " + tries);
				} else {
					fail(progress, "lost" + (progress.tries == 1 ? "" : progress.tries == 2 ? " twice" : " " + progress.tries + " times")
							+ ": " + lost.message());
				}
			}
		}
		return true;
	}

	private String retry(Progress progress) {
		return "try " + Math.max(2, progress.tries) + " of " + tries + ", lost before: " + progress.lost;
	}

	/** The message about a step's state. */
	private String message(Progress progress) {
		if (progress.message != null) {
			return progress.message;
		}
		List<String> said = new ArrayList<>();
		if (progress.handle != null && progress.isUnderWay()) {
			said.add("with executor '" + executor().id() + "' as " + progress.handle);
		}
		if (progress.lost != null && (progress.isUnderWay() || progress.state == StepState.WAITING)) {
			said.add(retry(progress));
		}
		return said.isEmpty() ? null : String.join("; ", said);
	}

	private static void begin(Progress progress) {
		if (progress != null && progress.state == StepState.SUBMITTED) {
			progress.state = StepState.RUNNING;
		}
	}

	private void fail(Progress progress, String message) {
		progress.state = StepState.FAILED;
		progress.message = message;
		// one cause can fail every step
		note(progress.step.label() + " failed" + (message.equals(lastFailure) ? " for the same reason" : ": " + message));
		lastFailure = message;
	}

	private void note(String message) {
		notes.add(message);
		listener.note(message);
	}

	private RunStatus beat(RunState state) throws IOException {
		long done = 0;
		long all = 0;
		int finished = 0;
		List<StepStatus> states = new ArrayList<>();
		for (Progress progress : steps.values()) {
			Step step = progress.step;
			done = Step.sum(done, progress.done);
			all = Step.sum(all, progress.all());
			if (progress.state == StepState.FINISHED) {
				finished++;
			}
			states.add(new StepStatus(step.key(), step.label(), progress.state, progress.done, progress.all(),
					message(progress)));
		}
		Double rate = rate(done);
		RunStatus status = new RunStatus(ResultStore.FORMAT, request.plan().experiment().name(), state,
				new RunStatus.Supervisor(ProcessHandle.current().pid(), Machine.host(), started, now()),
				new RunStatus.Progress(finished, steps.size(), done, all, Units.of(request.plan()), rate,
						rate == null || rate <= 0 ? null : (all - done) / rate),
				states, List.copyOf(notes));
		if (state == RunState.RUNNING) {
			store.write(status);
		} else {
			store.writeLast(status);
		}
		listener.progress(status);
		return status;
	}

	/** Environment steps a second over the window; null before a second has passed. */
	private Double rate(long done) {
		long now = System.nanoTime();
		samples.addLast(new Sample(now, done));
		while (samples.size() > 2 && now - samples.getFirst().nanos() > RATE_WINDOW.toNanos()) {
			samples.removeFirst();
		}
		Sample first = samples.getFirst();
		double seconds = (now - first.nanos()) * 1e-9;
		return seconds < 1 ? null : Math.max(0, done - first.environmentSteps()) / seconds;
	}

	private static String now() {
		return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
	}
}
