package org.headstart.engine.internal.execution;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;

import org.headstart.api.environment.DataSet;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.View;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentView;
import org.headstart.api.learner.BudgetUnit;
import org.headstart.api.learner.Learner;
import org.headstart.api.network.Architecture;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.strategy.Artefact;
import org.headstart.api.strategy.Curriculum;
import org.headstart.api.strategy.Loop;
import org.headstart.api.strategy.StrategyRun;
import org.headstart.api.strategy.Teacher;
import org.headstart.api.strategy.TrainingPhase;
import org.headstart.api.strategy.WarmStartRule;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.catalog.Contribution;
import org.headstart.engine.internal.experiment.Experiment;
import org.headstart.engine.internal.plan.Step;
import org.headstart.engine.internal.results.CannotWriteException;
import org.headstart.engine.internal.results.DurableFiles;
import org.headstart.engine.internal.results.MetricsRow;
import org.headstart.engine.internal.results.MetricsTable;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.engine.internal.results.StepProvenance.OutcomeEntry;
import org.headstart.engine.internal.results.StepProvenance.WarmStartEntry;
import org.headstart.engine.internal.results.StepTiming;
import org.headstart.engine.internal.results.TraceTable;
import org.headstart.engine.internal.text.VisibleText;

/**
 * The implementation of a strategy's run for a step.
 *
 * <p><b>Resume.</b> The strategy is called again from the start. Its operations between two phases are repeated; a finished
 * phase is replaced by the snapshot written at its end, and a running phase continues from the last checkpoint. The step's
 * record is part of each snapshot, so repeated operations are not recorded twice.
 */
final class StepRun implements StrategyRun, AutoCloseable {

	/** The name under which an adaptation's last trained agent is saved. */
	static final String FINAL_AGENT = "final";

	private static final long PROGRESS_NANOS = Duration.ofMillis(250).toNanos();

	private final Step step;
	private final Experiment experiment;
	private final ResultStore store;
	private final AgentWorkshop workshop;
	private final Catalog catalog;
	private final List<RunTask> tasks;
	private final RandomStreams seedStreams;
	private final RandomStreams streams;
	private final StepListener listener;
	private final CancelToken cancel;
	private final AtWork atWork;
	private final Path resume;

	private final StepRecord record;
	private final Map<Judged, PolicyEvaluation> evaluations = new HashMap<>();
	/** The agent that was judged last, by task. */
	private final Agent[] judgedAgents;
	private final List<WarmStartEntry> warmStarts = new ArrayList<>();
	private final Set<String> saved = new TreeSet<>();
	private final Set<String> phaseNames = new HashSet<>();
	private final Set<String> backends = new TreeSet<>();
	private final List<NamedAgent> agents = new ArrayList<>();
	private int phaseCount;
	private Agent lastTrained;
	/** The agent that was judged last, to be judged again; null when none was. */
	private Repeatable lastJudged;
	/** Traces of the first trials of a judged policy; empty without a policy or a trace. */
	private Optional<String> judgedTrace = Optional.empty();
	private boolean policyJudged;

	private Knowledge knowledge;
	/** The checkpoint of a running phase from the last attempt; null when there is none, and after its use. */
	private Snapshot checkpoint;

	private final StepTiming before;
	private final long startNanos = System.nanoTime();
	private final double startProcessorSeconds = processorSeconds();
	private long lastCheckpointNanos = startNanos;
	private long lastProgressNanos = startNanos;

	/** An agent that the strategy asked for, with its name. */
	record NamedAgent(String name, AgentWorkshop.Made made, ChunkFiles chunks) {}

	/** The properties on which an evaluation's lanes depend. */
	private record Judged(int task, View view) {}

	private record Repeatable(Judged judged, Actor actor) {}

	StepRun(Step step, Experiment experiment, ResultStore store, AgentWorkshop workshop, Catalog catalog, List<RunTask> tasks,
			StepTiming before, StepListener listener, CancelToken cancel, AtWork atWork) {
		this.step = step;
		this.experiment = experiment;
		this.store = store;
		this.workshop = workshop;
		this.catalog = catalog;
		this.tasks = tasks;
		this.before = before;
		this.listener = listener;
		this.cancel = cancel;
		this.atWork = atWork;
		// arms and targets are not part of any name: what differs between them is what is compared
		seedStreams = new RandomStreams(experiment.protocol().rootSeed()).under("seed-" + step.seed());
		streams = seedStreams.under(step.kind() == Step.Kind.ACQUIRE ? "acquire" : "adapt");
		resume = store.partial(step.key()).resolve(ResultStore.RESUME);
		TrialsFile trials = experiment.protocol().evaluation().trials()
				? new TrialsFile(store.partial(step.key()).resolve(ResultStore.TRIALS), tasks.stream().map(RunTask::family).toList())
				: null;
		record = new StepRecord(tasks.size(), trials, new Artefacts(store.partial(step.key()).resolve(ResultStore.ARTEFACTS)));
		judgedAgents = new Agent[tasks.size()];
	}

	/** Loads the snapshots and the checkpoint of the last attempt. */
	void open() throws IOException {
		for (RunTask task : tasks) {
			if (!task.deterministic()) {
				record.warn(task.name() + " is not deterministic: the same step run again may give another result");
			}
		}
		knowledge = Knowledge.of(store, step);
		DurableFiles.folder(resume);
		DurableFiles.delete(store.partial(step.key()).resolve(ResultStore.CHECKPOINT));
		Path file = checkpointFile();
		if (isThere(file)) {
			checkpoint = Snapshot.read(file, step.key());
			// a kill can strike between a phase's snapshot and the deletion of its checkpoint
			checkpoint.get("phase", in -> {
				boolean over = isThere(phaseFile(in.readInt()));
				in.readUTF();
				in.readBoolean();
				if (over) {
					checkpoint = null;
				}
			});
		}
	}

	/** Also what cannot be read: it is damaged, and not to be passed over. */
	private static boolean isThere(Path file) {
		return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
	}

	private Path checkpointFile() {
		return resume.resolve("checkpoint.bin");
	}

	private Path phaseFile(int phase) {
		return resume.resolve("phase-" + phase + ".bin");
	}

	@Override
	public int taskCount() {
		return tasks.size();
	}

	@Override
	public int trialEpisodes() {
		return experiment.protocol().trial().episodes();
	}

	@Override
	public List<String> knowledge() {
		return knowledge.names();
	}

	@Override
	public TaskFamily family(int task) {
		return tasks.get(task).family();
	}

	@Override
	public Agent agent(String name, AgentView view) {
		return agent(name, view, Optional.empty());
	}

	@Override
	public Agent agent(String name, AgentView view, Architecture architecture) {
		return agent(name, view, Optional.of(architecture));
	}

	private Agent agent(String name, AgentView view, Optional<Architecture> architecture) {
		ChunkFiles chunks = chunks();
		return named(name, workshop.agent(tasks.get(0), view, architecture, streams.under("agent").under(name), plannedSteps(), chunks),
				chunks);
	}

	@Override
	public <S extends Record> Agent agent(String name, AgentView view, Learner<S> learner, S settings) {
		ChunkFiles chunks = chunks();
		return named(name, workshop.agent(strategy(), learner, settings, tasks.get(0), view, Optional.empty(),
				streams.under("agent").under(name), plannedSteps(), chunks), chunks);
	}

	/** Of the agent that is about to be made: a resumed step makes the same ones in the same order. */
	private ChunkFiles chunks() {
		return new ChunkFiles(resume.resolve("chunks-" + agents.size()));
	}

	private long plannedSteps() {
		return tasks.stream().mapToLong(task -> task.use().steps()).sum();
	}

	Contribution<?> strategy() {
		return StepRunner.arm(experiment, step).strategy().contribution();
	}

	private Agent named(String name, AgentWorkshop.Made made, ChunkFiles chunks) {
		made.agent().networks().values().forEach(network -> backends.add(network.backend()));
		agents.add(new NamedAgent(name, made, chunks));
		return made.agent();
	}

	NamedAgent made(Agent agent) {
		for (NamedAgent named : agents) {
			if (named.made().agent() == agent) {
				return named;
			}
		}
		throw new IllegalArgumentException("this agent was not made by the run: the strategy has to ask the run for its agents");
	}

	@Override
	public void warmStart(Agent agent, String from, List<WarmStartRule> rules, Keep keep) throws IOException {
		Path folder = knowledge.folder(from);
		List<String> tensors = workshop.warmStart(made(agent).made(), folder, rules, keep);
		String name = made(agent).name();
		warmStarts.add(new WarmStartEntry(name, from, keep.normalisers(), keep.exploration(), tensors));
		record.log("warm start of " + name + " from " + from);
		for (String tensor : tensors) {
			record.log("  " + tensor);
		}
	}

	@Override
	public void save(String name, Agent agent) throws IOException {
		if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
			throw new IllegalArgumentException("an agent is saved under letters, digits, '.', '_' and '-', not under '" + name
					+ "'");
		}
		workshop.save(made(agent).made(), store.partial(step.key()).resolve(ResultStore.CHECKPOINT).resolve(name));
		saved.add(name);
	}

	@Override
	public void keep(Artefact artefact) throws IOException {
		try {
			record.artefacts.keep(artefact);
		} catch (CannotWriteException e) {
			throw new CannotWriteException(strategy().origin() + " cannot keep artefact '" + artefact.name() + "'", e);
		}
	}

	@Override
	public void train(Agent agent, TrainingPhase phase) throws IOException {
		train(agent, phase, Optional.empty());
	}

	@Override
	public void train(Agent agent, TrainingPhase phase, Curriculum curriculum) throws IOException {
		train(agent, phase, Optional.of(curriculum));
	}

	private void train(Agent agent, TrainingPhase phase, Optional<Curriculum> given) throws IOException {
		requireTask(phase.task());
		requireNewName(phase.name());
		requireSameSpaces(phase.task());
		requireUnit(made(agent).made().unit(), tasks.get(phase.task()));
		if (made(agent).made().unit() != step.unit()) {
			// one column of the metrics counts for all of the step's tasks
			throw new IllegalArgumentException("this step counts in " + step.unit().many() + ", and phase '" + phase.name() + "' trains in "
					+ made(agent).made().unit().many() + ": an acquisition can count in another unit than the adaptation does");
		}
		if (given.isPresent() && !made(agent).made().unit().acts()) {
			throw new IllegalArgumentException("a curriculum draws the tasks of lanes, and the agent of phase '" + phase.name()
					+ "' acts in none");
		}
		int index = phaseCount++;
		CurriculumSampler curriculum = given.map(each -> new CurriculumSampler(each, strategy(), tasks.get(phase.task()))).orElse(null);
		if (isThere(phaseFile(index))) {
			skip(agent, phase, index, curriculum);
		} else {
			run(agent, phase, index, curriculum);
		}
		judgedAgents[phase.task()] = agent;
		lastTrained = agent;
		if (!adapts() || phase.task() == 0) {
			lastJudged = repeatable(agent, phase.task());
		}
	}

	void requireTask(int task) {
		if (task < 0 || task >= tasks.size()) {
			throw new IllegalArgumentException("there is no task " + task + "; the run has " + tasks.size());
		}
	}

	private void requireNewName(String phase) {
		if (!phaseNames.add(phase)) {
			throw new IllegalArgumentException("two phases or loops are named '" + phase + "'");
		}
	}

	@Override
	public void loop(String name, List<Agent> members, Loop loop) throws IOException {
		requireNewName(name);
		if (members.isEmpty() || members.size() > LoopExecution.MOST_AGENTS) {
			throw new IllegalArgumentException("loop '" + name + "' has " + members.size() + " agents; it needs 1 to "
					+ LoopExecution.MOST_AGENTS);
		}
		int index = phaseCount++;
		try (LoopExecution execution = new LoopExecution(this, name, index, members.stream().map(this::made).toList(), loop, cancel)) {
			if (isThere(phaseFile(index))) {
				execution.skip(Snapshot.read(phaseFile(index), step.key()));
			} else {
				Snapshot from = checkpoint;
				checkpoint = null;
				execution.run(from);
				execution.writeEnd(phaseFile(index), step.key());
				writeTiming(null);
				DurableFiles.delete(checkpointFile());
			}
			for (int task = 0; task < tasks.size(); task++) {
				if (execution.judgedOn(task) != null) {
					judgedAgents[task] = execution.judgedOn(task);
				}
			}
			int last = adapts() ? 0 : execution.lastJudged();
			if (last >= 0 && execution.judgedOn(last) != null) {
				lastJudged = repeatable(judgedAgents[last], last);
			}
		}
		lastTrained = members.get(0);
	}

	@Override
	public Teacher open(String name) throws IOException {
		SavedAgent agent = workshop.open(knowledge.folder(name), catalog, streams.under("teacher").under(name));
		agent.networks().values().forEach(network -> backends.add(network.backend()));
		return agent;
	}

	@Override
	public RandomStream random(String name) {
		return streams.under("strategy").stream(name);
	}

	private Repeatable repeatable(Agent agent, int task) {
		AgentWorkshop.Made made = made(agent).made();
		return new Repeatable(new Judged(task, made.view().evaluation()), made.judged(experiment.protocol().evaluation().greedy()));
	}

	@Override
	public void judge(String phase, View view, PolicyMaker policy) throws IOException {
		requireNewName(phase);
		if (step.kind() != Step.Kind.ADAPT) {
			throw new IllegalStateException("only an adaptation can judge a policy that learns nothing");
		}
		policyJudged = true;
		int index = phaseCount++;
		Path file = phaseFile(index);
		if (isThere(file)) {
			Snapshot end = Snapshot.read(file, step.key());
			end.get("phase", in -> requireSamePhase(phase, index, in.readInt(), in.readUTF()));
			end.get("record", record);
			end.get("trace", in -> {
				String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
				judgedTrace = text.isEmpty() ? Optional.empty() : Optional.of(text);
			});
			return;
		}
		record.log("policy " + phase + " judged on " + tasks.get(0).name());
		RandomStreams policyStreams = streams.under("policy").under(phase);
		// traced at once, since making the policy again may cost as much as judging it
		PolicyEvaluation.Followed followed = evaluation(new Judged(0, view))
				.judgeAndTrace(new Actor(strategy(), phase, (lanes, tasks) -> policy.policy(lanes, tasks, policyStreams)), cancel);
		if (followed == null) {
			throw cancelled();
		}
		addRow(phase, 0, followed.judgement(), 0);
		judgedTrace = followed.trace().map(TraceTable::toCsv);
		Snapshot.write(file, step.key(), end -> {
			end.put("phase", out -> {
				out.writeInt(index);
				out.writeUTF(phase);
			});
			end.put("record", record);
			end.put("trace", out -> out.write(judgedTrace.orElse("").getBytes(StandardCharsets.UTF_8)));
		});
		writeTiming(null);
	}

	private CancellationException cancelled() throws IOException {
		writeTiming(null);
		return new CancellationException("cancelled; the state is kept");
	}

	private PolicyEvaluation evaluation(Judged judged) throws IOException {
		PolicyEvaluation evaluation = evaluations.get(judged);
		if (evaluation == null) {
			evaluation = new PolicyEvaluation(tasks.get(judged.task()), judged.view(), experiment.protocol().evaluation().episodes(),
					experiment.protocol().evaluation().trials(), seedStreams.under("evaluation"));
			evaluations.put(judged, evaluation);
		}
		return evaluation;
	}

	/** The evaluation of an agent now; null when cancelled. */
	PolicyEvaluation.Judgement judge(NamedAgent agent, int task, CancelToken token) throws IOException {
		Repeatable repeatable = repeatable(agent.made().agent(), task);
		return evaluation(repeatable.judged()).judge(repeatable.actor(), token);
	}

	/** A row outside of the task's curve, see {@link MetricsRow#aside}. */
	void addRowAside(String phase, String who, int task, PolicyEvaluation.Judgement judgement) throws IOException {
		record.rows.add(new MetricsRow(phase, who + ": " + tasks.get(task).name(), record.done(), record.allEpisodes(), -1,
				judgement.mean(), judgement.std(), judgement.min(), judgement.max(), judgement.lengthMean(), judgement.trials(), Double.NaN,
				judgement.outcomes(), judgement.episodeReturns(), record.latest()));
		if (record.trials != null) {
			record.trials.add(phase, task, who + ": " + tasks.get(task).name(), record.done(), -1, judgement.each());
		}
		writeMetrics();
	}

	void addRow(String phase, int task, PolicyEvaluation.Judgement judgement, int shots) throws IOException {
		long steps = record.steps[task];
		double trainingReturn = record.returnCount[task] == 0 ? Double.NaN
				: record.returnSum[task] / record.returnCount[task];
		record.rows.add(new MetricsRow(phase, tasks.get(task).name(), steps, record.episodes[task], shots, judgement.mean(),
				judgement.std(), judgement.min(), judgement.max(), judgement.lengthMean(), judgement.trials(),
				trainingReturn, judgement.outcomes(), judgement.episodeReturns(), record.latest()));
		if (record.trials != null) {
			record.trials.add(phase, task, tasks.get(task).name(), steps, shots, judgement.each());
		}
		record.returnSum[task] = 0;
		record.returnCount[task] = 0;
		record.lastEvaluation[task] = steps;
		long every = experiment.protocol().evaluation().every();
		record.nextEvaluation[task] = (steps / every + 1) * every;
		writeMetrics();
	}

	void requireSameSpaces(int task) {
		var firstActions = tasks.get(0).family().environment().actionSpace();
		var otherActions = tasks.get(task).family().environment().actionSpace();
		ObservationSpace first = View.PLAIN.observationSpace(tasks.get(0).family().environment());
		ObservationSpace other = View.PLAIN.observationSpace(tasks.get(task).family().environment());
		if (!first.equals(other) || !firstActions.equals(otherActions)) {
			throw new IllegalArgumentException("task " + tasks.get(task).name() + " has other spaces (" + other + "; " + otherActions
					+ ") than " + tasks.get(0).name() + " (" + first + "; " + firstActions + "): one agent cannot train on both");
		}
	}

	static void requireUnit(BudgetUnit unit, RunTask task) {
		if (unit != task.use().unit()) {
			throw new IllegalArgumentException("the budget of " + task.name() + " is of " + task.use().unit().many()
					+ ", and an agent that counts in " + unit.many() + " is to be trained there");
		}
	}

	private void skip(Agent agent, TrainingPhase phase, int index, CurriculumSampler curriculum) throws IOException {
		Snapshot end = Snapshot.read(phaseFile(index), step.key());
		end.get("phase", in -> {
			requireSamePhase(phase.name(), index, in.readInt(), in.readUTF());
			int lanes = in.readInt();
			if (!made(agent).made().unit().acts()) {
				beginOnExamples(made(agent).made(), phase.task());
				return;
			}
			if (lanes < 1 || lanes > made(agent).made().lanes()) {
				throw new DamagedCheckpointException("the checkpoint of phase " + index + " has " + lanes + " lanes, the learner has "
						+ made(agent).made().lanes());
			}
			atWork.run(made(agent).made().by(), "begin", () -> agent.begin(lanes));
		});
		end.get("record", record);
		if (curriculum != null) {
			end.get("curriculum", curriculum.state());
		}
		read(end, made(agent), "", true);
	}

	/** For a state of an agent that acts nowhere to be read. */
	void beginOnExamples(AgentWorkshop.Made made, int task) {
		try (CheckedExamples examples = tasks.get(task).examples(examples(task))) {
			atWork.run(made.by(), "begin", () -> made.begin(examples));
		}
	}

	static void requireSamePhase(String phase, int index, int foundIndex, String foundName)
			throws DamagedCheckpointException {
		if (foundIndex != index || !foundName.equals(phase)) {
			throw new DamagedCheckpointException("the checkpoint is of phase " + foundIndex + " '" + foundName
					+ "', the strategy is in phase " + index + " '" + phase + "'");
		}
	}

	private void run(Agent agent, TrainingPhase phase, int index, CurriculumSampler curriculum) throws IOException {
		int task = phase.task();
		long left = tasks.get(task).use().steps() - record.steps[task];
		long length = phase.steps() == TrainingPhase.REMAINING ? left : Math.min(phase.steps(), left);
		boolean other = judgedAgents[task] != null && judgedAgents[task] != agent;
		AgentWorkshop.Made made = made(agent).made();
		try (TrainingLoop loop = new TrainingLoop(made, task, tasks.get(task), record,
				streams.under("training").under(phase.name()), examples(task), record.steps[task] + Math.max(0, length),
				judgedShots(phase, made.view()), other, curriculum, cancel)) {
			run(agent, phase, index, loop, curriculum, length, left);
		}
	}

	/** The training examples of a task: the same in every step of a seed, on source and target. */
	DataSet.Selection examples(int task) {
		return new DataSet.Selection(DataSet.Split.TRAIN, seedStreams.under("data-set").under(tasks.get(task).name()));
	}

	/** @param left the budget's rest */
	private void run(Agent agent, TrainingPhase phase, int index, TrainingLoop loop, CurriculumSampler curriculum, long length, long left)
			throws IOException {
		int task = phase.task();
		AgentWorkshop.Made made = made(agent).made();
		PhaseStops stops = new PhaseStops(agent, phase, index, loop, curriculum);
		if (checkpoint != null) {
			Snapshot from = checkpoint;
			checkpoint = null;
			from.get("phase", in -> {
				requireSamePhase(phase.name(), index, in.readInt(), in.readUTF());
				loop.setGranting(in.readBoolean());
			});
			loop.open();
			from.get("record", record);
			from.get("loop", loop);
			if (loop.environment().isPresent()) {
				from.get("environment", loop.environment().get());
			}
			loop.goOn();
			if (curriculum != null) {
				from.get("curriculum", curriculum.state());
				if (curriculum.weighs()) {
					from.get("trials", curriculum);
				}
			}
			read(from, made(agent), "", false);
			writeMetrics();
		} else {
			record.log("phase " + phase.name() + " on " + tasks.get(task).name() + ", " + (made.unit().acts()
					? Math.max(0, length) + " steps" : made.unit().count(Math.max(0, length)))
					+ (phase.steps() > left ? " (the budget's rest; " + phase.steps() + " were asked for)" : ""));
			loop.open();
		}
		loop.run(stops);
		if (tasks.get(task).use().steps() > 0 && phase.steps() != 0 && !loop.learned()) {
			record.warn("no update was made in phase " + phase.name() + " on " + tasks.get(task).name() + ": "
					+ (length <= 0 ? "nothing was left of the budget"
							: "its budget of " + made.unit().count(length)
									+ (made.unit().acts() ? ", over " + made.lanes() + " lanes," : "") + " is too small for an update"));
		}
		Snapshot.write(phaseFile(index), step.key(), end -> {
			end.put("phase", out -> {
				out.writeInt(index);
				out.writeUTF(phase.name());
				out.writeInt(loop.lanes());
			});
			end.put("record", record);
			if (curriculum != null) {
				end.put("curriculum", curriculum.state());
			}
			write(made(agent), end, "");
		});
		made(agent).chunks().written(true);
		writeTiming(null);
		DurableFiles.delete(checkpointFile());
	}

	/** @param suffix of the parts' names, where several agents are in one snapshot */
	void read(Snapshot from, NamedAgent agent, String suffix, boolean phaseEnd) throws IOException {
		from.get("chunks" + suffix, in -> agent.chunks().readKept(in, phaseEnd));
		atWork.run(agent.made().by(), "readState", () -> from.get("agent" + suffix, agent.made().agent()));
	}

	void write(NamedAgent agent, Snapshot.Parts into, String suffix) throws IOException {
		ChunkFiles chunks = agent.chunks();
		chunks.begin();
		atWork.run(agent.made().by(), "writeState", () -> into.put("agent" + suffix, agent.made().agent()));
		into.put("chunks" + suffix, chunks::writeKept);
	}

	/** A training loop without shots, whose end is still to be said. */
	TrainingLoop trainingLoop(AgentWorkshop.Made made, int task, RandomStreams itsStreams, CancelToken token) {
		return new TrainingLoop(made, task, tasks.get(task), record, itsStreams, examples(task), 0, new boolean[1], false, null, token);
	}

	/** Granted episodes belong to adaptations, and are granted once. */
	private boolean[] judgedShots(TrainingPhase phase, AgentView view) {
		int most = experiment.protocol().shots().stream().mapToInt(Integer::intValue).max().orElse(0);
		if (!phase.shots() || !adapts() || phase.task() != 0 || record.shots > 0) {
			most = 0;
		}
		if (most > 0 && view.training().trial().lanesPerTask() > 1) {
			throw new IllegalArgumentException("granted episodes (shots) are played one after the other, but this strategy's"
					+ " agent learns from " + view.training().trial().lanesPerTask() + " lanes of a task side by side: write"
					+ " 'shots: [0]', or leave the strategy out");
		}
		boolean[] judged = new boolean[most + 1];
		for (int k : experiment.protocol().shots()) {
			if (k <= most) {
				judged[k] = true;
			}
		}
		return judged;
	}

	private final class PhaseStops implements TrainingLoop.Stops {

		private final Agent agent;
		private final TrainingPhase phase;
		private final int index;
		private final TrainingLoop loop;
		private final CurriculumSampler curriculum;

		PhaseStops(Agent agent, TrainingPhase phase, int index, TrainingLoop loop, CurriculumSampler curriculum) {
			this.agent = agent;
			this.phase = phase;
			this.index = index;
			this.loop = loop;
			this.curriculum = curriculum;
		}

		@Override
		public boolean evaluate(int shots) throws IOException {
			Repeatable repeatable = repeatable(agent, phase.task());
			PolicyEvaluation.Judgement judgement = evaluation(repeatable.judged()).judge(repeatable.actor(), cancel);
			if (judgement == null) {
				return false;
			}
			addRow(phase.name(), phase.task(), judgement, shots);
			progress();
			return true;
		}

		@Override
		public void betweenUpdates() throws IOException {
			if (cancel.isCancelled()) {
				cancelled();
			}
			if (checkpointIsDue()) {
				writeCheckpoint();
			}
		}

		@Override
		public void progress() {
			StepRun.this.progress();
		}

		@Override
		public void cancelled() throws IOException {
			writeCheckpoint();
			throw new CancellationException("cancelled; the state is kept");
		}

		private void writeCheckpoint() throws IOException {
			StepRun.this.writeCheckpoint(now -> {
				now.put("phase", out -> {
					out.writeInt(index);
					out.writeUTF(phase.name());
					out.writeBoolean(loop.granting());
				});
				now.put("record", record);
				now.put("loop", loop);
				if (loop.environment().isPresent()) {
					now.put("environment", loop.environment().get());
				}
				if (curriculum != null) {
					now.put("curriculum", curriculum.state());
					if (curriculum.weighs()) {
						now.put("trials", curriculum);
					}
				}
				write(made(agent), now, "");
			});
			made(agent).chunks().written(false);
		}
	}

	void progress() {
		long now = System.nanoTime();
		if (now - lastProgressNanos >= PROGRESS_NANOS) {
			lastProgressNanos = now;
			listener.progress(record.done(), Math.max(record.done(), step.envSteps()));
		}
	}

	boolean checkpointIsDue() {
		return System.nanoTime() - lastCheckpointNanos >= experiment.running().checkpoint().everySeconds() * 1e9;
	}

	void writeCheckpoint(Snapshot.Content content) throws IOException {
		Snapshot.write(checkpointFile(), step.key(), content);
		writeTiming(null);
		lastCheckpointNanos = System.nanoTime();
	}

	/** Not forced to the disk: the checkpoint holds the rows too, the file is for those who watch. */
	void writeMetrics() throws IOException {
		DurableFiles.publish(store.partial(step.key()).resolve(ResultStore.METRICS), new MetricsTable(record.rows, step.unit()).toCsv());
	}

	private void writeTiming(String finished) throws IOException {
		double wall = before.wallSeconds() + (System.nanoTime() - startNanos) * 1e-9;
		double processor = before.processorSeconds() + processorSeconds() - startProcessorSeconds;
		long steps = record.done();
		store.write(step.key(), new StepTiming(wall, processor, steps, wall > 0 ? steps / wall : 0, finished,
				before.attempts()));
	}

	/** The process's: a worker has one step at a time. */
	private static double processorSeconds() {
		return ProcessHandle.current().info().totalCpuDuration().map(time -> time.toNanos() * 1e-9).orElse(0.0);
	}

	/**
	 * Writes the files of a finished step's folder except the provenance.
	 *
	 * @param finished when, ISO 8601
	 */
	void complete(String finished) throws IOException {
		if (step.kind() == Step.Kind.ADAPT) {
			if (lastTrained == null && !policyJudged) {
				throw new IllegalStateException("the strategy trained no agent and judged no policy: there is no result");
			}
			if (lastTrained != null) {
				save(FINAL_AGENT, lastTrained);
			}
		}
		writeTrace();
		writeMetrics();
		if (record.trials != null) {
			record.trials.complete();
		}
		record.artefacts.complete();
		DurableFiles.publish(store.partial(step.key()).resolve(ResultStore.LOG), VisibleText.lines(record.log.toString()));
		writeTiming(finished);
		listener.progress(record.done(), record.done());
	}

	/** An agent's last evaluation is known to be the last only now, so its first trials are played once more. */
	private void writeTrace() throws IOException {
		Optional<String> text = judgedTrace;
		if (lastJudged != null) {
			Optional<TraceTable> trace = evaluation(lastJudged.judged()).trace(lastJudged.actor(), cancel);
			if (trace == null) {
				throw cancelled();
			}
			text = trace.map(TraceTable::toCsv);
		}
		if (text.isPresent()) {
			DurableFiles.publish(store.partial(step.key()).resolve(ResultStore.TRACE), text.get());
		}
	}

	/** The descriptions of the environment's outcomes in the metrics. */
	List<OutcomeEntry> outcomes() {
		return tasks.get(adapts() ? 0 : tasks.size() - 1).family().environment().outcomes().stream()
				.map(outcome -> new OutcomeEntry(outcome.name(), outcome.description(), outcome.unit())).toList();
	}

	/** Closes the lanes of all evaluations, even if closing one of them fails, and the file of judged trials. */
	@Override
	public void close() throws IOException {
		List<PolicyEvaluation> all = List.copyOf(evaluations.values());
		evaluations.clear();
		try {
			close(all);
		} finally {
			if (record.trials != null) {
				record.trials.close();
			}
		}
	}

	/** Closes all of them, and throws the last failure. */
	void close(List<? extends AutoCloseable> all) {
		RuntimeException failure = null;
		for (AutoCloseable each : all) {
			try {
				each.close();
			} catch (RuntimeException e) {
				failure = e;
			} catch (Exception e) {
				throw new AssertionError("lanes close without checked exceptions", e);
			}
		}
		if (failure != null) {
			throw failure;
		}
	}

	boolean adapts() {
		return step.kind() == Step.Kind.ADAPT;
	}

	RunTask site(int task) {
		return tasks.get(task);
	}

	AtWork atWork() {
		return atWork;
	}

	RandomStreams streams() {
		return streams;
	}

	/** The agent that was judged last on a task; null when none was. */
	Agent judgedAgent(int task) {
		return judgedAgents[task];
	}

	StepRecord record() {
		return record;
	}

	List<WarmStartEntry> warmStarts() {
		return warmStarts;
	}

	Set<String> saved() {
		return saved;
	}

	Set<String> backends() {
		return backends;
	}
}
