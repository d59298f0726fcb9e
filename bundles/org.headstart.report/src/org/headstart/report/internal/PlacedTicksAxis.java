package org.headstart.report.internal;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

import org.headstart.analysis.chart.ChartAxis;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** An axis with labels at places of their own. A subclass because JFreeChart asks the axis for its ticks. */
final class PlacedTicksAxis extends NumberAxis {

	private static final long serialVersionUID = 1L;

	private final transient List<ChartAxis.Tick> ticks;

	PlacedTicksAxis(String label, List<ChartAxis.Tick> ticks) {
		super(label);
		this.ticks = List.copyOf(ticks);
	}

	@Override
	public List<NumberTick> refreshTicks(Graphics2D g2, AxisState state, Rectangle2D dataArea, RectangleEdge edge) {
		TextAnchor anchor = edge == RectangleEdge.LEFT ? TextAnchor.CENTER_RIGHT
				: edge == RectangleEdge.RIGHT ? TextAnchor.CENTER_LEFT : TextAnchor.TOP_CENTER;
		List<NumberTick> result = new ArrayList<>();
		for (ChartAxis.Tick tick : ticks) {
			result.add(new NumberTick(tick.at(), tick.label(), anchor, TextAnchor.CENTER, 0));
		}
		return result;
	}
}
