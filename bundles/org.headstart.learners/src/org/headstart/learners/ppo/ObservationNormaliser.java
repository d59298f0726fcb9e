package org.headstart.learners.ppo;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

import org.headstart.api.checkpoint.Checkpointed;

/**
 * Observations as the network sees them: shifted and scaled by the running mean and deviation, clipped to ±10 (Huang et al.
 * 2022, details c4 and c5), or as they are when this is off.
 */
final class ObservationNormaliser implements Checkpointed {

	private static final float BOUND = 10;

	private final int size;
	/** Null when normalisation is off. */
	private final RunningMoments moments;

	ObservationNormaliser(int size, boolean on) {
		this.size = size;
		moments = on ? new RunningMoments(size) : null;
	}

	/** Takes rows into the statistics. */
	void add(float[] observations, int rows) {
		if (moments != null) {
			moments.add(observations, rows);
		}
	}

	/** Writes rows as the network is to see them; leaves the statistics as they are. */
	void apply(float[] observations, int from, float[] normalised, int to, int rows) {
		if (moments == null) {
			System.arraycopy(observations, from, normalised, to, rows * size);
			return;
		}
		for (int row = 0; row < rows; row++) {
			for (int i = 0; i < size; i++) {
				float value = (float) ((observations[from + i] - moments.mean(i)) * moments.inverseDeviation(i));
				normalised[to + i] = Math.max(-BOUND, Math.min(BOUND, value));
			}
			from += size;
			to += size;
		}
	}

	void reset() {
		if (moments != null) {
			moments.reset();
		}
	}

	@Override
	public void writeState(DataOutput out) throws IOException {
		out.writeBoolean(moments != null);
		if (moments != null) {
			moments.writeState(out);
		}
	}

	@Override
	public void readState(DataInput in) throws IOException {
		if (in.readBoolean() != (moments != null)) {
			throw new IOException("normalise-observations is " + (moments != null) + " here, but was not where the state was written");
		}
		if (moments != null) {
			moments.readState(in);
		}
	}
}
