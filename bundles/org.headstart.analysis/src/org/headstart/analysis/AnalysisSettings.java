package org.headstart.analysis;

/**
 * How results are analysed.
 *
 * @param resamples       bootstrap resamples behind each figure of a table
 * @param curveResamples  bootstrap resamples behind each point of a curve; fewer, because a band is read with the eye
 * @param confidence      of all intervals, for example 0.95
 * @param asymptoteShare  the last evaluations that make the asymptote, as a share of those after step 0; at least one counts
 * @param threshold       return that "time to threshold" waits for, on every target; NaN: derived on each target as
 *                        random + {@code derivedShare} · (baseline's asymptote − random)
 * @param derivedShare    see {@code threshold}
 * @param wholeSeeds      false: runs are resampled within each target, independently of the other targets (Agarwal et al.
 *                        2021); true: a seed is drawn with its runs on all targets, which keeps the dependence that a shared
 *                        source training makes between them. Matters only for figures over several targets.
 */
public record AnalysisSettings(int resamples, int curveResamples, double confidence, double asymptoteShare, double threshold,
		double derivedShare, boolean wholeSeeds) {

	/** 50,000 resamples, 95 %, the last tenth of the evaluations, threshold derived at 90 %. */
	public static final AnalysisSettings DEFAULT = new AnalysisSettings(50_000, 2_000, 0.95, 0.1, Double.NaN, 0.9, false);

	/** Checks the ranges. */
	public AnalysisSettings {
		if (resamples < 100 || curveResamples < 100) {
			throw new IllegalArgumentException("an interval needs 100 resamples or more, not " + resamples + " and " + curveResamples);
		}
		if (!(confidence > 0 && confidence < 1)) {
			throw new IllegalArgumentException("the confidence must be between 0 and 1, is " + confidence);
		}
		if (!(asymptoteShare > 0 && asymptoteShare <= 1) || !(derivedShare > 0 && derivedShare <= 1)) {
			throw new IllegalArgumentException("shares must be above 0 and at most 1");
		}
	}

	/**
	 * @param value in units of return; NaN to derive it
	 * @return these settings with another threshold
	 */
	public AnalysisSettings withThreshold(double value) {
		return new AnalysisSettings(resamples, curveResamples, confidence, asymptoteShare, value, derivedShare, wholeSeeds);
	}

	/**
	 * @param table resamples behind each figure of a table
	 * @param curve resamples behind each point of a curve
	 * @return these settings with other numbers of resamples
	 */
	public AnalysisSettings withResamples(int table, int curve) {
		return new AnalysisSettings(table, curve, confidence, asymptoteShare, threshold, derivedShare, wholeSeeds);
	}

	/**
	 * @param whole whether a seed is drawn with its runs on all targets
	 * @return these settings with another way of resampling
	 */
	public AnalysisSettings withWholeSeeds(boolean whole) {
		return new AnalysisSettings(resamples, curveResamples, confidence, asymptoteShare, threshold, derivedShare, whole);
	}
}
