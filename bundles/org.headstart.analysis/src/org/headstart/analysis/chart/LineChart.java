package org.headstart.analysis.chart;

import java.util.List;

/**
 * Lines with bands: learning curves, shots, performance profiles.
 *
 * @param id       see {@link ChartModel}
 * @param title    see {@link ChartModel}
 * @param subtitle see {@link ChartModel}
 * @param x        horizontal axis
 * @param y        vertical axis
 * @param lines    in the order of the legend
 * @param levels   horizontal reference lines
 */
public record LineChart(String id, String title, String subtitle, ChartAxis x, ChartAxis y, List<Line> lines,
		List<Level> levels) implements ChartModel {

	/** Defensive copies. */
	public LineChart {
		lines = List.copyOf(lines);
		levels = List.copyOf(levels);
	}

	/**
	 * One line. Its arrays are not to be changed.
	 *
	 * @param name    for the legend
	 * @param colour  index into the palette, the arm's position in the experiment; equal in all charts
	 * @param x       ascending
	 * @param y       NaN where there is nothing
	 * @param low     lower end of the band or of the error bar; NaN where there is none
	 * @param high    upper end
	 * @param markers whether points are marked and carry error bars instead of a band
	 * @param steps   whether y keeps its value until the next x, as a distribution does
	 */
	public record Line(String name, int colour, double[] x, double[] y, double[] low, double[] high, boolean markers,
			boolean steps) {}

	/**
	 * A horizontal reference line.
	 *
	 * @param label what it is
	 * @param at    where
	 */
	public record Level(String label, double at) {}
}
