package org.headstart.benchmarks.nn;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What one thread of this processor does at most in single precision, measured rather than computed from a clock that changes.
 * Figures are floating-point operations a second of processor time, a fused multiply-add being two; the best of several tries.
 */
public final class ProcessorPeak {

	private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
	private static final int TRIES = 12;
	private static final int ROUNDS = 8_000_000;
	/** More than two units that need four cycles each. */
	private static final int CHAINS = 12;
	private static final int SIZE = 1536;
	private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

	private ProcessorPeak() {}

	/**
	 * Multiply-adds on registers alone: no product of matrices can be faster.
	 *
	 * @return operations a second
	 */
	public static double multiplyAdd() {
		double best = 0;
		float sink = 0;
		for (int n = 0; n < TRIES; n++) {
			long begin = THREADS.getCurrentThreadCpuTime();
			sink += chains(ROUNDS, 0.5f, 0.25f);
			double seconds = (THREADS.getCurrentThreadCpuTime() - begin) * 1e-9;
			best = Math.max(best, 2.0 * CHAINS * SPECIES.length() * ROUNDS / seconds);
		}
		if (Float.isNaN(sink)) {
			throw new IllegalStateException("x ← x/2 + 1/4 stays finite");
		}
		return best;
	}

	private static float chains(int rounds, float factor, float summand) {
		FloatVector x = FloatVector.broadcast(SPECIES, factor);
		FloatVector y = FloatVector.broadcast(SPECIES, summand);
		// different from each other, or the compiler would keep one
		FloatVector a = x.mul(1);
		FloatVector b = x.mul(2);
		FloatVector c = x.mul(3);
		FloatVector d = x.mul(4);
		FloatVector e = x.mul(5);
		FloatVector f = x.mul(6);
		FloatVector g = x.mul(7);
		FloatVector h = x.mul(8);
		FloatVector i = x.mul(9);
		FloatVector j = x.mul(10);
		FloatVector k = x.mul(11);
		FloatVector l = x.mul(12);
		for (int n = 0; n < rounds; n++) {
			a = a.fma(x, y);
			b = b.fma(x, y);
			c = c.fma(x, y);
			d = d.fma(x, y);
			e = e.fma(x, y);
			f = f.fma(x, y);
			g = g.fma(x, y);
			h = h.fma(x, y);
			i = i.fma(x, y);
			j = j.fma(x, y);
			k = k.fma(x, y);
			l = l.fma(x, y);
		}
		return a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).add(i).add(j).add(k).add(l).lane(0);
	}

	/**
	 * The product of two large matrices by the BLAS that DL4J uses, with one thread.
	 *
	 * @return operations a second
	 */
	public static double matrixProduct() {
		Nd4j.factory().blas().setMaxThreads(1);
		// columns, as BLAS wants them, or there would be copies to measure
		INDArray left = Nd4j.rand(SIZE, SIZE).dup('f');
		INDArray right = Nd4j.rand(SIZE, SIZE).dup('f');
		INDArray product = Nd4j.create(new int[] {SIZE, SIZE}, 'f');
		double best = 0;
		for (int n = 0; n < TRIES; n++) {
			long begin = THREADS.getCurrentThreadCpuTime();
			left.mmuli(right, product);
			best = Math.max(best, 2.0 * SIZE * SIZE * SIZE / ((THREADS.getCurrentThreadCpuTime() - begin) * 1e-9));
		}
		return best;
	}
}
