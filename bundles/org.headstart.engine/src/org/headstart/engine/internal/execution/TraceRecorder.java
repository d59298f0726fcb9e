package org.headstart.engine.internal.execution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.headstart.api.environment.Trace;
import org.headstart.api.environment.VectorEnvironment;
import org.headstart.engine.internal.results.TraceTable;

/** Records the traces of the first trials of an evaluation, without idle steps. */
final class TraceRecorder {

	static final int TRIALS = 8;
	static final int EPISODES = 20;
	static final int STEPS = 1000;

	private final VectorEnvironment environment;
	private final Trace trace;
	private final double[] values;
	private final int[] episode;
	private final int[] step;
	private final boolean[] over;
	private final List<List<TraceTable.Row>> rows = new ArrayList<>();
	private int left;

	/** @param environment lanes with a trace, at the start of a trial */
	TraceRecorder(VectorEnvironment environment) {
		this.environment = environment;
		trace = environment.trace().orElseThrow();
		values = new double[trace.names().size()];
		// lane l's first trial is trial l
		left = Math.min(environment.lanes(), TRIALS);
		episode = new int[left];
		step = new int[left];
		over = new boolean[left];
		for (int lane = 0; lane < left; lane++) {
			rows.add(new ArrayList<>());
			environment.trace(lane, values);
			addRow(lane);
		}
	}

	/** Called after each step. */
	void follow() {
		for (int lane = 0; lane < over.length; lane++) {
			if (!over[lane]) {
				follow(lane);
			}
		}
	}

	private void follow(int lane) {
		boolean ended = environment.episodeEnded()[lane];
		if (!environment.idle()[lane] && ++step[lane] <= STEPS) {
			if (ended) {
				environment.finalTrace(lane, values);
			} else {
				environment.trace(lane, values);
			}
			addRow(lane);
		}
		if (!ended) {
			return;
		}
		episode[lane]++;
		step[lane] = 0;
		if (environment.terminated()[lane] || environment.truncated()[lane] || episode[lane] == EPISODES) {
			over[lane] = true;
			left--;
		} else {
			environment.trace(lane, values);
			addRow(lane);
		}
	}

	private void addRow(int lane) {
		rows.get(lane).add(
				new TraceTable.Row(lane + 1, episode[lane] + 1, step[lane], Arrays.stream(values).boxed().toList()));
	}

	/** Whether all trials have been recorded. */
	boolean complete() {
		return left == 0;
	}

	/** At most {@value #TRIALS} trials, of each at most {@value #EPISODES} episodes, of each at most {@value #STEPS} steps. */
	TraceTable table() {
		return new TraceTable(trace.kind(), trace.names(), rows.stream().flatMap(List::stream).toList());
	}
}
