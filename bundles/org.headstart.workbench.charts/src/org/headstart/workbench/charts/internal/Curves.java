package org.headstart.workbench.charts.internal;

import java.nio.file.Path;
import java.util.List;

import org.eclipse.swt.graphics.ImageData;
import org.headstart.engine.analysis.LineChart;

/**
 * What the view shows of a results folder.
 *
 * @param results the folder
 * @param state   how the run stands, for people; may be empty
 * @param charts  all charts that there are
 * @param chosen  index of the one that is drawn
 * @param image   the drawing; null where there is nothing to draw
 * @param hint    said instead of a drawing
 */
record Curves(Path results, String state, List<LineChart> charts, int chosen, ImageData image, String hint) {
}
