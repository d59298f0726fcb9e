package org.headstart.workbench.charts.internal;

import org.headstart.report.internal.ChartTheme;

/**
 * What the view wants to be drawn.
 *
 * @param chart  id of the chart; null: the first. Charts come and go while a run goes on
 * @param width  in the display's points
 * @param height in the display's points
 * @param scale  the display's pixels for each point
 * @param theme  light or dark
 */
record Wish(String chart, int width, int height, double scale, ChartTheme theme) {

	static final Wish FIRST = new Wish(null, 600, 400, 1, ChartTheme.LIGHT);

	Wish withChart(String other) {
		return new Wish(other, width, height, scale, theme);
	}

	Wish withSize(int newWidth, int newHeight, double newScale) {
		return new Wish(chart, newWidth, newHeight, newScale, theme);
	}

	Wish withTheme(ChartTheme other) {
		return new Wish(chart, width, height, scale, other);
	}
}
