package org.headstart.learners.ppo;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

import org.headstart.api.checkpoint.Checkpointed;
import org.headstart.api.environment.Lanes;
import org.headstart.api.learner.AgentView.Memory;

/** The recurrent state of each lane while the agent acts, and where it was reset. */
final class LaneMemory implements Checkpointed {

	private final int stateSize;
	private final boolean forgetsEpisodes;
	/** The network's state before the next step, [lanes × stateSize]. */
	final float[] states;
	/** Whether that state was reset to zero, [lanes]. */
	final boolean[] restarts;

	/**
	 * Begins with zero states.
	 *
	 * @param lanes     how many lanes
	 * @param stateSize floats of a lane's state
	 * @param memory    the duration of a state: a trial or an episode
	 */
	LaneMemory(int lanes, int stateSize, Memory memory) {
		this.stateSize = stateSize;
		forgetsEpisodes = memory == Memory.EPISODE;
		states = new float[lanes * stateSize];
		restarts = new boolean[lanes];
		clear();
	}

	/** Resets all lanes. */
	void clear() {
		Arrays.fill(states, 0);
		Arrays.fill(restarts, true);
	}

	/** Resets the lanes whose trial or episode, depending on the memory's duration, has ended in the last step. */
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
