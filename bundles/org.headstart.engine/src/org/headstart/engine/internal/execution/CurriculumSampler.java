package org.headstart.engine.internal.execution;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.StringJoiner;

import org.headstart.api.checkpoint.Checkpointed;
import org.headstart.api.environment.ParameterGroup;
import org.headstart.api.environment.TaskRole;
import org.headstart.api.environment.TaskSampler;
import org.headstart.api.environment.TaskSet;
import org.headstart.api.learner.Agent;
import org.headstart.api.random.RandomStream;
import org.headstart.api.strategy.Curriculum;
import org.headstart.engine.internal.catalog.BrokenContributionException;
import org.headstart.engine.internal.catalog.Contribution;

/**
 * Runs a curriculum in one phase: it draws the lanes' tasks, is told of the trials' returns, and weighs trials before an
 * update. Its tasks and weights are checked.
 *
 * <p>If trials are weighed, the trial of each row of experience since the last update is recorded. The state of this object
 * is this record, without the curriculum's own state.
 */
final class CurriculumSampler implements TaskSampler, Checkpointed {

	private final Curriculum curriculum;
	private final Contribution<?> by;
	private final RunTask task;
	private final boolean weighs;
	private final AtWork.Doing telling;
	private final double[] omega;
	private final double[] low;
	private final double[] high;

	private CheckedLanes lanes;
	/** The loop's: what each lane gained in its trial before the present step. */
	private double[] laneReturn;

	/** By lane, which of the trials below it is in; −1 before its first step since the last update. */
	private int[] trialOfLane = {};
	private int rows;
	private int[] trialOfRow = {};
	private int trials;
	private double[] omegas = {};
	private double[] returns = {};
	private boolean[] over = {};
	private float[] weights = {};
	private float[] rowWeights = {};

	/**
	 * @param by the strategy that gave it
	 */
	CurriculumSampler(Curriculum curriculum, Contribution<?> by, RunTask task) {
		this.curriculum = curriculum;
		this.by = by;
		this.task = task;
		weighs = task.atWork().call(by, "weighs of its curriculum", curriculum::weighs);
		telling = new AtWork.Doing(by, "ended of its curriculum", true);
		omega = new double[task.family().environment().parameterCount()];
		low = new double[omega.length];
		high = new double[omega.length];
		int component = 0;
		for (ParameterGroup group : task.family().parameters()) {
			Arrays.fill(low, component, component + group.size(), group.low());
			Arrays.fill(high, component, component + group.size(), group.high());
			component += group.size();
		}
	}

	/** The part with a state of its own in checkpoints. */
	Checkpointed state() {
		return new Checkpointed() {

			@Override
			public void writeState(DataOutput out) throws IOException {
				task.atWork().run(by, "writeState of its curriculum", () -> curriculum.writeState(out));
			}

			@Override
			public void readState(DataInput in) throws IOException {
				task.atWork().run(by, "readState of its curriculum", () -> curriculum.readState(in));
			}
		};
	}

	boolean weighs() {
		return weighs;
	}

	/** Lanes that have not begun yet; {@code gained} is what each gained in its trial, kept by the loop that steps them. */
	void begin(CheckedLanes begun, double[] gained) {
		lanes = begun;
		laneReturn = gained;
		trialOfLane = new int[gained.length];
		clear();
	}

	private void clear() {
		rows = 0;
		trials = 0;
		Arrays.fill(trialOfLane, -1);
	}

	// ---- Drawing and telling

	@Override
	public void sample(RandomStream random, double[] into, int offset) {
		try {
			curriculum.draw(random, task.tasks(), omega);
		} catch (RuntimeException | Error e) {
			throw by.attributed("draw of its curriculum", e);
		}
		for (int i = 0; i < omega.length; i++) {
			if (!(omega[i] >= low[i] && omega[i] <= high[i])) {
				throw fault("drew a task whose parameter '" + task.family().parameterNames().get(i) + "' is " + omega[i]
						+ "; it lies from " + low[i] + " to " + high[i]);
			}
		}
		if (!task.use().environment().contribution().call("contains", this::mayBeTrainedOn)) {
			StringJoiner drawn = new StringJoiner(", ", "(", ")");
			for (int i = 0; i < omega.length; i++) {
				drawn.add(task.family().parameterNames().get(i) + " " + omega[i]);
			}
			throw fault("drew the task " + drawn + ", which belongs neither to '" + task.tasks().name()
					+ "' nor to another set of the family that is for training");
		}
		System.arraycopy(omega, 0, into, offset, omega.length);
	}

	private boolean mayBeTrainedOn() {
		if (task.tasks().contains().test(omega)) {
			return true;
		}
		for (TaskSet other : task.family().taskSets()) {
			if (other.role() == TaskRole.TRAIN && other.contains().test(omega)) {
				return true;
			}
		}
		return false;
	}

	private BrokenContributionException fault(String what) {
		return new BrokenContributionException(by.origin() + ": its curriculum " + what + " (training on " + task.name() + ")", null);
	}

	/** Called by the lanes, in the midst of a step, between the trials that ended in it and their next ones. */
	void trialsEnded() {
		AtWork.Doing before = task.atWork().now();
		task.atWork().enter(telling);
		boolean[] terminated = lanes.terminated();
		boolean[] truncated = lanes.truncated();
		for (int lane = 0; lane < laneReturn.length; lane++) {
			double trialReturn = laneReturn[lane] + lanes.rewards()[lane];
			// a reward that is no number ends the step as soon as the lanes are looked at
			if ((terminated[lane] || truncated[lane]) && Double.isFinite(trialReturn)) {
				lanes.task(lane, omega);
				curriculum.ended(omega, trialReturn);
				if (weighs) {
					returns[trialOfLane[lane]] = trialReturn;
					over[trialOfLane[lane]] = true;
					trialOfLane[lane] = -1;
				}
			}
		}
		task.atWork().enter(before);
	}

	// ---- Weighing

	/** Before each step: the rows that it adds belong to the lanes' trials. */
	void step() {
		if (!weighs) {
			return;
		}
		int count = trialOfLane.length;
		if (trialOfRow.length < rows + count) {
			trialOfRow = Arrays.copyOf(trialOfRow, 2 * (rows + count));
		}
		for (int lane = 0; lane < count; lane++) {
			if (trialOfLane[lane] < 0) {
				trialOfLane[lane] = addTrial(lane);
			}
			trialOfRow[rows++] = trialOfLane[lane];
		}
	}

	private int addTrial(int lane) {
		if (trials == over.length) {
			makeRoom(2 * (trials + 1));
		}
		lanes.task(lane, omega);
		System.arraycopy(omega, 0, omegas, trials * omega.length, omega.length);
		over[trials] = false;
		return trials++;
	}

	private void makeRoom(int most) {
		omegas = Arrays.copyOf(omegas, most * omega.length);
		returns = Arrays.copyOf(returns, most);
		over = Arrays.copyOf(over, most);
		weights = new float[most];
	}

	/** Before an update: gives the agent the weight of each row since the last one. */
	void weigh(Agent agent, Contribution<?> learner) {
		if (!weighs) {
			return;
		}
		for (int lane = 0; lane < trialOfLane.length; lane++) {
			if (trialOfLane[lane] >= 0) {
				returns[trialOfLane[lane]] = laneReturn[lane];
			}
		}
		Arrays.fill(weights, 1);
		task.atWork().run(by, "weigh of its curriculum", () -> curriculum.weigh(trials, omegas, returns, over, weights));
		for (int trial = 0; trial < trials; trial++) {
			if (!(weights[trial] >= 0 && weights[trial] < Float.POSITIVE_INFINITY)) {
				throw fault("gives a trial the weight " + weights[trial] + "; it must be finite and not negative");
			}
		}
		if (rowWeights.length < rows) {
			rowWeights = new float[rows];
		}
		for (int row = 0; row < rows; row++) {
			rowWeights[row] = weights[trialOfRow[row]];
		}
		task.atWork().run(learner, "weigh", () -> agent.weigh(rowWeights));
		clear();
	}

	@Override
	public void writeState(DataOutput out) throws IOException {
		out.writeInt(rows);
		out.writeInt(trials);
		for (int trial : trialOfLane) {
			out.writeInt(trial);
		}
		for (int row = 0; row < rows; row++) {
			out.writeInt(trialOfRow[row]);
		}
		for (int trial = 0; trial < trials; trial++) {
			for (int i = 0; i < omega.length; i++) {
				out.writeDouble(omegas[trial * omega.length + i]);
			}
			out.writeDouble(returns[trial]);
			out.writeBoolean(over[trial]);
		}
	}

	@Override
	public void readState(DataInput in) throws IOException {
		rows = in.readInt();
		trials = in.readInt();
		for (int lane = 0; lane < trialOfLane.length; lane++) {
			trialOfLane[lane] = in.readInt();
		}
		trialOfRow = new int[rows];
		for (int row = 0; row < rows; row++) {
			trialOfRow[row] = in.readInt();
		}
		makeRoom(trials);
		for (int trial = 0; trial < trials; trial++) {
			for (int i = 0; i < omega.length; i++) {
				omegas[trial * omega.length + i] = in.readDouble();
			}
			returns[trial] = in.readDouble();
			over[trial] = in.readBoolean();
		}
	}
}
