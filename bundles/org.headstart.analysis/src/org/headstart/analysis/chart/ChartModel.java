package org.headstart.analysis.chart;

/** A chart as data: all that a front end needs to draw it. Every front end draws the same ones. */
public sealed interface ChartModel permits LineChart, IntervalChart, PathChart {

	/** @return names files and anchors: lower case, digits and hyphens, unique among the charts of an experiment */
	String id();

	/** @return what is shown */
	String title();

	/** @return what was averaged over what, and what the bands are; may be empty */
	String subtitle();
}
