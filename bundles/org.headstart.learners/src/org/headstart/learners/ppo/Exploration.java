package org.headstart.learners.ppo;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

import org.headstart.api.checkpoint.Checkpointed;
import org.headstart.api.distribution.ActionDistribution;
import org.headstart.api.network.Optimizer;
import org.headstart.nn.optimizer.FreeParameters;

/**
 * The log standard deviations of a policy, as parameters trained by the network's optimizer; none for a policy that has only
 * a head.
 */
final class Exploration implements Checkpointed {

	private final ActionDistribution distribution;
	private final int size;
	private final FreeParameters parameters;
	/** The parameters themselves. */
	private final float[] logStd;
	/** Their gradients. */
	final double[] gradients;
	private final double[] used;

	Exploration(ActionDistribution distribution, double initialLogStd, Optimizer optimizer) {
		this.distribution = distribution;
		size = distribution.logStdSize();
		parameters = new FreeParameters(size, optimizer);
		logStd = parameters.values();
		gradients = new double[size];
		used = new double[size];
		Arrays.fill(logStd, (float) initialLogStd);
		refresh();
	}

	private void refresh() {
		for (int i = 0; i < size; i++) {
			used[i] = logStd[i];
		}
		distribution.use(used);
	}

	/** @return whether the policy has log standard deviations */
	boolean present() {
		return size > 0;
	}

	double gradientSquaredNorm() {
		double sum = 0;
		for (double gradient : gradients) {
			sum += gradient * gradient;
		}
		return sum;
	}

	void update(double gradientScale, double learningRate) {
		if (size == 0) {
			return;
		}
		for (int i = 0; i < size; i++) {
			parameters.gradients()[i] = (float) gradients[i];
		}
		parameters.update((float) gradientScale, (float) learningRate);
		refresh();
	}

	void resetOptimizer() {
		parameters.resetOptimizer();
	}

	double meanLogStd() {
		double sum = 0;
		for (float value : logStd) {
			sum += value;
		}
		return sum / size;
	}

	/** Copies the logarithms, {@code size} floats from {@code offset} on. */
	void copyLogStd(float[] into, int offset) {
		System.arraycopy(logStd, 0, into, offset, size);
	}

	/** Widens the distribution: σ becomes σ √temperature, which makes the density proportional to its power 1 / temperature. */
	void temper(double temperature) {
		for (int i = 0; i < size; i++) {
			logStd[i] += (float) (0.5 * Math.log(temperature));
		}
		refresh();
	}

	/** Writes the knowledge for a warm start of another agent. */
	void writeKnowledge(DataOutput out) throws IOException {
		out.writeBoolean(present());
		if (present()) {
			out.writeInt(size);
			for (float value : logStd) {
				out.writeFloat(value);
			}
		}
	}

	/** Reads the output of {@link #writeKnowledge}, and takes it over or skips it. */
	void readKnowledge(DataInput in, boolean take) throws IOException {
		boolean written = in.readBoolean();
		if (take && written != present()) {
			throw new IOException("the knowledge comes from another kind of action space");
		}
		if (!written || !present()) {
			return;
		}
		int count = in.readInt();
		if (take && count != size) {
			throw new IOException("standard deviations of " + count + " action components do not fit " + size + " components");
		}
		for (int i = 0; i < count; i++) {
			float value = in.readFloat();
			if (take) {
				logStd[i] = value;
			}
		}
		refresh();
	}

	@Override
	public void writeState(DataOutput out) throws IOException {
		if (present()) {
			parameters.writeState(out);
		}
	}

	@Override
	public void readState(DataInput in) throws IOException {
		if (present()) {
			parameters.readState(in);
			refresh();
		}
	}
}
