package org.headstart.analysis.chart;

import java.util.List;

/**
 * Single episodes in panels that share their axes: paths in the plane, or numbers over the steps.
 *
 * @param id          see {@link ChartModel}
 * @param title       see {@link ChartModel}
 * @param subtitle    see {@link ChartModel}
 * @param x           horizontal axis of every panel
 * @param y           vertical axis of every panel
 * @param logarithmic whether the vertical axis is logarithmic; all values are positive then
 * @param plane       whether both axes have one scale
 * @param panels      from left to right, then down
 */
public record PathChart(String id, String title, String subtitle, ChartAxis x, ChartAxis y, boolean logarithmic, boolean plane,
		List<Panel> panels) implements ChartModel {

	/** Defensive copy. */
	public PathChart {
		panels = List.copyOf(panels);
	}

	/**
	 * One panel.
	 *
	 * @param heading the arm
	 * @param paths   in the order in which they are drawn
	 * @param marks   goals
	 */
	public record Panel(String heading, List<Path> paths, List<Mark> marks) {

		/** Defensive copies. */
		public Panel {
			paths = List.copyOf(paths);
			marks = List.copyOf(marks);
		}
	}

	/**
	 * One episode. Its arrays are not to be changed.
	 *
	 * @param colour index into the palette; equal for equal tasks
	 * @param faint  whether it stands back behind the others: an earlier episode of a trial
	 * @param x      in the order of time
	 * @param y      finite
	 */
	public record Path(int colour, boolean faint, double[] x, double[] y) {}

	/**
	 * A place that is marked.
	 *
	 * @param colour index into the palette, the path's that leads there
	 * @param x      where
	 * @param y      where
	 */
	public record Mark(int colour, double x, double y) {}
}
