package org.headstart.strategies.maml;

import java.util.Arrays;

import org.headstart.api.network.Network;

/**
 * The parameters of a policy, or another vector of the same size. It has the network's parameters in the network's order,
 * and the log standard deviations, which belong to no layer since they do not depend on the state.
 */
final class PolicyVector {

	/** In the order of {@link Network#copyParameters}. */
	final float[] network;
	/** One for each action component; none for discrete actions. */
	final double[] logStd;

	PolicyVector(int networkSize, int logStdSize) {
		network = new float[networkSize];
		logStd = new double[logStdSize];
	}

	/** @return a zero vector of the same size */
	PolicyVector another() {
		return new PolicyVector(network.length, logStd.length);
	}

	void set(PolicyVector other) {
		System.arraycopy(other.network, 0, network, 0, network.length);
		System.arraycopy(other.logStd, 0, logStd, 0, logStd.length);
	}

	void setZero() {
		Arrays.fill(network, 0);
		Arrays.fill(logStd, 0);
	}

	/** this ← one + factor · other */
	void setSum(PolicyVector one, double factor, PolicyVector other) {
		float networkFactor = (float) factor;
		for (int i = 0; i < network.length; i++) {
			network[i] = one.network[i] + networkFactor * other.network[i];
		}
		for (int i = 0; i < logStd.length; i++) {
			logStd[i] = one.logStd[i] + factor * other.logStd[i];
		}
	}

	/** this ← this + factor · other */
	void add(double factor, PolicyVector other) {
		setSum(this, factor, other);
	}

	/** Componentwise. */
	void multiply(PolicyVector other) {
		for (int i = 0; i < network.length; i++) {
			network[i] *= other.network[i];
		}
		for (int i = 0; i < logStd.length; i++) {
			logStd[i] *= other.logStd[i];
		}
	}

	double squaredNorm() {
		// four sums, since a single sum would wait for each addition
		double a = 0;
		double b = 0;
		double c = 0;
		double d = 0;
		int i = 0;
		for (; i + 3 < network.length; i += 4) {
			a += (double) network[i] * network[i];
			b += (double) network[i + 1] * network[i + 1];
			c += (double) network[i + 2] * network[i + 2];
			d += (double) network[i + 3] * network[i + 3];
		}
		for (; i < network.length; i++) {
			a += (double) network[i] * network[i];
		}
		for (double value : logStd) {
			a += value * value;
		}
		return a + b + c + d;
	}
}
