package org.headstart.analysis.chart;

import java.util.List;

/**
 * An axis of a chart.
 *
 * @param label what it shows
 * @param unit  its unit; empty for none
 * @param low   lower end; NaN: from the data
 * @param high  upper end; NaN: from the data
 * @param ticks marks at places of their own, for an axis that is no scale of numbers; empty: numbers
 */
public record ChartAxis(String label, String unit, double low, double high, List<Tick> ticks) {

	/** Defensive copy. */
	public ChartAxis {
		ticks = List.copyOf(ticks);
	}

	/**
	 * An axis of numbers whose ends follow from the data.
	 *
	 * @param label what it shows
	 * @param unit  its unit; empty for none
	 */
	public ChartAxis(String label, String unit) {
		this(label, unit, Double.NaN, Double.NaN, List.of());
	}

	/** @return label and unit as they stand at the axis */
	public String text() {
		return unit.isEmpty() ? label : label + " (" + unit + ")";
	}

	/**
	 * One mark.
	 *
	 * @param at    where
	 * @param label what stands there
	 */
	public record Tick(double at, String label) {}
}
