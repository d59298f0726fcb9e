package org.headstart.learners.ppo;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

import org.headstart.api.checkpoint.Checkpointed;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.learner.AgentSite;
import org.headstart.api.learner.Metrics;
import org.headstart.api.loss.WeightedLoss;
import org.headstart.api.loss.Windows;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;

/**
 * The experiment's losses beside PPO's own. Their windows are drawn from the rollout, uniformly and with replacement, with
 * as many steps as a minibatch.
 */
final class AuxiliaryLosses implements Checkpointed {

	private final WeightedLoss[] losses;
	/** The name of each loss in the metrics. */
	private final String[] names;
	private final ObservationSpace observationSpace;
	private final ActionSpace actionSpace;
	/** Floats of the network's recurrent state; 0 without memory. */
	private final int stateSize;
	private final int minibatchSize;
	private final RandomStream draws;
	/** By loss; null for a loss without windows. */
	private final Windows[] windows;
	/** By loss, the rows with which a window may begin. */
	private final int[][] firstRows;
	private final int[] firstRowCounts;
	private final double[] sums;
	/** Rewards added by a loss, [at most the rows of the rollout]. */
	private float[] rewards = new float[0];
	private int minibatches;

	AuxiliaryLosses(AgentSite site, int stateSize, int minibatchSize, RandomStreams streams) {
		losses = site.losses().toArray(WeightedLoss[]::new);
		names = site.losses().stream().map(loss -> loss.id() + "-loss").toArray(String[]::new);
		observationSpace = site.observationSpace();
		actionSpace = site.actionSpace();
		this.stateSize = stateSize;
		this.minibatchSize = minibatchSize;
		draws = streams.stream("windows");
		windows = new Windows[this.losses.length];
		firstRows = new int[this.losses.length][0];
		firstRowCounts = new int[this.losses.length];
		sums = new double[this.losses.length];
	}

	boolean none() {
		return losses.length == 0;
	}

	/** @return whether any loss needs windows, which may begin with any step */
	boolean haveWindows() {
		for (WeightedLoss loss : losses) {
			if (loss.window() > 0) {
				return true;
			}
		}
		return false;
	}

	/** Allocates the arrays for a rollout of the given number of rows. */
	void allocate(int rows) {
		for (int i = 0; i < losses.length; i++) {
			int steps = losses[i].window();
			firstRows[i] = new int[steps == 0 ? 0 : rows];
			windows[i] = steps == 0 ? null
					: new Windows(steps, observationSpace, actionSpace, stateSize,
							losses[i].loss().addsReward() ? rows : Math.max(1, minibatchSize / steps));
		}
		rewards = new float[none() ? 0 : rows];
	}

	/** Called before an update: finds the windows of the rollout and adds the losses' rewards to it. */
	void begin(Rollout rollout) {
		minibatches = 0;
		for (int i = 0; i < losses.length; i++) {
			sums[i] = 0;
			if (windows[i] != null) {
				firstRowCounts[i] = findWindows(rollout, losses[i].window(), firstRows[i]);
				if (losses[i].loss().addsReward()) {
					addRewards(rollout, i);
				}
			}
		}
	}

	/** Finds the first rows of windows. An episode may end at a window's last step, not before. */
	private static int findWindows(Rollout rollout, int steps, int[] into) {
		int found = 0;
		int rows = rollout.rows();
		for (int first = 0; first + (steps - 1) * rollout.lanes < rows; first++) {
			boolean whole = true;
			for (int step = 0, row = first; step < steps && whole; step++, row += rollout.lanes) {
				whole = !rollout.idle[row] && (step == steps - 1 || !rollout.ended[row]);
			}
			if (whole) {
				into[found++] = first;
			}
		}
		return found;
	}

	private void addRewards(Rollout rollout, int i) {
		Windows all = windows[i];
		all.count = firstRowCounts[i];
		if (all.count == 0) {
			return;
		}
		for (int window = 0; window < all.count; window++) {
			gather(rollout, firstRows[i][window], all, window);
		}
		losses[i].loss().rewards(all, rewards);
		for (int window = 0; window < all.count; window++) {
			rollout.rewards[firstRows[i][window]] += losses[i].weight() * rewards[window];
		}
	}

	/** Adds the gradients of all losses to the network's; returns their weighted sum. */
	double accumulate(Rollout rollout) {
		double total = 0;
		for (int i = 0; i < losses.length; i++) {
			if (windows[i] != null) {
				if (firstRowCounts[i] == 0) {
					continue; // no episode of this rollout is long enough
				}
				windows[i].count = Math.max(1, minibatchSize / losses[i].window());
				for (int window = 0; window < windows[i].count; window++) {
					gather(rollout, firstRows[i][draws.nextInt(firstRowCounts[i])], windows[i], window);
				}
			}
			double value = losses[i].loss().accumulate(windows[i], losses[i].weight());
			sums[i] += value;
			total += losses[i].weight() * value;
		}
		minibatches++;
		return total;
	}

	private void gather(Rollout rollout, int first, Windows into, int window) {
		if (stateSize > 0) {
			System.arraycopy(rollout.states, rollout.stateOffset(first), into.states, window * stateSize, stateSize);
		}
		int observationSize = into.observationSize;
		int actionSize = into.actionSize;
		for (int step = 0, row = first; step < into.steps; step++, row += rollout.lanes) {
			int to = step * into.count + window;
			if (stateSize > 0) {
				into.restarts[to] = rollout.restarts[row];
			}
			System.arraycopy(rollout.observations, row * observationSize, into.observations, to * observationSize, observationSize);
			System.arraycopy(rollout.actions, row * actionSize, into.actions, to * actionSize, actionSize);
			into.rewards[to] = rollout.rewards[row];
		}
	}

	void report(Metrics metrics) {
		for (int i = 0; i < losses.length; i++) {
			metrics.report(names[i], sums[i] / minibatches);
		}
	}

	void restart() {
		for (WeightedLoss loss : losses) {
			loss.loss().restart();
		}
	}

	@Override
	public void writeState(DataOutput out) throws IOException {
		if (none()) {
			return;
		}
		draws.writeState(out);
		for (WeightedLoss loss : losses) {
			loss.loss().writeState(out);
		}
	}

	@Override
	public void readState(DataInput in) throws IOException {
		if (none()) {
			return;
		}
		draws.readState(in);
		for (WeightedLoss loss : losses) {
			loss.loss().readState(in);
		}
	}
}
