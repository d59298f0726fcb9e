package org.headstart.engine.internal.execution;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.DataSet.Selection;
import org.headstart.api.environment.View;
import org.headstart.api.learner.Policy;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.strategy.LoopRun.Watcher;

/** Lanes of a loop for collecting without learning. They are opened when first needed, also in a resumed run. */
final class CollectingLanes implements AutoCloseable {

	private final RunTask trainedOn;
	private final int count;
	/** The examples to show. */
	private final Selection selection;
	private final RandomStreams streams;
	/** The stream for draws from an agent's distribution. */
	private final RandomStream draws;
	private View view;
	private CheckedLanes environment;
	private ActionBatch actions;
	/** The state that a checkpoint had, until they are opened; null when there is none. */
	private byte[] held;

	CollectingLanes(RunTask trainedOn, int count, Selection selection, RandomStreams streams) {
		this.trainedOn = trainedOn;
		this.selection = selection;
		this.count = count;
		this.streams = streams;
		draws = streams.stream("actions");
	}

	RandomStream draws() {
		return draws;
	}

	/**
	 * Prepares for the next steps.
	 *
	 * @param anew whether new trials begin; otherwise the lanes continue, and the policy is told of a beginning only at
	 *             their first use
	 * @return the policy
	 */
	Policy open(View shown, Actor actor, boolean anew, StepRecord record, int task) throws IOException {
		if (view != null && !view.equals(shown)) {
			throw new IllegalArgumentException("a loop collects on " + trainedOn.name() + " by one name in two views, first in " + view
					+ ", then in " + shown);
		}
		view = shown;
		boolean beginning = environment == null && held == null;
		if (environment == null) {
			environment = trainedOn.lanes(count, streams.under("lanes"), view, trainedOn.tasks().sampler(), selection);
			actions = new ActionBatch(environment.actionSpace(), count);
			if (held != null) {
				goOn(record, task);
			}
		}
		if (beginning || anew) {
			environment.reset();
		}
		return environment.begin(beginning || anew ? actor : actor.goingOn());
	}

	private void goOn(StepRecord record, int task) throws IOException {
		DataInputStream in = new DataInputStream(new ByteArrayInputStream(held));
		held = null;
		draws.readState(in);
		environment.readState(in);
		int lost = 0;
		for (boolean interrupted : environment.interrupted()) {
			lost += interrupted ? 1 : 0;
		}
		TrainingLoop.warnOfLost(lost, count, record, task, trainedOn);
	}

	/** Makes one step of all lanes; returns the number of trials that ended. */
	int step(Policy policy, Watcher watcher, AtWork.Doing watching) {
		environment.play(policy, actions, watcher, watching);
		boolean[] terminated = environment.terminated();
		boolean[] truncated = environment.truncated();
		int ended = 0;
		for (int lane = 0; lane < count; lane++) {
			if (terminated[lane] || truncated[lane]) {
				ended++;
			}
		}
		return ended;
	}

	void write(DataOutputStream out) throws IOException {
		if (held != null) {
			out.write(held);
			return;
		}
		draws.writeState(out);
		environment.writeState(out);
	}

	void read(DataInputStream in) throws IOException {
		held = in.readAllBytes();
	}

	@Override
	public void close() {
		if (environment != null) {
			CheckedLanes lanes = environment;
			environment = null;
			lanes.close();
		}
	}
}
