package org.headstart.learners.ppo;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

import org.headstart.api.checkpoint.Checkpointed;
import org.headstart.api.environment.Lanes;
import org.headstart.api.learner.AgentView.Memory;

/** What a recurrent network remembers of each lane while it acts, and where it begins anew. */
final class LaneMemory implements Checkpointed {

	private final int stateSize;
	private final boolean forgetsEpisodes;
	/** The network's state before the next step, [lanes × stateSize]. */
	final float[] states;
	/** Whether that state was set to zero because nothing before counts, [lanes]. */
	final boolean[] restarts;

	/**
	 * Begins with nothing remembered.
	 *
	 * @param lanes     how many lanes
	 * @param stateSize floats of a lane's state
	 * @param memory    until when it lasts: the trial's end or the episode's
	 */
	LaneMemory(int lanes, int stateSize, Memory memory) {
		this.stateSize = stateSize;
		forgetsEpisodes = memory == Memory.EPISODE;
		states = new float[lanes * stateSize];
		restarts = new boolean[lanes];
		clear();
	}

	/** Forgets all lanes. */
	void clear() {
		Arrays.fill(states, 0);
		Arrays.fill(restarts, true);
	}

	/** Forgets the lanes whose trial, or whose episode if it lasts no longer, has ended in the last step. */
	void observe(Lanes environment) {
		boolean[] terminated = environment.terminated();
		boolean[] truncated = environment.truncated();
		boolean[] episodeEnded = environment.episodeEnded();
		for (int lane = 0; lane < Math.min(restarts.length, environment.lanes()); lane++) {
			boolean restart = terminated[lane] || truncated[lane] || forgetsEpisodes && episodeEnded[lane];
			restarts[lane] = restart;
			if (restart) {
				Arrays.fill(states, lane * stateSize, (lane + 1) * stateSize, 0);
			}
		}
	}

	@Override
	public void writeState(DataOutput out) throws IOException {
		for (boolean restart : restarts) {
			out.writeBoolean(restart);
		}
		for (float value : states) {
			out.writeFloat(value);
		}
	}

	@Override
	public void readState(DataInput in) throws IOException {
		for (int lane = 0; lane < restarts.length; lane++) {
			restarts[lane] = in.readBoolean();
		}
		for (int i = 0; i < states.length; i++) {
			states[i] = in.readFloat();
		}
	}
}
