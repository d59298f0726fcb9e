package org.headstart.report.internal;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

import org.jfree.chart.axis.AxisSpace;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.PlotState;
import org.jfree.chart.plot.XYPlot;

/** Plots side by side and below each other, each under a heading. A subclass because JFreeChart stacks in one direction only. */
final class PanelsPlot extends Plot {

	/** Room of a panel for its heading, and for numbers and labels at its axes, in pixels. */
	private static final int HEADING = 24;
	private static final int LEFT = 58;
	private static final int BELOW = 46;
	private static final int GAP = 18;
	/** Height of a panel's data over its width, where the axes do not share a scale. */
	private static final double FLAT = 0.62;

	private static final long serialVersionUID = 1L;

	private final transient List<XYPlot> panels;
	private final transient List<String> headings;
	private final boolean square;
	private final Font font;
	private final transient Color colour;

	/** @param square whether the data areas are squares */
	PanelsPlot(List<XYPlot> panels, List<String> headings, boolean square, Font font, Color colour) {
		this.panels = List.copyOf(panels);
		this.headings = List.copyOf(headings);
		this.square = square;
		this.font = font;
		this.colour = colour;
		for (XYPlot panel : panels) {
			panel.setFixedRangeAxisSpace(space(LEFT, 0));
			panel.setFixedDomainAxisSpace(space(0, BELOW));
		}
	}

	private static AxisSpace space(double left, double below) {
		AxisSpace space = new AxisSpace();
		space.setLeft(left);
		space.setBottom(below);
		return space;
	}

	/** One panel is wide, two share a row, more stand in rows of three. */
	private static int columns(int panels) {
		return Math.clamp(panels, 1, 3);
	}

	/** Height that panels need in so much width. */
	static double height(int panels, boolean square, double width) {
		int columns = columns(panels);
		int rows = (panels + columns - 1) / columns;
		double data = Math.min(cell(columns, width), square ? 420 : 640) - LEFT;
		return rows * (HEADING + data * (square ? 1 : FLAT) + BELOW) + (rows - 1) * GAP;
	}

	private static double cell(int columns, double width) {
		return (width - (columns - 1) * GAP) / columns;
	}

	@Override
	public String getPlotType() {
		return "Panels";
	}

	@Override
	public void draw(Graphics2D g2, Rectangle2D area, Point2D anchor, PlotState parentState, PlotRenderingInfo info) {
		int columns = columns(panels.size());
		int rows = (panels.size() + columns - 1) / columns;
		double width = cell(columns, area.getWidth());
		double height = (area.getHeight() - (rows - 1) * GAP) / Math.max(1, rows);
		double dataHeight = Math.max(1, height - HEADING - BELOW);
		double dataWidth = Math.max(1, width - LEFT);
		if (square) {
			dataWidth = Math.min(dataWidth, dataHeight);
			dataHeight = dataWidth;
		}
		for (int i = 0; i < panels.size(); i++) {
			double x = area.getX() + i % columns * (width + GAP);
			double y = area.getY() + i / columns * (height + GAP);
			g2.setFont(font);
			g2.setPaint(colour);
			g2.drawString(headings.get(i), (float) (x + LEFT), (float) (y + HEADING - 9));
			panels.get(i).draw(g2, new Rectangle2D.Double(x, y + HEADING, dataWidth + LEFT, dataHeight + BELOW), null, parentState,
					null);
		}
	}
}
