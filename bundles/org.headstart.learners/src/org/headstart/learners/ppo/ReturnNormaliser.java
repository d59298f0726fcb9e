package org.headstart.learners.ppo;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

import org.headstart.api.checkpoint.Checkpointed;

/**
 * Rewards divided by the running standard deviation of the discounted return, clipped to ±10 (Huang et al. 2022, details c6 and
 * c7), or as they are when this is off. The mean is not subtracted: that would change which policy is best.
 */
final class ReturnNormaliser implements Checkpointed {

	private static final float BOUND = 10;

	private final double gamma;
	/** Null when normalisation is off. */
	private final RunningMoments moments;
	/** Each lane's discounted sum of the rewards so far in its episode, [lanes]. */
	private float[] discounted = new float[0];

	ReturnNormaliser(double gamma, boolean on) {
		this.gamma = gamma;
		moments = on ? new RunningMoments(1) : null;
		reset();
	}

	void begin(int lanes) {
		if (discounted.length != lanes) {
			discounted = new float[lanes];
		}
		Arrays.fill(discounted, 0);
	}

	/** Takes a step's rewards into the statistics and writes what is to be learned from, both [lanes]. */
	void apply(float[] rewards, boolean[] terminated, boolean[] truncated, float[] normalised, int to) {
		int lanes = discounted.length;
		if (moments == null) {
			System.arraycopy(rewards, 0, normalised, to, lanes);
			return;
		}
		for (int lane = 0; lane < lanes; lane++) {
			discounted[lane] = (float) (gamma * discounted[lane] + rewards[lane]);
		}
		moments.add(discounted, lanes);
		float scale = (float) moments.inverseDeviation(0);
		for (int lane = 0; lane < lanes; lane++) {
			normalised[to + lane] = Math.max(-BOUND, Math.min(BOUND, rewards[lane] * scale));
			if (terminated[lane] || truncated[lane]) {
				discounted[lane] = 0;
			}
		}
	}

	void reset() {
		if (moments != null) {
			moments.reset();
			// the return before any reward: else the first ones, often all equal, would have no deviation to be divided by
			moments.add(new float[1], 1);
		}
		Arrays.fill(discounted, 0);
	}

	void writeStatistics(DataOutput out) throws IOException {
		out.writeBoolean(moments != null);
		if (moments != null) {
			moments.writeState(out);
		}
	}

	void readStatistics(DataInput in) throws IOException {
		if (in.readBoolean() != (moments != null)) {
			throw new IOException("normalise-returns is " + (moments != null) + " here, but was not where the state was written");
		}
		if (moments != null) {
			moments.readState(in);
		}
	}

	@Override
	public void writeState(DataOutput out) throws IOException {
		writeStatistics(out);
		for (float value : discounted) {
			out.writeFloat(value);
		}
	}

	/** For as many lanes as the last {@link #begin} said. */
	@Override
	public void readState(DataInput in) throws IOException {
		readStatistics(in);
		for (int lane = 0; lane < discounted.length; lane++) {
			discounted[lane] = in.readFloat();
		}
	}
}
