package org.headstart.engine.internal.execution;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.EnvironmentDescription;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.environment.View;
import org.headstart.api.learner.ActorCritic;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.BudgetUnit;
import org.headstart.api.learner.Policy;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.strategy.Loop;
import org.headstart.api.strategy.LoopRun;
import org.headstart.api.strategy.Teacher;
import org.headstart.engine.internal.catalog.BrokenContributionException;
import org.headstart.engine.internal.catalog.Contribution;

/**
 * Runs a strategy's own loop, with its lanes.
 *
 * <p><b>Checkpoints</b> are written between iterations: the loop's state, all its agents', the lanes' that are open, and the
 * record. A cancel waits one second for the running iteration; after that the state is that of the last checkpoint.
 */
final class LoopExecution implements LoopRun, AutoCloseable {

	private static final long PATIENCE_NANOS = Duration.ofSeconds(1).toNanos();
	/** Vector steps between two looks at the clock for progress. */
	private static final int STEPS_A_LOOK = 32;
	/** The largest number of each kind in a checkpoint. */
	private static final int MOST_PLACES = 100;
	static final int MOST_AGENTS = 200;
	private static final int NOWHERE = -1;

	private final StepRun step;
	private final String name;
	private final int phase;
	private final List<StepRun.NamedAgent> agents;
	private final Loop loop;
	private final StepRecord record;
	private final RandomStreams streams;
	private final CancelToken cancel;
	private final CancelToken patient = new Patient();
	private final Contribution<?> strategy;
	private final AtWork.Doing watching;

	private final Map<Trained, TrainingLoop> trainings = new LinkedHashMap<>();
	private final Map<Collected, CollectingLanes> collections = new LinkedHashMap<>();
	/** The task in whose lanes an agent is, by agent. */
	private final int[] whereabouts;
	/** The agent that is judged at the cadence, by task. */
	private final int[] judged;
	/** Whether steps were taken in the loop, by task. */
	private final boolean[] touched;
	private boolean over;
	/** How many tasks have had their last evaluation. */
	private int ended;
	/** The number of successive iterations without an effect. */
	private int idle;
	private boolean active;

	/** Whose lanes, and on what. */
	private record Trained(int agent, int task) {}

	/** Whose lanes, on what, and how many. */
	private record Collected(String who, int task, int lanes) {}

	/**
	 * The actor in collecting lanes.
	 *
	 * @param view  its view
	 * @param anew  whether new trials begin with each call
	 * @param actor makes the actor, which may draw from the lanes' stream
	 */
	private record Acting(View view, boolean anew, Function<RandomStream, Actor> actor) {}

	/** Throws after a cancel, when the running iteration has had its time to end. */
	private final class Patient extends CancelToken {

		private long since;

		@Override
		public boolean isCancelled() {
			if (!cancel.isCancelled()) {
				return false;
			}
			long now = System.nanoTime();
			if (since == 0) {
				since = now == 0 ? 1 : now;
			}
			return now - since >= PATIENCE_NANOS;
		}
	}

	LoopExecution(StepRun step, String name, int phase, List<StepRun.NamedAgent> agents, Loop loop, CancelToken cancel) {
		this.step = step;
		this.name = name;
		this.phase = phase;
		this.agents = List.copyOf(agents);
		this.loop = loop;
		this.cancel = cancel;
		record = step.record();
		streams = step.streams().under("loop").under(name);
		strategy = step.strategy();
		watching = new AtWork.Doing(strategy, "the watcher of loop " + name, true);
		whereabouts = new int[agents.size()];
		Arrays.fill(whereabouts, NOWHERE);
		judged = new int[taskCount()];
		Arrays.fill(judged, NOWHERE);
		touched = new boolean[taskCount()];
		if (step.adapts()) {
			judged[0] = 0;
		}
	}

	/** Restores the final state of a finished loop. */
	void skip(Snapshot end) throws IOException {
		readCounters(end);
		for (int agent = 0; agent < agents.size(); agent++) {
			AgentWorkshop.Made made = agents.get(agent).made();
			if (whereabouts[agent] != NOWHERE && !made.unit().acts()) {
				step.beginOnExamples(made, whereabouts[agent]);
			} else if (whereabouts[agent] != NOWHERE) {
				step.atWork().run(made.by(), "begin", () -> made.agent().begin(made.lanes()));
			}
		}
		readStates(end, true);
	}

	/**
	 * Runs the loop.
	 *
	 * @param from the checkpoint to resume from; null at the beginning
	 */
	void run(Snapshot from) throws IOException {
		if (from == null) {
			record.log("loop " + name);
		} else {
			resume(from);
		}
		while (!over) {
			betweenIterations();
			active = false;
			over = !step.atWork().call(strategy, "loop " + name, () -> loop.run(this));
			idle = active ? 0 : idle + 1;
			if (idle > 1 && !over) {
				throw new IllegalStateException("two successive iterations of loop '" + name + "' took no environment step, judged no agent"
						+ " and reported nothing, so the loop would never end. End it when no further step fits the budget (train and collect"
						+ " return 0); if it trains without an environment, report a number, for example its loss");
			}
		}
		betweenIterations();
		judgeAtTheEnd();
		if (Arrays.equals(touched, new boolean[touched.length]) && record.latest().isEmpty()) {
			record.warn("nothing was done in loop " + name + ": no environment step was taken and nothing was reported");
		}
	}

	private void betweenIterations() throws IOException {
		if (cancel.isCancelled()) {
			writeCheckpoint();
			throw new CancellationException("cancelled; the state is kept");
		}
		if (step.checkpointIsDue()) {
			writeCheckpoint();
		}
	}

	/** Each task that steps were taken on, an adaptation's target as the last, so that the result's last row is its agent's. */
	private void judgeAtTheEnd() throws IOException {
		int tasks = taskCount();
		boolean adapts = step.adapts();
		for (; ended < tasks; ended++) {
			int task = adapts ? (ended + 1) % tasks : ended;
			if (!touched[task] && !(adapts && task == 0)) {
				continue;
			}
			PolicyEvaluation.Judgement judgement = step.judge(judgedAgent(task), task, cancel);
			if (judgement == null) {
				writeCheckpoint();
				throw new CancellationException("cancelled; the state is kept");
			}
			step.addRow(name, task, judgement, shots(task));
		}
	}

	/** The task that was judged last; −1 when none was. */
	int lastJudged() {
		if (step.adapts()) {
			return 0;
		}
		for (int task = touched.length - 1; task >= 0; task--) {
			if (touched[task]) {
				return task;
			}
		}
		return NOWHERE;
	}

	/** The agent that was judged on a task; null where no step was taken. */
	Agent judgedOn(int task) {
		return touched[task] || step.adapts() && task == 0 ? judgedAgent(task).made().agent() : null;
	}

	private StepRun.NamedAgent judgedAgent(int task) {
		return agents.get(Math.max(0, judged[task]));
	}

	private int shots(int task) {
		return record.steps[task] == 0 ? 0 : -1;
	}

	// ---- What an iteration can do

	@Override
	public int taskCount() {
		return step.taskCount();
	}

	@Override
	public long steps(int task) {
		step.requireTask(task);
		return record.steps[task];
	}

	@Override
	public long remaining(int task) {
		step.requireTask(task);
		return Math.max(0, step.site(task).use().steps() - record.steps[task]);
	}

	@Override
	public long updateSteps(Agent agent) {
		return step.made(agent).made().experience().steps();
	}

	/** The end of a stretch: after a number of steps, or with the budget. */
	private long end(int task, long steps) {
		if (steps < 0) {
			throw new IllegalArgumentException("loop '" + name + "' asks for " + steps + " steps");
		}
		return record.steps[task] + Math.min(steps, remaining(task));
	}

	@Override
	public long train(Agent agent, int task, long steps) throws IOException {
		int index = index(agent);
		step.requireTask(task);
		step.requireSameSpaces(task);
		AgentWorkshop.Made made = agents.get(index).made();
		StepRun.requireUnit(made.unit(), step.site(task));
		long before = record.steps[task];
		long end = end(task, steps);
		if (before + made.least() > end) {
			return 0;
		}
		if (judged[task] == NOWHERE) {
			judged[task] = index;
		}
		beginStretch(task);
		TrainingLoop lanes = trainings.get(new Trained(index, task));
		if (lanes == null) {
			requireRoom(trainings.size());
			lanes = open(new Trained(index, task));
		} else if (whereabouts[index] != task) {
			lanes.beginTrials();
		}
		whereabouts[index] = task;
		lanes.until(end);
		lanes.run(new Stops(task));
		return record.steps[task] - before;
	}

	private int index(Agent agent) {
		for (int i = 0; i < agents.size(); i++) {
			if (agents.get(i).made().agent() == agent) {
				return i;
			}
		}
		throw new IllegalArgumentException("loop '" + name + "' trains an agent that is not in its list, so the agent would not be"
				+ " kept; add it to the loop's agents");
	}

	private TrainingLoop open(Trained place) {
		StepRun.NamedAgent named = agents.get(place.agent());
		TrainingLoop lanes = step.trainingLoop(named.made(), place.task(),
				streams.under("train").under("task-" + place.task()).under(named.name()), patient);
		trainings.put(place, lanes);
		lanes.open();
		return lanes;
	}

	/** Steps are about to be taken on a task. */
	private void beginStretch(int task) throws IOException {
		active = true;
		Agent before = step.judgedAgent(task);
		boolean takenOver = !touched[task] && before != null && before != judgedAgent(task).made().agent();
		touched[task] = true;
		if (takenOver || record.steps[task] >= record.nextEvaluation[task]) {
			judgeNow(task);
		}
	}

	private void judgeNow(int task) throws IOException {
		step.addRow(name, task, judge(judgedAgent(task), task), shots(task));
		step.progress();
	}

	private PolicyEvaluation.Judgement judge(StepRun.NamedAgent agent, int task) throws IOException {
		PolicyEvaluation.Judgement judgement = step.judge(agent, task, patient);
		if (judgement == null) {
			throw goBack();
		}
		return judgement;
	}

	private static CancellationException goBack() {
		return new CancellationException("cancelled in an iteration of a loop; the state is that of the last checkpoint");
	}

	@Override
	public long collect(Agent agent, int task, int lanes, long steps, Watcher watcher) throws IOException {
		StepRun.NamedAgent named = step.made(agent);
		step.requireTask(task);
		step.requireSameSpaces(task);
		return collect(new Collected("agent " + named.name(), task, lanes), acting(named.made(), task, lanes), steps, watcher);
	}

	@Override
	public long collect(String who, Teacher teacher, int task, int lanes, long steps, Watcher watcher) throws IOException {
		step.requireTask(task);
		if (!(teacher instanceof SavedAgent saved)) {
			throw new IllegalArgumentException("loop '" + name + "' collects with a teacher that the run did not open");
		}
		EnvironmentDescription environment = step.family(task).environment();
		ObservationSpace shown = teacher.view().training().observationSpace(environment);
		if (!shown.equals(teacher.observationSpace()) || !environment.actionSpace().equals(teacher.actionSpace())) {
			throw new IllegalArgumentException("teacher '" + who + "' sees " + teacher.observationSpace() + " and acts in "
					+ teacher.actionSpace() + "; " + step.site(task).name() + " shows " + shown + " and has the actions "
					+ environment.actionSpace() + ": it cannot act there");
		}
		return collect(new Collected("teacher " + who, task, lanes), acting(saved.made(), task, lanes), steps, watcher);
	}

	/** By its distribution where it has one without memory, so that its lanes can go on. */
	private Acting acting(AgentWorkshop.Made made, int task, int lanes) {
		View view = made.view().training();
		requireLanes(lanes, view);
		Optional<ActorCritic> distribution = step.atWork().call(made.by(), "actorCritic", () -> made.agent().actorCritic(lanes));
		if (distribution.isEmpty()) {
			return new Acting(view, true, draws -> new Actor(made.by(), "", (rows, tasks) -> made.agent().policy(rows, false)));
		}
		ActionSpace actions = step.family(task).environment().actionSpace();
		return new Acting(view, false,
				draws -> new Actor(made.by(), "", (rows, tasks) -> new SampledPolicy(distribution.get(), actions, rows, draws)));
	}

	@Override
	public long collect(String who, View view, Policy policy, int task, int lanes, long steps, Watcher watcher) throws IOException {
		step.requireTask(task);
		requireLanes(lanes, view);
		return collect(new Collected("policy " + who, task, lanes),
				new Acting(view, false, draws -> new Actor(strategy, who, (rows, tasks) -> policy)), steps, watcher);
	}

	private void requireLanes(int lanes, View view) {
		int together = view.trial().lanesPerTask();
		if (lanes < 1 || lanes % together != 0) {
			throw new IllegalArgumentException("loop '" + name + "' collects from " + lanes + " lanes; it needs at least 1"
					+ (together > 1 ? ", and a multiple of the " + together + " that share a task" : ""));
		}
	}

	private long collect(Collected where, Acting acting, long steps, Watcher watcher) throws IOException {
		int task = where.task();
		StepRun.requireUnit(BudgetUnit.ENVIRONMENT_STEPS, step.site(task));
		long before = record.steps[task];
		long end = end(task, steps);
		if (before + where.lanes() > end) {
			return 0;
		}
		beginStretch(task);
		CollectingLanes place = collections.get(where);
		if (place == null) {
			requireRoom(collections.size());
			place = place(where);
		}
		Policy policy = place.open(acting.view(), acting.actor().apply(place.draws()), acting.anew(), record, task);
		int looks = 0;
		while (record.steps[task] + where.lanes() <= end) {
			if (patient.isCancelled()) {
				throw goBack();
			}
			record.episodes[task] += place.step(policy, watcher, watching);
			record.steps[task] += where.lanes();
			if (++looks % STEPS_A_LOOK == 0) {
				step.progress();
			}
		}
		return record.steps[task] - before;
	}

	private CollectingLanes place(Collected where) {
		CollectingLanes place = new CollectingLanes(step.site(where.task()), where.lanes(), step.examples(where.task()),
				streams.under("collect").under("task-" + where.task()).under("lanes-" + where.lanes()).under(where.who()));
		collections.put(where, place);
		return place;
	}

	private void requireRoom(int places) {
		if (places == MOST_PLACES) {
			throw new IllegalArgumentException("loop '" + name + "' opens lanes by more than " + MOST_PLACES
					+ " names, tasks or numbers of lanes: all lanes stay open, so use the same ones again");
		}
	}

	@Override
	public double evaluate(Agent agent, int task) throws IOException {
		StepRun.NamedAgent named = step.made(agent);
		step.requireTask(task);
		step.requireSameSpaces(task);
		active = true;
		PolicyEvaluation.Judgement judgement = judge(named, task);
		if (judged[task] != NOWHERE && judgedAgent(task) == named) {
			step.addRow(name, task, judgement, shots(task));
		} else {
			step.addRowAside(name, "agent " + named.name(), task, judgement);
		}
		return judgement.mean();
	}

	@Override
	public void report(String number, double value) {
		if (!Double.isFinite(value)) {
			throw new BrokenContributionException(strategy.origin() + ": after " + record.done() + " " + step.site(0).use().unit().many()
					+ " loop '" + name + "' reports '" + number + "' as " + value + "; has it diverged?", null);
		}
		record.report(number, value);
		active = true;
	}

	private final class Stops implements TrainingLoop.Stops {

		private final int task;

		Stops(int task) {
			this.task = task;
		}

		@Override
		public boolean evaluate(int shots) throws IOException {
			judgeNow(task);
			return true;
		}

		@Override
		public void betweenUpdates() {
			// checkpoints are written between iterations
		}

		@Override
		public void progress() {
			step.progress();
		}

		@Override
		public void cancelled() {
			throw goBack();
		}

		@Override
		public boolean judgesTheEnd() {
			return false;
		}
	}

	// ---- Checkpoints

	private void writeCheckpoint() throws IOException {
		step.writeCheckpoint(to -> {
			to.put("phase", out -> {
				out.writeInt(phase);
				out.writeUTF(name);
				out.writeBoolean(false);
			});
			writeStates(to);
			to.put("lanes", this::writePlaces);
			int i = 0;
			for (TrainingLoop lanes : trainings.values()) {
				to.put("training-" + i, lanes);
				if (lanes.environment().isPresent()) {
					to.put("trained-lanes-" + i, lanes.environment().get());
				}
				i++;
			}
			i = 0;
			for (CollectingLanes lanes : collections.values()) {
				to.put("collecting-lanes-" + i++, lanes::write);
			}
		});
		for (StepRun.NamedAgent agent : agents) {
			agent.chunks().written(false);
		}
	}

	/** Writes the final state of the finished loop. */
	void writeEnd(Path file, String stepKey) throws IOException {
		Snapshot.write(file, stepKey, to -> {
			to.put("phase", out -> {
				out.writeInt(phase);
				out.writeUTF(name);
			});
			writeStates(to);
		});
		for (StepRun.NamedAgent agent : agents) {
			agent.chunks().written(true);
		}
	}

	private void resume(Snapshot from) throws IOException {
		from.get("phase", in -> {
			StepRun.requireSamePhase(name, phase, in.readInt(), in.readUTF());
			in.readBoolean();
		});
		readCounters(from);
		from.get("lanes", this::readPlaces);
		int i = 0;
		for (TrainingLoop lanes : trainings.values()) {
			from.get("training-" + i, lanes);
			if (lanes.environment().isPresent()) {
				from.get("trained-lanes-" + i, lanes.environment().get());
			}
			i++;
			lanes.goOn();
		}
		i = 0;
		for (CollectingLanes lanes : collections.values()) {
			from.get("collecting-lanes-" + i++, in -> lanes.read(in));
		}
		// after their lanes, which begin anew when they are opened
		readStates(from, false);
		step.writeMetrics();
	}

	private void writeStates(Snapshot.Parts to) throws IOException {
		to.put("record", record);
		to.put("counters", this::writeCounters);
		step.atWork().run(strategy, "writeState of loop " + name, () -> to.put("strategy", loop));
		for (int agent = 0; agent < agents.size(); agent++) {
			step.write(agents.get(agent), to, "-" + agent);
		}
	}

	/** What decides which lanes there are; the record, because lanes are opened at its counts. */
	private void readCounters(Snapshot from) throws IOException {
		from.get("record", record);
		from.get("counters", this::readCounters);
	}

	private void readStates(Snapshot from, boolean phaseEnd) throws IOException {
		step.atWork().run(strategy, "readState of loop " + name, () -> from.get("strategy", loop));
		for (int agent = 0; agent < agents.size(); agent++) {
			step.read(from, agents.get(agent), "-" + agent, phaseEnd);
		}
	}

	private void writeCounters(DataOutput out) throws IOException {
		for (int task : whereabouts) {
			out.writeInt(task);
		}
		for (int task = 0; task < judged.length; task++) {
			out.writeInt(judged[task]);
			out.writeBoolean(touched[task]);
		}
		out.writeBoolean(over);
		out.writeInt(ended);
		out.writeInt(idle);
	}

	private void readCounters(DataInput in) throws IOException {
		for (int agent = 0; agent < whereabouts.length; agent++) {
			whereabouts[agent] = within(NOWHERE, in.readInt(), taskCount());
		}
		for (int task = 0; task < judged.length; task++) {
			judged[task] = within(NOWHERE, in.readInt(), agents.size());
			touched[task] = in.readBoolean();
		}
		over = in.readBoolean();
		ended = within(0, in.readInt(), taskCount() + 1);
		idle = in.readInt();
	}

	private void writePlaces(DataOutput out) throws IOException {
		out.writeInt(trainings.size());
		for (Trained place : trainings.keySet()) {
			out.writeInt(place.agent());
			out.writeInt(place.task());
		}
		out.writeInt(collections.size());
		for (Collected place : collections.keySet()) {
			out.writeUTF(place.who());
			out.writeInt(place.task());
			out.writeInt(place.lanes());
		}
	}

	private void readPlaces(DataInput in) throws IOException {
		for (int n = within(0, in.readInt(), MOST_PLACES + 1); n > 0; n--) {
			open(new Trained(within(0, in.readInt(), agents.size()), within(0, in.readInt(), taskCount())));
		}
		for (int n = within(0, in.readInt(), MOST_PLACES + 1); n > 0; n--) {
			place(new Collected(in.readUTF(), within(0, in.readInt(), taskCount()), in.readInt()));
		}
	}

	private static int within(int low, int value, int beyond) throws DamagedCheckpointException {
		if (value < low || value >= beyond) {
			throw new DamagedCheckpointException("a checkpoint of a loop cannot say " + value + ", which is not from " + low + " to "
					+ (beyond - 1));
		}
		return value;
	}

	/** Closes all lanes, even if closing some of them fails. */
	@Override
	public void close() {
		List<AutoCloseable> open = new ArrayList<>(trainings.values());
		open.addAll(collections.values());
		trainings.clear();
		collections.clear();
		step.close(open);
	}
}
