package org.headstart.workbench.charts.internal;

import java.util.List;

import org.eclipse.swt.graphics.ImageData;
import org.headstart.analysis.chart.ChartModel;

/**
 * What the view shows of an experiment's results.
 *
 * @param wish    what was asked for
 * @param state   how the run stands, for people; may be empty
 * @param notices what the user should know beside that
 * @param charts  all charts that there are
 * @param chosen  index of the one that is drawn
 * @param image   the drawing; null where there is nothing to draw
 * @param hint    said instead of a drawing
 */
record Curves(Wish wish, String state, List<String> notices, List<ChartModel> charts, int chosen, ImageData image, String hint) {

	/** Instead of a drawing. */
	static Curves none(Wish wish, String state, List<String> notices, String hint) {
		return new Curves(wish, state, notices, List.of(), -1, null, hint);
	}
}
