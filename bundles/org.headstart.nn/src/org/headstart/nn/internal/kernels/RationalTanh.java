package org.headstart.nn.internal.kernels;

/**
 * tanh(x) = x · P(x²) / Q(x²) with P of degree 6 and Q of degree 3, for |x| ≤ {@link #LIMIT}; the error is below 4e-7.
 *
 * <p>Source of the coefficients: the single-precision tanh of the Eigen library (Guennebaud, Jacob et al.,
 * {@code MathFunctionsImpl.h}). A quotient needs no exponential, so both tiers compute it with the same few operations.
 */
final class RationalTanh {

	/** Beyond this the float nearest to tanh(x) is ±1. */
	static final float LIMIT = 7.90531110763549805f;

	static final float P1 = 4.89352455891786e-03f;
	static final float P3 = 6.37261928875436e-04f;
	static final float P5 = 1.48572235717979e-05f;
	static final float P7 = 5.12229709037114e-08f;
	static final float P9 = -8.60467152213735e-11f;
	static final float P11 = 2.00018790482477e-13f;
	static final float P13 = -2.76076847742355e-16f;

	static final float Q0 = 4.89352518554385e-03f;
	static final float Q2 = 2.26843463243900e-03f;
	static final float Q4 = 1.18534705686654e-04f;
	static final float Q6 = 1.19825839466702e-06f;

	private RationalTanh() {}

	/** @return tanh(x); NaN for NaN */
	static float tanh(float value) {
		float x = Math.max(-LIMIT, Math.min(LIMIT, value));
		float s = x * x;
		float p = Math.fma(s, P13, P11);
		p = Math.fma(s, p, P9);
		p = Math.fma(s, p, P7);
		p = Math.fma(s, p, P5);
		p = Math.fma(s, p, P3);
		p = Math.fma(s, p, P1);
		float q = Math.fma(s, Q6, Q4);
		q = Math.fma(s, q, Q2);
		q = Math.fma(s, q, Q0);
		return x * p / q;
	}
}
