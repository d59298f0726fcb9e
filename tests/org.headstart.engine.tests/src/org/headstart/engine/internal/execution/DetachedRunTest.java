package org.headstart.engine.internal.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

import org.headstart.api.execution.Execution;
import org.headstart.api.execution.ExecutionListener;
import org.headstart.api.execution.ExecutionSite;
import org.headstart.api.execution.Executor;
import org.headstart.api.execution.StepRequest;
import org.headstart.api.execution.WorkerProtocol;
import org.headstart.api.settings.NoSettings;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.catalog.Contribution;
import org.headstart.engine.internal.experiment.ExperimentReader;
import org.headstart.engine.internal.plan.CostEstimate;
import org.headstart.engine.internal.plan.Plan;
import org.headstart.engine.internal.plan.Planner;
import org.headstart.engine.internal.plan.Step;
import org.headstart.engine.internal.results.FolderLock;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.engine.internal.results.ResultsException;
import org.headstart.engine.internal.results.RunStatus;
import org.headstart.engine.internal.results.RunStatus.RunState;
import org.headstart.engine.internal.results.RunStatus.StepState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose steps are with an executor that outlives them. */
class DetachedRunTest {

	@TempDir
	private Path temp;
	private final Cluster cluster = new Cluster();
	private final String text = WalkExperiment.text(2, 400, "  - {id: scratch}\n  - {id: warm-up}").replace("backbone:",
			"executor: {id: cluster}\nbackbone:");
	private final CancelToken cancel = new CancelToken();

	/** A cluster's queue: it takes all steps at once, and has them when nobody listens. It works when the test says so. */
	private final class Cluster implements Executor<NoSettings> {

		final List<StepRequest> requests = new ArrayList<>();
		/** Steps by handle, in the order in which they came. */
		final Map<String, StepRequest> jobs = new LinkedHashMap<>();
		/** How jobs ended. */
		final Map<String, WorkerEnd> ends = new HashMap<>();
		/** How steps are to end. */
		final Map<String, WorkerEnd> fates = new HashMap<>();
		final List<String> cancelled = new ArrayList<>();
		boolean works;
		boolean unreachable;
		Runnable afterSubmission = () -> {};
		Runnable afterCancel = () -> {};

		enum WorkerEnd {
			FINISHED, FAILED, LOST, NOT_BEGUN
		}

		void work() {
			jobs.keySet().forEach(this::work);
		}

		private void work(String handle) {
			StepRequest step = jobs.get(handle);
			if (ends.containsKey(handle)) {
				return;
			}
			ResultStore store = store();
			WorkerEnd end = step.needs().stream().allMatch(store::finished)
					? fates.getOrDefault(step.key(), WorkerEnd.FINISHED) : WorkerEnd.NOT_BEGUN;
			if (end == WorkerEnd.FINISHED) {
				assertEquals(WorkerProtocol.DONE, Worker.step(store.folder(), DetachedRunTest.this::catalog, new LinearNetwork.Factory(),
						step.key(), OutputStream.nullOutputStream(), stop -> {}));
			}
			ends.put(handle, end);
		}

		@Override
		public boolean detaches(NoSettings settings) {
			return true;
		}

		@Override
		public Execution start(NoSettings settings, ExecutionSite site) {
			return new Execution() {
				@Override
				public int capacity() {
					return Integer.MAX_VALUE;
				}

				@Override
				public boolean heedsNeeds() {
					return true;
				}

				@Override
				public void submit(StepRequest step) {
					requests.add(step);
					String handle = "job " + requests.size();
					jobs.put(handle, step);
					site.listener().submitted(step.key(), handle);
					tell(step, handle);
					afterSubmission.run();
				}

				@Override
				public void follow(StepRequest step, String handle) throws IOException {
					if (unreachable) {
						throw new IOException("the cluster cannot be reached; run this on its login node");
					}
					assertEquals(jobs.get(handle).key(), step.key());
					tell(step, handle);
				}

				private void tell(StepRequest step, String handle) {
					if (works) {
						work(handle);
					}
					ExecutionListener listener = site.listener();
					switch (ends.get(handle)) {
						case FINISHED -> listener.finished(step.key());
						case FAILED -> listener.failed(step.key(), "the reward is NaN");
						case LOST -> listener.lost(step.key(), "node-7 is down");
						case NOT_BEGUN -> listener.returned(step.key());
						case null -> {
							// it waits
						}
					}
				}

				@Override
				public void cancel(String key, String handle) {
					assertEquals(jobs.get(handle).key(), key);
					cancelled.add(handle);
					afterCancel.run();
				}

				@Override
				public void close() {
					// the jobs go on
				}
			};
		}
	}

	private Catalog catalog() {
		Catalog walks = WalkExperiment.catalog();
		SortedMap<String, Contribution<Executor<?>>> executors = new TreeMap<>(walks.executors());
		executors.put("cluster", new Contribution<>("cluster", "cluster", "", "test", "1", () -> NoSettings.class, () -> cluster));
		return new Catalog(walks.environments(), walks.wrappers(), walks.backbones(), walks.learners(), walks.losses(), walks.strategies(),
				executors, walks.codeVersions(), List.of());
	}

	private ResultStore store() {
		return new ResultStore(temp.resolve("results"));
	}

	private RunRequest request(String text, int jobs, boolean fresh) {
		ExperimentReader.Reading reading = ExperimentReader.read(text, "test.yaml", catalog(), Map.of());
		return new RunRequest(Planner.plan(reading.experiment().orElseThrow(() -> new AssertionError(reading.problems())), catalog()),
				reading.frozenText(), store().folder(), catalog(), jobs, List.of("none"), fresh, cancel);
	}

	private RunOutcome submit() throws IOException {
		return ExperimentRun.submit(request(text, 1, false), WalkSupervisor.SILENT);
	}

	private RunOutcome run() throws IOException {
		return ExperimentRun.run(request(text, 1, false), WalkSupervisor.SILENT);
	}

	private Plan plan() {
		return request(text, 1, false).plan();
	}

	private static List<StepState> states(RunOutcome outcome) {
		return outcome.status().steps().stream().map(RunStatus.StepStatus::state).toList();
	}

	@Test
	void allStepsAreHandedOverAtOnceWithTheirNeedsAndEstimates() throws IOException {
		RunOutcome outcome = submit();
		assertEquals(RunState.DETACHED, outcome.state());
		assertEquals(RunState.DETACHED, store().status().orElseThrow().state());
		List<Step> steps = plan().steps();
		assertEquals(steps.stream().map(Step::key).toList(), cluster.requests.stream().map(StepRequest::key).toList());
		for (int i = 0; i < steps.size(); i++) {
			StepRequest request = cluster.requests.get(i);
			Step step = steps.get(i);
			assertEquals(step.needs(), request.needs());
			assertEquals(step.label(), request.label());
			assertEquals(step.kind().name(), request.kind().name());
			assertEquals(CostEstimate.of(plan().experiment(), step).total().longValueExact(), request.environmentSteps());
			assertEquals("job " + (i + 1), store().submitted().get(step.key()).handle());
			assertEquals("with executor 'cluster' as job " + (i + 1), outcome.status().steps().get(i).message());
		}
		assertTrue(steps.stream().anyMatch(step -> !step.needs().isEmpty()));
		assertEquals(steps.size(), outcome.status().stepsUnderWay());
	}

	@Test
	void theNextRunFollowsAndSubmitsNothingTwice() throws IOException {
		submit();
		cluster.work("job 1");
		cluster.works = true;
		RunOutcome outcome = run();
		assertEquals(RunState.FINISHED, outcome.state(), outcome.status().toString());
		assertEquals(plan().steps().size(), cluster.requests.size());
		assertEquals(Map.of(), store().submitted());
		for (Step step : plan().steps()) {
			assertEquals(1, store().timing(step.key()).attempts().size(), step.label());
			assertFalse(Files.exists(store().folder().resolve("steps").resolve(step.key() + ".submitted")));
		}
	}

	@Test
	void whatFinishedMeanwhileNeedsNoExecutor() throws IOException {
		submit();
		cluster.work();
		cluster.unreachable = true;
		assertEquals(RunState.FINISHED, run().state());
	}

	@Test
	void aRunThatIsStoppedLeavesItsStepsAtWork() throws IOException {
		cluster.afterSubmission = cancel::cancel;
		RunOutcome outcome = run();
		assertEquals(RunState.DETACHED, outcome.state());
		assertEquals(List.of(), cluster.cancelled);
		assertEquals(cluster.jobs.size(), store().submitted().size());
		assertEquals(cluster.jobs.size(), outcome.status().stepsUnderWay());
	}

	@Test
	void lossesCountOverAllRuns() throws IOException {
		Step first = plan().steps().get(0);
		cluster.fates.put(first.key(), Cluster.WorkerEnd.LOST);
		submit();
		cluster.work();
		// tried once more
		RunOutcome outcome = submit();
		assertEquals(RunState.DETACHED, outcome.state());
		assertEquals(2, store().submitted().get(first.key()).tries());
		assertEquals(List.of(first.label() + " was lost (node-7 is down) and is tried once more, try 2 of 2"), outcome.status().notes());
		assertEquals("with executor 'cluster' as job 7; try 2 of 2, lost before: node-7 is down",
				outcome.status().steps().get(0).message());
		cluster.works = true;
		outcome = run();
		assertEquals(RunState.FAILED, outcome.state());
		assertTrue(outcome.steps(StepState.FAILED).get(0).message().contains("lost twice"), outcome.status().toString());
		assertEquals(Map.of(), store().submitted());
	}

	@Test
	void aStepThatFailsAfterALossTellsBoth() throws IOException {
		Step first = plan().steps().get(0);
		cluster.fates.put(first.key(), Cluster.WorkerEnd.LOST);
		submit();
		cluster.work();
		cluster.fates.put(first.key(), Cluster.WorkerEnd.FAILED);
		cluster.works = true;
		RunOutcome outcome = run();
		assertEquals(RunState.FAILED, outcome.state());
		assertEquals("the reward is NaN (try 2 of 2, lost before: node-7 is down)", outcome.steps(StepState.FAILED).get(0).message());
	}

	@Test
	void whatNeedsAFailedStepIsNotRun() throws IOException {
		Step needed = plan().steps().stream().filter(step -> step.kind() == Step.Kind.ACQUIRE).findFirst().orElseThrow();
		cluster.fates.put(needed.key(), Cluster.WorkerEnd.FAILED);
		submit();
		cluster.work();
		RunOutcome outcome = run();
		assertEquals(RunState.FAILED, outcome.state());
		assertEquals("the reward is NaN", outcome.steps(StepState.FAILED).get(0).message());
		assertEquals(1, outcome.steps(StepState.NOT_RUN).size(), states(outcome).toString());
		assertEquals(plan().steps().size() - 2, outcome.steps(StepState.FINISHED).size());
		cluster.fates.clear();
		cluster.works = true;
		assertEquals(RunState.FINISHED, run().state());
	}

	@Test
	void aStepThatCannotBeFollowedFromHereIsNotSubmittedAnew() throws IOException {
		submit();
		cluster.unreachable = true;
		RunOutcome outcome = run();
		assertEquals(RunState.FAILED, outcome.state());
		assertTrue(outcome.steps(StepState.FAILED).get(0).message().contains("login node"), outcome.status().toString());
		assertEquals(plan().steps().size(), cluster.requests.size());
		cluster.unreachable = false;
		cluster.works = true;
		assertEquals(RunState.FINISHED, run().state());
		assertEquals(plan().steps().size(), cluster.requests.size());
	}

	@Test
	void neitherAnotherExecutorNorAFreshRunTakesTheStepsAway() throws IOException {
		submit();
		String frozen = store().experimentText();
		for (RunRequest other : List.of(request(text, 0, false), request(text.replace("id: cluster", "id: local"), 1, false),
				request(text, 1, true))) {
			String refusal = assertThrows(ResultsException.class, () -> ExperimentRun.run(other, WalkSupervisor.SILENT)).getMessage();
			assertTrue(refusal.contains("executor 'cluster' still has steps") && refusal.contains("as job")
					&& refusal.contains("headstart cancel"), refusal);
		}
		assertEquals(frozen, store().experimentText());
		assertThrows(IllegalArgumentException.class, () -> ExperimentRun
				.submit(request(text.replace("id: cluster", "id: local"), 1, false), WalkSupervisor.SILENT));
	}

	@Test
	void stepsAreCancelledOnlyExplicitly() throws IOException {
		submit();
		cluster.work("job 1");
		SubmittedSteps.Cancelled told = SubmittedSteps.cancel(store(), catalog());
		assertEquals(plan().steps().size() - 1, told.steps());
		assertEquals(List.of(), told.problems());
		assertEquals(told.steps(), cluster.cancelled.size());
		assertFalse(cluster.cancelled.contains("job 1"));
		assertEquals(Map.of(), store().submitted());
		RunStatus status = store().status().orElseThrow();
		assertEquals(RunState.CANCELLED, status.state());
		assertEquals(0, status.stepsUnderWay());
		assertEquals(0, SubmittedSteps.cancel(store(), catalog()).steps());
		cluster.works = true;
		assertEquals(RunState.FINISHED, ExperimentRun.run(request(text, 1, true), WalkSupervisor.SILENT).state());
	}

	@Test
	void cancelReturnsWhenTheStepsHaveStopped() throws Exception {
		submit();
		String first = plan().steps().get(0).key();
		FolderLock worker = store().lockStep(first).orElseThrow();
		Path checkpoint = temp.resolve("checkpoint");
		CompletableFuture<Void> told = new CompletableFuture<>();
		CompletableFuture<Void> stopping = told.thenRunAsync(() -> {
			try (worker) {
				// a checkpoint takes its time
				Thread.sleep(300);
				Files.createFile(checkpoint);
			} catch (IOException | InterruptedException e) {
				throw new IllegalStateException(e);
			}
		});
		cluster.afterCancel = () -> told.complete(null);
		SubmittedSteps.Cancelled stopped = SubmittedSteps.cancel(store(), catalog());
		assertTrue(Files.exists(checkpoint));
		assertFalse(store().isAtWork(first));
		assertEquals(List.of(), stopped.atWork());
		stopping.get();
	}

	@Test
	void whatIsStillAtWorkAfterACancellationIsNamed() throws IOException {
		submit();
		FolderLock worker = store().lockStep(plan().steps().get(1).key()).orElseThrow();
		SubmittedSteps.Cancelled told = SubmittedSteps.cancel(store(), catalog(), Duration.ofMillis(100));
		assertEquals(plan().steps().size(), told.steps());
		assertEquals(List.of("job 2"), told.atWork());
		assertEquals(List.of(), told.problems());
		worker.close();
	}

	@Test
	void stepsOfAnEarlierVersionAreNamed() throws IOException {
		submit();
		cluster.works = true;
		RunOutcome outcome = ExperimentRun.run(request(text.replace("steps: 400", "steps: 600"), 1, false), WalkSupervisor.SILENT);
		assertEquals(RunState.FINISHED, outcome.state());
		assertEquals(List.of("executor 'cluster' still has 6 steps of an earlier version of the experiment, which this run does not follow;"
				+ " 'headstart cancel' stops them"), outcome.status().notes());
		assertEquals(6, SubmittedSteps.cancel(store(), catalog()).steps());
	}
}
