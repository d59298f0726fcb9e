package org.headstart.learners.ppo;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

import org.headstart.api.checkpoint.Checkpointed;
import org.headstart.api.environment.ObservationSpace;

/**
 * Normalises observations: it shifts and scales them by their running mean and deviation and clips them to ±10 (Huang et al.
 * 2022, details c4 and c5), or copies them if it is off. The group of a lane is not normalised.
 */
final class ObservationNormaliser implements Checkpointed {

	private static final float BOUND = 10;

	private final int size;
	private final int group;
	private final int groups;
	/** Null when normalisation is off. */
	private final RunningMoments moments;

	/** Makes a normaliser of rows without a group. */
	ObservationNormaliser(int size, boolean on) {
		this(size, on, 0, 0);
	}

	/**
	 * @param space the observation space
	 * @param size  how many numbers of a row are read: all, or none
	 */
	static ObservationNormaliser of(ObservationSpace space, int size, boolean on) {
		return size == 0 || space.group() < 0 ? new ObservationNormaliser(size, on)
				: new ObservationNormaliser(size, on, space.offset(space.group()), space.parts().get(space.group()).size());
	}

	private ObservationNormaliser(int size, boolean on, int group, int groups) {
		this.size = size;
		this.group = group;
		this.groups = groups;
		moments = on ? new RunningMoments(size) : null;
	}

	/** Adds rows to the statistics. */
	void add(float[] observations, int rows) {
		if (moments != null) {
			moments.add(observations, rows);
		}
	}

	/** Writes normalised rows; does not change the statistics. */
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
			System.arraycopy(observations, from + group, normalised, to + group, groups);
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
