package org.headstart.engine.internal.execution;

import java.awt.Graphics2D;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.environment.Outcome;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.Trace;
import org.headstart.api.environment.VectorEnvironment;
import org.headstart.api.environment.View;
import org.headstart.api.learner.Policy;
import org.headstart.api.strategy.LoopRun;
import org.headstart.engine.internal.catalog.BrokenContributionException;
import org.headstart.engine.internal.catalog.Contribution;

/**
 * Lanes whose numbers are all checked: actions before a step, rewards and observations after it, final observations,
 * outcomes and tasks at the end of a trial. A number that is not finite or is outside of its space ends the step with an
 * error that names the contribution, the lane and the component, so that it cannot become a result. Images are not checked,
 * since every byte is valid.
 *
 * <p>An observation may pass its bounds by rounding ({@link BoxSpace#outside}). A continuous action may lie outside of its
 * bounds: the environment clips it. A check is one pass over each array; without a finding it allocates nothing.
 */
final class CheckedLanes implements VectorEnvironment {

	private final VectorEnvironment lanes;
	private final Contribution<?> environment;
	private final TaskFamily family;
	private final String task;
	private final View.Layout layout;
	private final View view;
	private final AtWork atWork;
	private final AtWork.Doing stepping;
	private final BoxSpace space;
	/** Bounds of all lanes' observations with what rounding may add, [lanes × size]. */
	private final float[] lowest;
	private final float[] highest;
	private final double[] omega;
	/** Actions of each choice, [choices]. */
	private final int[] counts;

	/** The actor; null for the engine's own random policy. */
	private AtWork.Doing acting;
	private AtWork.Doing observing;
	private long steps;

	/**
	 * @param task the task's name in the metrics
	 */
	CheckedLanes(VectorEnvironment lanes, Contribution<?> environment, TaskFamily family, String task, View view,
			AtWork atWork) {
		this.lanes = lanes;
		this.environment = environment;
		this.family = family;
		this.task = task;
		this.view = view;
		this.atWork = atWork;
		layout = view.layout(family.environment());
		stepping = new AtWork.Doing(environment, "step", true);
		space = lanes.observationSpace().row();
		lowest = new float[lanes.lanes() * space.size()];
		highest = new float[lanes.lanes() * space.size()];
		for (int i = 0; i < lowest.length; i++) {
			int component = i % space.size();
			lowest[i] = space.lowest(component);
			highest[i] = space.highest(component);
		}
		omega = new double[family.environment().parameterCount()];
		counts = lanes.actionSpace().counts();
	}

	/** Sets the actor and gives its policy, which is told of the lanes. */
	Policy begin(Actor actor) {
		acting = actor.inEachStep("act");
		observing = actor.inEachStep("observe");
		if (acting == null) {
			return actor.policies().policy(lanes.lanes(), lanes);
		}
		Policy policy = atWork.call(actor.contribution(), actor.method("policy"),
				() -> actor.policies().policy(lanes.lanes(), lanes));
		atWork.run(actor.contribution(), actor.method("begin"), () -> policy.begin(this));
		return policy;
	}

	/** Like {@link #play(Policy, ActionBatch)}, with a further watcher. */
	void play(Policy policy, ActionBatch into, LoopRun.Watcher watcher, AtWork.Doing watching) {
		AtWork.Doing before = atWork.now();
		try {
			atWork.enter(acting);
			policy.act(this, into);
			checkActions(into);
			atWork.enter(watching);
			watcher.acted(this, into);
			step(into);
			atWork.enter(observing);
			policy.observe(this);
			atWork.enter(watching);
			watcher.stepped(this);
		} catch (RuntimeException | Error e) {
			throw atWork.attributed(e);
		}
		atWork.enter(before);
	}

	/** Chooses actions, steps the lanes and tells the policy. */
	void play(Policy policy, ActionBatch into) {
		AtWork.Doing before = atWork.now();
		try {
			atWork.enter(acting);
			policy.act(this, into);
			step(into);
			atWork.enter(observing);
			policy.observe(this);
		} catch (RuntimeException | Error e) {
			throw atWork.attributed(e);
		}
		atWork.enter(before);
	}

	@Override
	public void step(ActionBatch batch) {
		checkActions(batch);
		atWork.enter(stepping);
		lanes.step(batch);
		steps++;
		atWork.moved();
		check();
	}

	private void checkActions(ActionBatch batch) {
		for (int choice = 0; choice < counts.length; choice++) {
			int count = counts[choice];
			for (int i = choice; i < batch.index.length; i += counts.length) {
				if (batch.index[i] < 0 || batch.index[i] >= count) {
					throw actionFault(i / counts.length,
							"the action " + batch.index[i] + (counts.length > 1 ? " as choice " + choice : ""),
							"there are the actions 0 to " + (count - 1));
				}
			}
		}
		// numbers that are not finite give NaN
		float rest = 0;
		for (float value : batch.values) {
			rest += value - value;
		}
		if (rest != 0) {
			for (int i = 0; i < batch.values.length; i++) {
				if (!Float.isFinite(batch.values[i])) {
					throw actionFault(i / batch.size, batch.values[i] + " as component " + i % batch.size + " of the action",
							"it must be a finite number");
				}
			}
		}
	}

	private RuntimeException actionFault(int lane, String what, String right) {
		String where = what + where(lane, steps + 1) + "; " + right;
		return acting == null ? new IllegalStateException("the random policy chose " + where)
				: new BrokenContributionException(acting.contribution().origin() + ": " + acting.what() + " chose " + where, null);
	}

	private String where(int lane, long step) {
		return " in step " + step + " of lane " + lane + " on " + task;
	}

	private BrokenContributionException fault(int lane, String what) {
		return new BrokenContributionException(environment.origin() + ": " + what + where(lane, steps), null);
	}

	private void check() {
		float[] rewards = lanes.rewards();
		float rest = 0;
		for (float reward : rewards) {
			rest += reward - reward;
		}
		if (rest != 0) {
			for (int lane = 0; lane < rewards.length; lane++) {
				if (!Float.isFinite(rewards[lane])) {
					throw fault(lane, "the reward is " + rewards[lane]);
				}
			}
		}
		checkObservations();
		boolean[] terminated = lanes.terminated();
		boolean[] truncated = lanes.truncated();
		for (int lane = 0; lane < terminated.length; lane++) {
			if (terminated[lane] || truncated[lane]) {
				checkEnd(lane);
			}
		}
	}

	private void checkObservations() {
		float[] observations = lanes.observations();
		for (int i = 0; i < lowest.length; i++) {
			if (!(observations[i] >= lowest[i] && observations[i] <= highest[i])) {
				throw observationFault(i / space.size(), "observation", observations, i / space.size() * space.size());
			}
		}
	}

	private RuntimeException observationFault(int lane, String kind, float[] observations, int row) {
		int component = space.outside(observations, row);
		return fault(lane, kind + " component " + component + name(component) + " is " + observations[row + component]
				+ ", outside of its space from " + space.low()[component] + " to " + space.high()[component]);
	}

	/** The component's name, if it has one. */
	private String name(int component) {
		if (view.task() && component >= layout.task()) {
			return " (the task's " + family.parameterNames().get(component - layout.task()) + ")";
		}
		if (view.history() && component == layout.reward()) {
			return " (the previous reward)";
		}
		return view.history() && component >= layout.action() ? " (the previous action)" : "";
	}

	/** Called when a trial ended and the lane has its next task. */
	private void checkEnd(int lane) {
		int row = lane * space.size();
		if (space.outside(lanes.finalObservations(), row) >= 0) {
			throw observationFault(lane, "final observation", lanes.finalObservations(), row);
		}
		List<Outcome> named = lanes.outcomes();
		for (int i = 0; i < named.size(); i++) {
			double value = lanes.finalOutcomes()[lane * named.size() + i];
			if (!Double.isFinite(value)) {
				throw fault(lane, "the outcome '" + named.get(i).name() + "' is " + value);
			}
		}
		checkTask(lane);
	}

	private void checkTask(int lane) {
		lanes.task(lane, omega);
		for (int i = 0; i < omega.length; i++) {
			if (!Double.isFinite(omega[i])) {
				throw fault(lane, "the task's parameter '" + family.parameterNames().get(i) + "' is sampled as " + omega[i]);
			}
		}
	}

	@Override
	public void reset() {
		atWork.run(environment, "start", lanes::reset);
		steps = 0;
		checkAll();
	}

	private void checkAll() {
		for (int lane = 0; lane < lanes.lanes(); lane++) {
			checkTask(lane);
		}
		checkObservations();
	}

	@Override
	public void readState(DataInput in) throws IOException {
		// states are read without the environment's code; episodes are repeated by it
		atWork.run(environment, family.environment() instanceof Dynamics ? "observe" : "going on", () -> lanes.readState(in));
		steps = 0;
		checkAll();
	}

	/** The step in which lanes go on that were read from a checkpoint, for messages. */
	void goOnFrom(long step) {
		steps = step;
	}

	@Override
	public void writeState(DataOutput out) throws IOException {
		lanes.writeState(out);
	}

	@Override
	public int lanes() {
		return lanes.lanes();
	}

	@Override
	public ObservationSpace observationSpace() {
		return lanes.observationSpace();
	}

	@Override
	public ActionSpace actionSpace() {
		return lanes.actionSpace();
	}

	@Override
	public float[] observations() {
		return lanes.observations();
	}

	@Override
	public float[] finalObservations() {
		return lanes.finalObservations();
	}

	@Override
	public byte[] bytes(int part) {
		return lanes.bytes(part);
	}

	@Override
	public byte[] finalBytes(int part) {
		return lanes.finalBytes(part);
	}

	@Override
	public float[] rewards() {
		return lanes.rewards();
	}

	@Override
	public boolean[] terminated() {
		return lanes.terminated();
	}

	@Override
	public boolean[] truncated() {
		return lanes.truncated();
	}

	@Override
	public boolean[] episodeEnded() {
		return lanes.episodeEnded();
	}

	@Override
	public boolean[] idle() {
		return lanes.idle();
	}

	@Override
	public double[] finalOutcomes() {
		return lanes.finalOutcomes();
	}

	@Override
	public List<Outcome> outcomes() {
		return lanes.outcomes();
	}

	@Override
	public Optional<Trace> trace() {
		return lanes.trace();
	}

	@Override
	public void trace(int lane, double[] values) {
		atWork.run(environment, "trace", () -> lanes.trace(lane, values));
		checkTrace(lane, values);
	}

	@Override
	public void finalTrace(int lane, double[] values) {
		atWork.run(environment, "trace", () -> lanes.finalTrace(lane, values));
		checkTrace(lane, values);
	}

	private void checkTrace(int lane, double[] values) {
		for (int i = 0; i < values.length; i++) {
			if (!Double.isFinite(values[i])) {
				throw fault(lane, "the trace's '" + lanes.trace().orElseThrow().names().get(i) + "' is " + values[i]);
			}
		}
	}

	@Override
	public void task(int lane, double[] into) {
		lanes.task(lane, into);
	}

	@Override
	public boolean[] interrupted() {
		return lanes.interrupted();
	}

	@Override
	public void close() {
		atWork.run(environment, "close", lanes::close);
	}

	@Override
	public void render(int lane, Graphics2D canvas, int width, int height) {
		atWork.run(environment, "render", () -> lanes.render(lane, canvas, width, height));
	}
}
