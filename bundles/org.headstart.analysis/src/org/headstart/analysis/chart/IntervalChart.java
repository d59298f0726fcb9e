package org.headstart.analysis.chart;

import java.util.List;

import org.headstart.analysis.figure.Estimate;

/**
 * Points with intervals, one a row, from top to bottom: transfer metrics, probability of improvement.
 *
 * @param id             see {@link ChartModel}
 * @param title          see {@link ChartModel}
 * @param subtitle       see {@link ChartModel}
 * @param value          the axis of the values
 * @param groups         rows that belong together
 * @param reference      the value of "no difference"; NaN for none
 * @param referenceLabel what stands at it
 */
public record IntervalChart(String id, String title, String subtitle, ChartAxis value, List<Group> groups, double reference,
		String referenceLabel) implements ChartModel {

	/** Defensive copy. */
	public IntervalChart {
		groups = List.copyOf(groups);
	}

	/**
	 * Rows under one heading.
	 *
	 * @param heading may be empty
	 * @param rows    from top to bottom
	 */
	public record Group(String heading, List<Row> rows) {

		/** Defensive copy. */
		public Group {
			rows = List.copyOf(rows);
		}
	}

	/**
	 * One figure.
	 *
	 * @param label    the arm
	 * @param colour   index into the palette, the arm's position in the experiment; equal in all charts
	 * @param estimate the figure; undefined ones are listed without a point
	 */
	public record Row(String label, int colour, Estimate estimate) {}
}
