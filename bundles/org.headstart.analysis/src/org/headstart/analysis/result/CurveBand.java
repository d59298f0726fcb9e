package org.headstart.analysis.result;

/**
 * A curve over seeds with the band of its pointwise intervals.
 *
 * @param arm   the arm's label
 * @param x     environment steps, share of the budget, score or number of the episode in a trial, ascending
 * @param value interquartile mean (curve) or share of runs (performance profile) at each x; NaN where no run is
 * @param low   lower end of the interval, NaN where there is none
 * @param high  upper end of the interval
 * @param runs  runs behind the curve at its first point
 */
public record CurveBand(String arm, double[] x, double[] value, double[] low, double[] high, int runs) {}
