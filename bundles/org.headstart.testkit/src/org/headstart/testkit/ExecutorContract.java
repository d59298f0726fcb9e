package org.headstart.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import org.headstart.api.execution.Execution;
import org.headstart.api.execution.ExecutionListener;
import org.headstart.api.execution.ExecutionSite;
import org.headstart.api.execution.Executor;
import org.headstart.api.execution.StepRequest;
import org.headstart.api.learner.BudgetUnit;
import org.headstart.api.strategy.Acquisition;
import org.headstart.engine.internal.experiment.Experiment;
import org.headstart.engine.internal.plan.Plan;
import org.headstart.engine.internal.plan.Step;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.testkit.TestWorker.Behaviour;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every executor must keep, as tests: extend this class, return the executor with its settings, and JUnit runs them.
 *
 * <pre>{@code
 * class MyExecutorTest extends ExecutorContract<MySettings> {
 * 	@Override
 * 	protected Executor<MySettings> executor() {
 * 		return new MyExecutor();
 * 	}
 *
 * 	@Override
 * 	protected MySettings settings() {
 * 		return new MySettings(...);
 * 	}
 * }
 * }</pre>
 *
 * <p>An executor whose steps outlive a run, or whose execution is handed steps before what they need is finished, has tests of its
 * own for that; others skip them.
 *
 * <p>The plan is one of steps that finish, move on, wait for each other, fail, or take their process along; no network is
 * trained. A worker of the test kit runs them, a real process that speaks to the executor as Headstart's workers do. Bounds of
 * time protect against waiting forever; they are no demand on speed. Each test also demands that a closed execution leaves no
 * process behind.
 *
 * @param <S> the settings record
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
public abstract class ExecutorContract<S extends Record> {

	private static final int JOBS = 3;
	/** Steps of each behaviour in the plan. */
	private static final int STEPS = 4 * JOBS;
	private static final Duration PATIENCE = Duration.ofMinutes(5);
	/** {@link Execution#close} has a second; a busy machine has much more. */
	private static final Duration CLOSE = Duration.ofMinutes(2);
	/** A worker that did not touch its file for so long is gone. */
	private static final long SILENCE_MILLIS = 15 * TestWorker.PULSE_MILLIS;

	@TempDir
	private Path folder;
	private final List<TestedExecution> executions = new ArrayList<>();

	/** @return the executor under test */
	protected abstract Executor<S> executor();

	/** @return its settings */
	protected abstract S settings();

	/**
	 * The command line that workers are started with. Replace it where the executor starts workers elsewhere, with other paths.
	 *
	 * @param testWorker starts the test kit's worker on this computer: the Java runtime, its options, a class path, the main
	 *                    class, and two folders, which workers share with the test
	 * @return the worker command of the {@link ExecutionSite}
	 */
	protected List<String> workerCommand(List<String> testWorker) {
		return testWorker;
	}

	/** How a step ended. */
	private enum Ending {
		FINISHED, FAILED, LOST, RETURNED
	}

	private record End(Ending ending, String message) {}

	/** One execution, what was handed to it, and what it told. */
	private final class TestedExecution implements ExecutionListener {

		final Path own;
		final ResultStore store;
		final Execution execution;
		/** What was told that must not be; guarded by this, as all below. */
		final List<String> wrong = new ArrayList<>();
		private final Set<String> underWay = new HashSet<>();
		private final Set<String> begun = new HashSet<>();
		private final Map<String, String> handles = new HashMap<>();
		private final Map<String, List<String>> needs = new HashMap<>();
		private final Map<String, Long> done = new HashMap<>();
		private final Map<String, List<End>> ends = new HashMap<>();
		private boolean closed;

		TestedExecution(Executor<S> executor, String name, String... files) throws IOException {
			own = Files.createDirectories(folder.resolve(name + "-test"));
			for (String file : files) {
				tell(file, "");
			}
			store = new ResultStore(Files.createDirectories(folder.resolve(name)));
			if (store.plan().isEmpty()) {
				store.freeze("headstart: 1\nname: executor-test\n", plan(), false);
			}
			executions.add(this);
			execution = executor.start(settings(), new ExecutionSite(store.folder(), JOBS,
					workerCommand(TestWorker.command(store.folder(), own)), this));
		}

		/** Leaves a file for the workers. */
		void tell(String file, String text) throws IOException {
			// renamed, so that no worker reads half of it
			Path written = Files.writeString(own.resolve(file + ".new"), text);
			Files.move(written, own.resolve(file), StandardCopyOption.REPLACE_EXISTING);
		}

		void submit(String key, String... needs) throws IOException {
			begin(key, needs);
			execution.submit(request(key, needs));
		}

		private synchronized void begin(String key, String... needs) {
			assertTrue(underWay.add(key), "the test submits a step twice");
			this.needs.put(key, List.of(needs));
			done.remove(key);
			begun.remove(key);
			handles.remove(key);
		}

		void follow(String key, String handle) throws IOException {
			begin(key);
			synchronized (this) {
				handles.put(key, handle);
			}
			execution.follow(request(key), handle);
		}

		synchronized String awaitHandle(String key) throws InterruptedException {
			waitUntil("no handle of the step " + key + " was told", () -> handles.containsKey(key));
			return handles.get(key);
		}

		/** Waits for the latest end of a step. */
		synchronized End await(String key) throws InterruptedException {
			waitUntil("no end of the step " + key + " was told", () -> !underWay.contains(key));
			List<End> all = ends.get(key);
			return all.get(all.size() - 1);
		}

		synchronized long awaitProgress(String key, long beyond) throws InterruptedException {
			waitUntil("no progress of the step " + key + " beyond " + beyond + " was told",
					() -> done.getOrDefault(key, 0L) > beyond || !underWay.contains(key));
			assertTrue(underWay.contains(key), () -> "the step ended before its time: " + ends.get(key));
			return done.get(key);
		}

		/** Waits until fewer steps than the capacity are under way. */
		synchronized void awaitRoom(int capacity) throws InterruptedException {
			waitUntil("none of the steps " + underWay + " came to an end", () -> underWay.size() < capacity);
		}

		private void waitUntil(String orElse, BooleanSupplier condition) throws InterruptedException {
			long end = System.nanoTime() + PATIENCE.toNanos();
			while (!condition.getAsBoolean()) {
				long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
				assertTrue(left > 0, orElse + " within " + PATIENCE.toSeconds() + " s; wrong: " + wrong);
				wait(left);
			}
		}

		/** Closes, and leaves nothing at work. */
		void close() throws IOException {
			Map<String, String> atWork;
			synchronized (this) {
				atWork = new HashMap<>(handles);
				atWork.keySet().retainAll(underWay);
			}
			leave();
			for (Map.Entry<String, String> step : atWork.entrySet()) {
				execution.cancel(step.getKey(), step.getValue());
			}
		}

		/** Closes; what outlives that goes on. */
		void leave() {
			synchronized (this) {
				closed = true;
			}
			assertTimeoutPreemptively(CLOSE, execution::close, "close() must return within a second, and had more");
		}

		private void check(boolean right, String message) {
			if (!right) {
				wrong.add(message);
			}
		}

		@Override
		public synchronized void submitted(String key, String handle) {
			check(detaches(), "a handle was told, and the executor does not detach: " + handle);
			check(underWay.contains(key) && !begun.contains(key), "a handle was told of a step that is not submitted: " + key);
			check(!handle.isBlank() && handle.lines().count() == 1 && handle.length() <= LONGEST_HANDLE,
					"no handle, or not in one line of at most " + LONGEST_HANDLE + " characters: " + handle);
			check(handles.put(key, handle) == null, "a step has two handles: " + key);
			notifyAll();
		}

		@Override
		public synchronized void returned(String key) {
			check(!begun.contains(key), "a step was returned that had begun: " + key);
			check(needs.get(key).stream().anyMatch(need -> !underWay.contains(need) && !store.finished(need)),
					"a step was returned, and none of those that it needs had ended without a result: " + key);
			end(key, Ending.RETURNED, "");
		}

		@Override
		public synchronized void started(String key) {
			check(underWay.contains(key), "a step was started that is not under way: " + key);
			check(begun.add(key), "a step was started twice: " + key);
			check(!detaches() || handles.containsKey(key), "a step was started before its handle was told: " + key);
			check(needs.get(key).stream().allMatch(store::finished), "a step was started before what it needs was finished: " + key);
			check(begun.stream().filter(underWay::contains).count() <= JOBS, "more steps are under way than the user wants: " + begun);
		}

		@Override
		public synchronized void progress(String key, long stepsDone, long stepsAll) {
			check(underWay.contains(key), "progress of a step that is not under way: " + key);
			check(begun.contains(key), "progress of a step that was not started: " + key);
			check(stepsDone >= 0 && stepsDone <= stepsAll, "progress " + stepsDone + " of " + stepsAll);
			Long before = done.put(key, stepsDone);
			check(before == null || before <= stepsDone, "progress went back from " + before + " to " + stepsDone);
			notifyAll();
		}

		@Override
		public synchronized void note(String key, String message) {
			check(message != null && !message.isBlank(), "a note without text");
		}

		@Override
		public void finished(String key) {
			boolean there = store.finished(key);
			synchronized (this) {
				check(there, "finished, but the result is not in the store: " + key);
				end(key, Ending.FINISHED, "");
			}
		}

		@Override
		public synchronized void failed(String key, String message) {
			check(message != null && !message.isBlank(), "failed without a message");
			end(key, Ending.FAILED, message);
		}

		@Override
		public synchronized void lost(String key, String message) {
			check(message != null && !message.isBlank(), "lost without a message");
			end(key, Ending.LOST, message);
		}

		private void end(String key, Ending ending, String message) {
			check(ending != Ending.FINISHED || begun.contains(key), "a step that was not started is finished: " + key);
			check(underWay.remove(key), ending + " was told of a step that is not under way: " + key);
			check(!closed || ending == Ending.FINISHED, ending + " was told of a step that close() stopped: " + message);
			ends.computeIfAbsent(key, any -> new ArrayList<>()).add(new End(ending, message));
			notifyAll();
		}

		/** Fails when a worker is still there after a while. */
		void assertNoProcessIsLeft() throws IOException, InterruptedException {
			long end = System.nanoTime() + PATIENCE.toNanos();
			Map<Path, FileTime> pulses = new HashMap<>();
			Map<Path, Long> since = new HashMap<>();
			while (true) {
				List<Path> living = new ArrayList<>();
				for (Path pulse : pulses()) {
					FileTime beat;
					try {
						beat = Files.getLastModifiedTime(pulse);
					} catch (NoSuchFileException e) {
						continue;
					}
					long now = System.nanoTime();
					if (!beat.equals(pulses.put(pulse, beat))) {
						since.put(pulse, now);
					}
					if (now - since.get(pulse) < TimeUnit.MILLISECONDS.toNanos(SILENCE_MILLIS)) {
						living.add(pulse.getFileName());
					}
				}
				if (living.isEmpty()) {
					return;
				}
				assertTrue(System.nanoTime() < end, "close() left workers behind, which did not end within "
						+ PATIENCE.toSeconds() + " s (worker-PROCESS-…): " + living);
				Thread.sleep(TestWorker.PULSE_MILLIS / 2);
			}
		}

		private List<Path> pulses() throws IOException {
			try (Stream<Path> files = Files.list(own)) {
				return files.filter(file -> file.getFileName().toString().endsWith(TestWorker.PULSE)).toList();
			}
		}
	}

	private boolean detaches() {
		return executor().detaches(settings());
	}

	private static StepRequest request(String key, String... needs) {
		return new StepRequest(key, StepRequest.Kind.ACQUIRE, "step " + key, List.of(needs), 1000);
	}

	/**
	 * {@value #STEPS} steps of each behaviour. Workers see behaviours by the labels, so the arms name no contribution, and there is no
	 * target.
	 */
	private static Plan plan() {
		List<Experiment.Arm> arms = new ArrayList<>();
		List<Step> steps = new ArrayList<>();
		for (Behaviour behaviour : Behaviour.values()) {
			arms.add(new Experiment.Arm(behaviour.name(), null, null, null, List.of(), List.of()));
			for (int seed = 1; seed <= STEPS; seed++) {
				steps.add(new Step(key(behaviour, seed), seed, List.of(), new Behaving(behaviour)));
			}
		}
		Experiment.Protocol protocol = new Experiment.Protocol(new Experiment.TrialLength(1), List.of(0),
				new Experiment.Evaluation(1000, 1, true, false), Double.NaN, STEPS, 0);
		return new Plan(new Experiment("executor-test", "", new Experiment.Equipment(null, null, List.of()),
				new Experiment.Tasks(List.of(), List.of()), arms, protocol, new Experiment.Running(null, new Experiment.Checkpointing(60))),
				steps);
	}

	private record Behaving(Behaviour behaviour) implements Step.Work {

		@Override
		public Step.Kind kind() {
			return Step.Kind.ACQUIRE;
		}

		@Override
		public List<Integer> arms() {
			return List.of(behaviour.ordinal());
		}

		@Override
		public int target() {
			return -1;
		}

		@Override
		public long envSteps() {
			return 1000;
		}

		@Override
		public BudgetUnit unit() {
			return BudgetUnit.ENVIRONMENT_STEPS;
		}

		@Override
		public String name() {
			return behaviour.toString();
		}

		@Override
		public String identity(int seed, List<String> needs) {
			return "";
		}

		@Override
		public Optional<Acquisition> acquisition() {
			return Optional.empty();
		}

		@Override
		public List<Integer> sources() {
			return List.of();
		}
	}

	private static String key(Behaviour behaviour, int seed) {
		return String.format("%016x%016x", 0xacedL + behaviour.ordinal(), seed);
	}

	private TestedExecution start(String... files) throws IOException {
		return new TestedExecution(executor(), "results-" + executions.size(), files);
	}

	/** Every test ends with this: closed executions leave no process behind, and nothing was told that must not be. */
	@AfterEach
	final void closeAndLookForWhatIsLeft() throws IOException, InterruptedException {
		try {
			for (TestedExecution tested : executions) {
				if (!tested.closed) {
					tested.close();
				}
			}
			for (TestedExecution tested : executions) {
				tested.assertNoProcessIsLeft();
				synchronized (tested) {
					assertEquals(List.of(), tested.wrong);
				}
			}
		} finally {
			for (TestedExecution tested : executions) {
				tested.tell(TestWorker.OVER, "");
			}
		}
	}

	/** When a step is told to be finished, its result is in the store. */
	@Test
	void aStepFinishesAndItsResultIsThere() throws Exception {
		TestedExecution tested = start();
		String key = key(Behaviour.FINISHES, 1);
		tested.submit(key);
		assertEquals(Ending.FINISHED, tested.await(key).ending());
		assertTrue(tested.store.finished(key));
	}

	/** The user sees a step move while it is under way. */
	@Test
	void progressIsToldAndGoesUp() throws Exception {
		TestedExecution tested = start();
		String key = key(Behaviour.MOVES_ON, 1);
		tested.submit(key);
		long first = tested.awaitProgress(key, 0);
		tested.awaitProgress(key, first);
		tested.tell(TestWorker.GO, "");
		assertEquals(Ending.FINISHED, tested.await(key).ending());
	}

	/** A step's own error is told as it is, and costs only that step. */
	@Test
	void aStepThatFailsIsToldWithItsMessage() throws Exception {
		TestedExecution tested = start();
		String failing = key(Behaviour.FAILS, 1);
		tested.submit(failing);
		End end = tested.await(failing);
		assertEquals(Ending.FAILED, end.ending(), end.message());
		assertTrue(end.message().contains(TestWorker.FAILURE), end.message());
		String next = key(Behaviour.FINISHES, 1);
		tested.submit(next);
		assertEquals(Ending.FINISHED, tested.await(next).ending());
	}

	/** A process that is gone without a word loses its step, which can be handed over once more. */
	@Test
	void aLostProcessIsToldAndItsStepCanBeTriedAgain() throws Exception {
		TestedExecution tested = start();
		String key = key(Behaviour.DIES_ONCE, 1);
		tested.submit(key);
		End end = tested.await(key);
		assertEquals(Ending.LOST, end.ending(), end.message());
		tested.submit(key);
		end = tested.await(key);
		assertEquals(Ending.FINISHED, end.ending(), end.message());
	}

	/** A worker that ends between two steps is replaced; at most the step is lost that was handed to it meanwhile. */
	@Test
	void aWorkerThatEndsBetweenStepsIsReplaced() throws Exception {
		TestedExecution tested = start();
		for (int seed = 1; seed <= 2; seed++) {
			String key = key(Behaviour.FINISHES_AND_ENDS, seed);
			End end;
			int tries = 0;
			do {
				tested.submit(key);
				end = tested.await(key);
			} while (end.ending() == Ending.LOST && ++tries < 5);
			assertEquals(Ending.FINISHED, end.ending(), end.message());
		}
	}

	/** When no worker can work, the step does not wait for ever, and the user reads the reason. */
	@Test
	void aWorkerThatCannotWorkSaysWhy() throws Exception {
		TestedExecution tested = start(TestWorker.BROKEN);
		String key = key(Behaviour.FINISHES, 1);
		tested.submit(key);
		End end = tested.await(key);
		assertTrue(end.ending() != Ending.FINISHED, "no worker ran, and yet the step is told to be finished");
		assertTrue(end.message().contains(TestWorker.BROKEN_BECAUSE), end.message());
	}

	/** The capacity is what the user asked for at most, and is kept: so many steps meet. A queue has its own way. */
	@Test
	void asManyStepsAsTheCapacityAreUnderWayAtOnce() throws Exception {
		TestedExecution tested = start();
		int capacity = tested.execution.capacity();
		assumeFalse(tested.execution.heedsNeeds(), "it is handed more than is under way");
		assertTrue(capacity >= 1 && capacity <= JOBS, capacity + " steps at once, the user wants at most " + JOBS);
		tested.tell(TestWorker.COMPANY, Integer.toString(capacity));
		for (int seed = 1; seed <= capacity; seed++) {
			tested.submit(key(Behaviour.MEETS, seed));
		}
		for (int seed = 1; seed <= capacity; seed++) {
			assertEquals(Ending.FINISHED, tested.await(key(Behaviour.MEETS, seed)).ending());
		}
	}

	/** Steps of all kinds in turn, a new one as soon as one has ended: each is told to end once, and as it did. */
	@Test
	void everyStepEndsOnceAndInItsWay() throws Exception {
		TestedExecution tested = start();
		int capacity = tested.execution.capacity();
		Map<String, Ending> expected = new LinkedHashMap<>();
		for (int seed = 1; seed <= STEPS; seed++) {
			expected.put(key(Behaviour.FINISHES, seed), Ending.FINISHED);
			if (seed % 3 == 0) {
				expected.put(key(Behaviour.FAILS, seed), Ending.FAILED);
			}
			if (seed % 4 == 0) {
				expected.put(key(Behaviour.DIES_ONCE, seed), Ending.LOST);
			}
		}
		for (String key : expected.keySet()) {
			tested.awaitRoom(capacity);
			tested.submit(key);
		}
		for (Map.Entry<String, Ending> step : expected.entrySet()) {
			End end = tested.await(step.getKey());
			assertEquals(step.getValue(), end.ending(), end.message());
		}
	}

	/** Closing ends the steps under way, or cancelling those that outlive it, and nobody is told of them: neither failed nor lost. */
	@Test
	void closeEndsWhatIsUnderWay() throws Exception {
		TestedExecution tested = start();
		List<String> keys = new ArrayList<>();
		for (int seed = 1; seed <= Math.min(JOBS, tested.execution.capacity()); seed++) {
			keys.add(key(Behaviour.MOVES_ON, seed));
			tested.submit(keys.get(keys.size() - 1));
		}
		for (String key : tested.execution.heedsNeeds() ? keys.subList(0, 1) : keys) {
			tested.awaitProgress(key, 0);
		}
		tested.close();
		tested.assertNoProcessIsLeft();
		for (String key : keys) {
			assertFalse(tested.store.finished(key));
		}
	}

	private TestedExecution startQueue() throws IOException {
		TestedExecution tested = start();
		assumeTrue(tested.execution.heedsNeeds(), "it is handed steps that can run now");
		return tested;
	}

	/** A step that is handed over with what it needs waits for that. */
	@Test
	void aStepBeginsWhenWhatItNeedsIsFinished() throws Exception {
		TestedExecution tested = startQueue();
		String first = key(Behaviour.MOVES_ON, 1);
		String second = key(Behaviour.FINISHES, 1);
		String third = key(Behaviour.FINISHES, 2);
		tested.submit(first);
		tested.submit(second, first);
		tested.submit(third, first, second);
		tested.awaitProgress(first, tested.awaitProgress(first, 0) + 10);
		tested.tell(TestWorker.GO, "");
		for (String key : List.of(first, second, third)) {
			assertEquals(Ending.FINISHED, tested.await(key).ending());
		}
	}

	/** What needs a step that failed is given back, and so is what needs that; nothing waits for ever. */
	@Test
	void whatNeedsAFailedStepIsReturned() throws Exception {
		TestedExecution tested = startQueue();
		String failing = key(Behaviour.FAILS, 1);
		String second = key(Behaviour.FINISHES, 1);
		String third = key(Behaviour.FINISHES, 2);
		tested.submit(failing);
		tested.submit(second, failing);
		tested.submit(third, second);
		assertEquals(Ending.RETURNED, tested.await(third).ending());
		assertEquals(Ending.RETURNED, tested.await(second).ending());
		assertEquals(Ending.FAILED, tested.await(failing).ending());
	}

	/** What needs a lost step is given back, and can be handed over again behind it. */
	@Test
	void whatNeedsALostStepIsReturnedAndCanBeTriedAgain() throws Exception {
		TestedExecution tested = startQueue();
		String dying = key(Behaviour.DIES_ONCE, 1);
		String second = key(Behaviour.FINISHES, 1);
		tested.submit(dying);
		tested.submit(second, dying);
		assertEquals(Ending.RETURNED, tested.await(second).ending());
		assertEquals(Ending.LOST, tested.await(dying).ending());
		tested.submit(dying);
		tested.submit(second, dying);
		assertEquals(Ending.FINISHED, tested.await(second).ending());
		assertEquals(Ending.FINISHED, tested.await(dying).ending());
	}

	/** Leaves a step at work and comes back after it has, perhaps, ended as the file says. */
	private TestedExecution comeBack(String go) throws Exception {
		assumeTrue(detaches(), "its steps end with their run");
		String key = key(Behaviour.MOVES_ON, 1);
		TestedExecution gone = start();
		gone.submit(key);
		String handle = gone.awaitHandle(key);
		gone.awaitProgress(key, 0);
		gone.leave();
		if (go != null) {
			gone.tell(TestWorker.GO, go);
			gone.assertNoProcessIsLeft();
		}
		TestedExecution back = new TestedExecution(executor(), gone.store.folder().getFileName().toString());
		back.follow(key, handle);
		return back;
	}

	/** A step goes on when its run ends, and the next run sees it move and finish. */
	@Test
	void aStepOutlivesItsExecution() throws Exception {
		TestedExecution tested = comeBack(null);
		String key = key(Behaviour.MOVES_ON, 1);
		long first = tested.awaitProgress(key, 0);
		tested.awaitProgress(key, first + 10);
		tested.tell(TestWorker.GO, "");
		assertEquals(Ending.FINISHED, tested.await(key).ending());
	}

	/** What ended while nobody looked is told as it ended. */
	@Test
	void whatFinishedMeanwhileIsTold() throws Exception {
		assertEquals(Ending.FINISHED, comeBack("").await(key(Behaviour.MOVES_ON, 1)).ending());
	}

	/** What failed while nobody looked is told with its message. */
	@Test
	void whatFailedMeanwhileIsTold() throws Exception {
		End end = comeBack(TestWorker.FAIL).await(key(Behaviour.MOVES_ON, 1));
		assertEquals(Ending.FAILED, end.ending());
		assertTrue(end.message().contains(TestWorker.FAILURE), end.message());
	}

	/** What was killed while nobody looked is lost, and can be submitted again. */
	@Test
	void whatWasLostMeanwhileIsTold() throws Exception {
		TestedExecution tested = comeBack(TestWorker.DIE);
		String key = key(Behaviour.MOVES_ON, 1);
		assertEquals(Ending.LOST, tested.await(key).ending());
		tested.tell(TestWorker.GO, "");
		tested.submit(key);
		assertEquals(Ending.FINISHED, tested.await(key).ending());
	}

	/** A step that is not followed can be cancelled by its handle; what has ended is no error. */
	@Test
	void aStepThatWasLeftCanBeCancelled() throws Exception {
		assumeTrue(detaches(), "its steps end with their run");
		String key = key(Behaviour.MOVES_ON, 1);
		TestedExecution gone = start();
		gone.submit(key);
		String handle = gone.awaitHandle(key);
		gone.awaitProgress(key, 0);
		gone.leave();
		TestedExecution back = new TestedExecution(executor(), gone.store.folder().getFileName().toString());
		back.execution.cancel(key, handle);
		back.assertNoProcessIsLeft();
		assertFalse(back.store.finished(key));
		back.execution.cancel(key, handle);
	}

	/** An execution that was given nothing closes too. */
	@Test
	void closeWithoutAnyStep() throws Exception {
		start().close();
	}

	/** One executor serves several runs, and closing one of them does not touch the others. */
	@Test
	void executionsDoNotDisturbEachOther() throws Exception {
		Executor<S> executor = executor();
		TestedExecution one = new TestedExecution(executor, "one");
		TestedExecution other = new TestedExecution(executor, "other");
		String key = key(Behaviour.MOVES_ON, 1);
		one.submit(key);
		other.submit(key);
		one.awaitProgress(key, 0);
		long before = other.awaitProgress(key, 0);
		one.close();
		one.assertNoProcessIsLeft();
		other.awaitProgress(key, before);
		other.tell(TestWorker.GO, "");
		assertEquals(Ending.FINISHED, other.await(key).ending());
		assertFalse(one.store.finished(key));
	}
}
