package org.headstart.nn.optimizer;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

import org.headstart.api.checkpoint.Checkpointed;
import org.headstart.api.network.Optimizer;
import org.headstart.nn.internal.kernels.KernelTier;

/**
 * Parameters that no vertex of a network holds, such as log standard deviations that do not depend on the state. They are trained
 * by the same optimizer as a network, to the bit. Allocates nothing after its construction. Thread-confined.
 */
public final class FreeParameters implements Checkpointed {

	private final float[] values;
	private final float[] gradients;
	private final OptimizerState optimizer;
	private final ParameterRange[] all;

	/**
	 * Zeros.
	 *
	 * @param size      how many; may be 0
	 * @param optimizer how gradients become steps
	 */
	public FreeParameters(int size, Optimizer optimizer) {
		values = new float[size];
		gradients = new float[size];
		this.optimizer = new OptimizerState(optimizer, size, KernelTier.fastest());
		all = new ParameterRange[] {new ParameterRange(0, size, 1)};
	}

	/** @return the parameters themselves, to read and to write */
	public float[] values() {
		return values;
	}

	/** @return ∂loss/∂parameter, to fill before {@link #update} */
	public float[] gradients() {
		return gradients;
	}

	/**
	 * One optimizer step.
	 *
	 * @param gradientScale what to multiply the gradients by
	 * @param learningRate  the rate
	 */
	public void update(float gradientScale, float learningRate) {
		optimizer.step(values, gradients, all, gradientScale, learningRate);
	}

	/** Forgets the optimizer's state. */
	public void resetOptimizer() {
		optimizer.reset();
	}

	/** Writes parameters and optimizer state; how many there are is not written. */
	@Override
	public void writeState(DataOutput out) throws IOException {
		write(out, values);
		out.writeLong(optimizer.steps());
		for (float[] moment : optimizer.moments()) {
			write(out, moment);
		}
	}

	@Override
	public void readState(DataInput in) throws IOException {
		read(in, values);
		optimizer.setSteps(in.readLong());
		for (float[] moment : optimizer.moments()) {
			read(in, moment);
		}
	}

	private static void write(DataOutput out, float[] floats) throws IOException {
		for (float value : floats) {
			out.writeFloat(value);
		}
	}

	private static void read(DataInput in, float[] floats) throws IOException {
		for (int i = 0; i < floats.length; i++) {
			floats[i] = in.readFloat();
		}
	}
}
