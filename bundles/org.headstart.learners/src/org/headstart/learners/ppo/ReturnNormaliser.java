package org.headstart.learners.ppo;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

import org.headstart.api.checkpoint.Checkpointed;

/**
 * Normalises rewards: it divides them by the running standard deviation of the discounted return and clips them to ±10
 * (Huang et al. 2022, details c6 and c7), or copies them if it is off. It does not subtract the mean, which could change the
 * optimal policy.
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

	/** Adds a step's rewards to the statistics and writes the normalised rewards, both [lanes]. */
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
			// the return 0 before any reward; without it the first returns, often all equal, would have no deviation
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

	/** For the number of lanes given to the last {@link #begin}. */
	@Override
	public void readState(DataInput in) throws IOException {
		readStatistics(in);
		for (int lane = 0; lane < discounted.length; lane++) {
			discounted[lane] = in.readFloat();
		}
	}
}
