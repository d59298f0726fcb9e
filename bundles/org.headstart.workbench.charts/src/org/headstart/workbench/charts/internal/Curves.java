package org.headstart.workbench.charts.internal;

import java.util.List;

import org.eclipse.core.resources.IFile;
import org.eclipse.swt.graphics.ImageData;
import org.headstart.engine.analysis.ChartModel;

/**
 * What the view shows of an experiment's results.
 *
 * @param experiment the experiment's file
 * @param state      how the run stands, for people; may be empty
 * @param charts     all charts that there are
 * @param chosen     index of the one that is drawn
 * @param image      the drawing; null where there is nothing to draw
 * @param hint       said instead of a drawing
 */
record Curves(IFile experiment, String state, List<ChartModel> charts, int chosen, ImageData image, String hint) {
}
