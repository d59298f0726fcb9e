package org.headstart.engine.internal.execution;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

import org.headstart.api.checkpoint.Checkpointed;
import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.DataSet.Selection;
import org.headstart.api.environment.View;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.BudgetUnit;
import org.headstart.api.learner.Policy;
import org.headstart.api.random.RandomStreams;
import org.headstart.engine.internal.catalog.BrokenContributionException;
import org.headstart.engine.internal.catalog.Contribution;

/**
 * One phase of training: rollouts and updates, with stops for evaluation and checkpoints. A learner that does not act is
 * updated from the task's examples instead, as long as the budget suffices for a whole update.
 *
 * <p>Granted episodes (shots) come first: one lane, one trial, then an update. A trial longer than the learner's rollout is
 * learned from in pieces. Then the learner's lanes use the rest of the budget without exceeding it: the last vector step is
 * the last one that fits. The state of the loop excludes that of the agent.
 */
final class TrainingLoop implements Checkpointed, AutoCloseable {

	/** Vector steps between two looks at the clock for progress. */
	private static final int STEPS_A_LOOK = 32;

	/** The operations of the step that the loop needs. */
	interface Stops {

		/**
		 * Evaluates the agent and writes a row.
		 *
		 * @param shots how many granted episodes this judges, or −1
		 * @return false when cancelled
		 */
		boolean evaluate(int shots) throws IOException;

		/** Called between updates: writes a checkpoint when the time has come. */
		void betweenUpdates() throws IOException;

		/** Called every few steps. */
		void progress();

		/** Writes a checkpoint if it can and throws {@link java.util.concurrent.CancellationException}. */
		void cancelled() throws IOException;

		/** Whether the agent is judged at the end, if it was not at that very step. */
		default boolean judgesTheEnd() {
			return true;
		}
	}

	private final AgentWorkshop.Made made;
	private final Agent agent;
	private final Contribution<?> by;
	private final int task;
	private final RunTask trainedOn;
	private final StepRecord record;
	private final RandomStreams streams;
	/** The examples to learn from. */
	private final Selection selection;
	/** The task's count of steps, or of the learner's other unit, at which the phase, or its present stretch, ends. */
	private long end;
	private final View view;
	private final BudgetUnit unit;
	private final boolean acts;
	private final int learnerLanes;
	/** The smallest part of the budget that can be used: a step of the lanes, or an update. */
	private final long least;
	private final boolean wholeUpdates;
	private final int maxShots;
	private final boolean[] judged;
	private final CancelToken cancel;
	/** Null where the task's own sampler draws. */
	private final CurriculumSampler curriculum;

	/** Null where the learner acts nowhere. */
	private CheckedLanes environment;
	/** Null where the learner acts in lanes. */
	private CheckedExamples examples;
	private Policy exploring;
	private ActionBatch actions;
	private double[] laneReturn = {};

	private boolean granting;
	private boolean inRollout;
	private boolean evaluationDue;
	/** The task's updates when the phase began. */
	private long updatesBefore;
	/** Environment steps since the last update. */
	private long collected;

	/**
	 * @param judged by k, whether the agent is judged after k granted episodes; its length is the number of granted episodes
	 *               plus one, so an array of one grants none
	 * @param curriculum draws the tasks; null: the task's own sampler
	 */
	TrainingLoop(AgentWorkshop.Made made, int task, RunTask trainedOn, StepRecord record, RandomStreams streams, Selection selection,
			long end,
			boolean[] judged, boolean evaluateFirst, CurriculumSampler curriculum, CancelToken cancel) {
		this.made = made;
		agent = made.agent();
		by = made.by();
		view = made.view().training();
		learnerLanes = made.lanes();
		unit = made.unit();
		acts = unit.acts();
		least = made.least();
		wholeUpdates = made.experience().whole();
		this.task = task;
		this.trainedOn = trainedOn;
		this.record = record;
		this.streams = streams;
		this.selection = selection;
		this.end = end;
		this.judged = judged;
		this.maxShots = judged.length - 1;
		this.cancel = cancel;
		this.curriculum = curriculum;
		granting = maxShots > 0;
		evaluationDue = evaluateFirst;
		updatesBefore = record.updates[task];
	}

	int lanes() {
		return granting ? 1 : learnerLanes;
	}

	/** Fresh lanes for the present stage, or the examples. */
	void open() {
		close();
		if (!acts) {
			examples = trainedOn.examples(selection);
			beginTrials();
			return;
		}
		int lanes = lanes();
		environment = trainedOn.lanes(lanes, streams.under(granting ? "shots" : "lanes"), view,
				curriculum == null ? trainedOn.tasks().sampler() : curriculum, selection);
		actions = new ActionBatch(environment.actionSpace(), lanes);
		laneReturn = new double[lanes];
		beginTrials();
	}

	/** Begins new trials in the open lanes, for an agent without experience from the running ones; or the examples from their beginning. */
	void beginTrials() {
		if (!acts) {
			trainedOn.atWork().run(by, "begin", () -> made.begin(examples));
			return;
		}
		Arrays.fill(laneReturn, 0);
		if (curriculum != null) {
			curriculum.begin(environment, laneReturn);
		}
		environment.reset();
		exploring = environment.begin(Actor.learning(by, agent));
	}

	/** Sets another end, for the next stretch. */
	void until(long steps) {
		end = steps;
	}

	void run(Stops stops) throws IOException {
		while (true) {
			if (!inRollout) {
				boolean last = !granting && record.steps[task] + least > end;
				long steps = record.steps[task];
				if (evaluationDue || steps >= record.nextEvaluation[task]
						|| last && steps != record.lastEvaluation[task] && stops.judgesTheEnd()) {
					if (!stops.evaluate(steps == 0 ? 0 : granting && record.shots > 0 ? record.shots : -1)) {
						stops.cancelled();
					}
					evaluationDue = false;
				}
				if (last) {
					return;
				}
				if (granting && record.shots == maxShots) {
					granting = false;
					open();
					continue;
				}
				stops.betweenUpdates();
				inRollout = true;
			}
			if (granting) {
				grant(stops);
			} else if (acts) {
				collect(stops);
			} else {
				takeExamples(stops);
			}
			if (collected > 0) {
				update();
			}
			inRollout = false;
			stops.progress();
		}
	}

	/** One granted trial. */
	private void grant(Stops stops) throws IOException {
		boolean ended = false;
		while (!ended) {
			step(stops);
			ended = environment.terminated()[0] || environment.truncated()[0];
			if (!ended && agent.ready()) {
				update();
			}
		}
		record.shots++;
		evaluationDue = judged[record.shots];
	}

	private void update() {
		if (agent.ready() || !wholeUpdates) {
			record.updates[task]++;
		}
		if (curriculum != null) {
			curriculum.weigh(agent, by);
		}
		trainedOn.atWork().run(by, "update", () -> agent.update(this::report));
		collected = 0;
	}

	/** One rollout over the learner's lanes. */
	private void collect(Stops stops) throws IOException {
		int looks = 0;
		do {
			step(stops);
			if (++looks % STEPS_A_LOOK == 0) {
				stops.progress();
			}
		} while (!agent.ready() && record.steps[task] + learnerLanes <= end);
	}

	/** The count of the next update in the budget's unit. */
	private void takeExamples(Stops stops) throws IOException {
		if (cancel.isCancelled()) {
			stops.cancelled();
		}
		record.steps[task] += least;
		collected += least;
		trainedOn.atWork().moved();
	}

	/** A loss that is no number is no result: the weights are none either, or will not be soon. */
	private void report(String name, double value) {
		if (!Double.isFinite(value)) {
			throw new BrokenContributionException(
					by.origin() + ": after " + (acts ? record.steps[task] + " steps" : unit.count(record.steps[task])) + " on "
							+ trainedOn.name() + " an update reports '" + name + "' as " + value + "; has it diverged?",
					null);
		}
		record.report(name, value);
	}

	private void step(Stops stops) throws IOException {
		if (cancel.isCancelled()) {
			stops.cancelled();
		}
		if (curriculum != null) {
			curriculum.step();
		}
		environment.play(exploring, actions);
		float[] rewards = environment.rewards();
		boolean[] terminated = environment.terminated();
		boolean[] truncated = environment.truncated();
		int lanes = rewards.length;
		for (int lane = 0; lane < lanes; lane++) {
			laneReturn[lane] += rewards[lane];
			if (terminated[lane] || truncated[lane]) {
				record.returnSum[task] += laneReturn[lane];
				record.returnCount[task]++;
				record.episodes[task]++;
				laneReturn[lane] = 0;
			}
		}
		record.steps[task] += lanes;
		collected += lanes;
	}

	/** Whether an update was made. */
	boolean learned() {
		return record.updates[task] > updatesBefore;
	}

	/** After the lanes were read from a checkpoint: what a lane had gained in an episode that is lost counts nowhere. */
	void goOn() {
		int lost = 0;
		for (int lane = 0; lane < laneReturn.length; lane++) {
			if (environment.interrupted()[lane]) {
				laneReturn[lane] = 0;
				lost++;
			}
		}
		warnOfLost(lost, laneReturn.length, record, task, trainedOn);
	}

	/** Of lanes that went on with other episodes than they would have, had the step not been interrupted. */
	static void warnOfLost(int lost, int lanes, StepRecord record, int task, RunTask trainedOn) {
		if (lost > 0) {
			record.warn("the step was interrupted after " + record.steps[task] + " steps on " + trainedOn.name() + ", which is not"
					+ " deterministic: " + (lost == 1 ? "1 lane" : lost + " lanes") + " of " + lanes
					+ " lost its running episode and began another");
		}
	}

	@Override
	public void close() {
		if (examples != null) {
			CheckedExamples open = examples;
			examples = null;
			open.close();
		}
		if (environment != null) {
			CheckedLanes lanes = environment;
			environment = null;
			lanes.close();
		}
	}

	/** The lanes; empty where the learner acts nowhere, and examples are the same when they are opened again. */
	Optional<CheckedLanes> environment() {
		return Optional.ofNullable(environment);
	}

	@Override
	public void writeState(DataOutput out) throws IOException {
		out.writeBoolean(inRollout);
		out.writeBoolean(evaluationDue);
		out.writeLong(collected);
		out.writeLong(updatesBefore);
		for (double value : laneReturn) {
			out.writeDouble(value);
		}
	}

	@Override
	public void readState(DataInput in) throws IOException {
		inRollout = in.readBoolean();
		evaluationDue = in.readBoolean();
		collected = in.readLong();
		updatesBefore = in.readLong();
		for (int lane = 0; lane < laneReturn.length; lane++) {
			laneReturn[lane] = in.readDouble();
		}
	}

	/** Whether granted episodes are being played; written separately, since it determines the number of lanes. */
	boolean granting() {
		return granting;
	}

	void setGranting(boolean granting) {
		this.granting = granting;
	}
}
