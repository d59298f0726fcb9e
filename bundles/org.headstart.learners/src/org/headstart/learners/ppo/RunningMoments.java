package org.headstart.learners.ppo;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

import org.headstart.api.checkpoint.Checkpointed;

/** Mean and variance of each component of all rows seen so far, by Welford's recurrence (Welford 1962). */
final class RunningMoments implements Checkpointed {

	/** Limits the scaling of a component that never changes. */
	private static final double VARIANCE_FLOOR = 1e-8;

	private final int size;
	private final double[] mean;
	/** Sums of squared deviations. */
	private final double[] squares;
	/** 1 / standard deviation; 1 before the second row. */
	private final double[] inverseDeviation;
	private long count;

	RunningMoments(int size) {
		this.size = size;
		mean = new double[size];
		squares = new double[size];
		inverseDeviation = new double[size];
		reset();
	}

	void reset() {
		count = 0;
		Arrays.fill(mean, 0);
		Arrays.fill(squares, 0);
		Arrays.fill(inverseDeviation, 1);
	}

	/** Adds rows, [rows × size]. */
	void add(float[] values, int rows) {
		for (int row = 0; row < rows; row++) {
			double share = 1.0 / ++count;
			for (int i = 0, at = row * size; i < size; i++, at++) {
				double before = values[at] - mean[i];
				mean[i] += before * share;
				squares[i] += before * (values[at] - mean[i]);
			}
		}
		refresh();
	}

	private void refresh() {
		if (count < 2) {
			Arrays.fill(inverseDeviation, 1);
			return;
		}
		for (int i = 0; i < size; i++) {
			inverseDeviation[i] = 1 / Math.sqrt(squares[i] / count + VARIANCE_FLOOR);
		}
	}

	double mean(int component) {
		return mean[component];
	}

	double inverseDeviation(int component) {
		return inverseDeviation[component];
	}

	@Override
	public void writeState(DataOutput out) throws IOException {
		out.writeInt(size);
		out.writeLong(count);
		for (int i = 0; i < size; i++) {
			out.writeDouble(mean[i]);
			out.writeDouble(squares[i]);
		}
	}

	@Override
	public void readState(DataInput in) throws IOException {
		int written = in.readInt();
		if (written != size) {
			throw new IOException("statistics of " + written + " components do not fit " + size + " components");
		}
		count = in.readLong();
		for (int i = 0; i < size; i++) {
			mean[i] = in.readDouble();
			squares[i] = in.readDouble();
		}
		refresh();
	}
}
