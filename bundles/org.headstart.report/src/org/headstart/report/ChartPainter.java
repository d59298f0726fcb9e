package org.headstart.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

import org.headstart.engine.analysis.ChartAxis;
import org.headstart.engine.analysis.ChartModel;
import org.headstart.engine.analysis.Estimate;
import org.headstart.engine.analysis.Figures;
import org.headstart.engine.analysis.IntervalChart;
import org.headstart.engine.analysis.LineChart;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/**
 * Turns chart models into JFreeChart's charts in a theme.
 *
 * @param theme colours
 * @param font  gives a font by style and size in points
 */
record ChartPainter(ChartTheme theme, BiFunction<Integer, Integer, Font> font) {

	private static final float WIDTH = 2f;
	private static final int BAND_ALPHA = 46;
	/** A second round through the palette is dashed. */
	private static final float[][] DASHES = {null, {7, 4}, {2, 3}, {9, 3, 2, 3}};
	private static final RectangleInsets NO_GAP = new RectangleInsets(0, 0, 0, 0);

	JFreeChart chart(ChartModel model) {
		XYPlot plot = switch (model) {
		case LineChart lines -> lines(lines);
		case IntervalChart intervals -> intervals(intervals);
		};
		plot.setBackgroundPaint(theme.background());
		plot.setOutlineVisible(false);
		plot.setAxisOffset(new RectangleInsets(4, 4, 4, 4));
		JFreeChart chart = new JFreeChart(null, null, plot, false);
		chart.setAntiAlias(true);
		chart.setBackgroundPaint(theme.background());
		chart.setPadding(new RectangleInsets(14, 16, 12, 18));
		TextTitle title = title(model.title(), Font.BOLD, 16, theme.text());
		title.setPadding(0, 0, 3, 0);
		chart.addSubtitle(title);
		if (!model.subtitle().isEmpty()) {
			TextTitle subtitle = title(model.subtitle(), Font.PLAIN, 12, theme.muted());
			subtitle.setPadding(0, 0, 10, 0);
			chart.addSubtitle(subtitle);
		}
		if (model instanceof LineChart) {
			LegendTitle legend = new LegendTitle(plot);
			legend.setItemFont(font(Font.PLAIN, 13));
			legend.setItemPaint(theme.text());
			legend.setBackgroundPaint(theme.background());
			legend.setFrame(BlockBorder.NONE);
			legend.setPosition(RectangleEdge.BOTTOM);
			legend.setHorizontalAlignment(HorizontalAlignment.LEFT);
			legend.setPadding(8, 0, 0, 0);
			legend.setItemLabelPadding(new RectangleInsets(2, 4, 2, 14));
			legend.setLegendItemGraphicPadding(new RectangleInsets(2, 4, 2, 2));
			chart.addLegend(legend);
		}
		return chart;
	}

	private Font font(int style, int size) {
		return font.apply(style, size);
	}

	private TextTitle title(String text, int style, int size, Color colour) {
		TextTitle title = new TextTitle(text, font(style, size), colour, RectangleEdge.TOP, HorizontalAlignment.LEFT,
				TextTitle.DEFAULT_VERTICAL_ALIGNMENT, NO_GAP);
		title.setTextAlignment(HorizontalAlignment.LEFT);
		title.setExpandToFitSpace(true);
		title.setMaximumLinesToDisplay(3);
		return title;
	}

	private XYPlot lines(LineChart model) {
		XYIntervalSeriesCollection points = new XYIntervalSeriesCollection();
		double low = Double.POSITIVE_INFINITY;
		double high = Double.NEGATIVE_INFINITY;
		double left = Double.POSITIVE_INFINITY;
		double right = Double.NEGATIVE_INFINITY;
		boolean markers = false;
		for (int index = 0; index < model.lines().size(); index++) {
			LineChart.Line line = model.lines().get(index);
			XYIntervalSeries series = new XYIntervalSeries(key(index, line.name()), false, true);
			markers |= line.markers();
			for (int i = 0; i < line.x().length; i++) {
				double y = line.y()[i];
				if (!Double.isFinite(y)) {
					continue;
				}
				boolean band = Double.isFinite(line.low()[i]) && Double.isFinite(line.high()[i]);
				double below = band ? line.low()[i] : y;
				double above = band ? line.high()[i] : y;
				double x = line.x()[i];
				series.add(x, x, x, y, below, above);
				if (line.steps() && i + 1 < line.x().length) {
					series.add(line.x()[i + 1], line.x()[i + 1], line.x()[i + 1], y, below, above);
				}
				low = Math.min(low, Math.min(y, below));
				high = Math.max(high, Math.max(y, above));
				left = Math.min(left, x);
				right = Math.max(right, x);
			}
			points.addSeries(series);
		}
		for (LineChart.Level level : model.levels()) {
			low = Math.min(low, level.at());
			high = Math.max(high, level.at());
		}
		XYLineAndShapeRenderer renderer = markers ? new XYErrorRenderer() : new DeviationRenderer(true, false);
		for (int index = 0; index < model.lines().size(); index++) {
			LineChart.Line line = model.lines().get(index);
			Color colour = theme.series(line.colour());
			renderer.setSeriesPaint(index, colour);
			renderer.setSeriesFillPaint(index, colour);
			renderer.setSeriesStroke(index, stroke(line.colour()));
			renderer.setSeriesShape(index, marker(line.colour()));
			renderer.setSeriesLinesVisible(index, true);
			renderer.setSeriesShapesVisible(index, markers);
		}
		if (renderer instanceof XYErrorRenderer errors) {
			errors.setDrawXError(false);
			errors.setDrawYError(true);
			errors.setCapLength(5);
			errors.setErrorStroke(new BasicStroke(1.5f));
		} else if (renderer instanceof DeviationRenderer deviation) {
			deviation.setAlpha(BAND_ALPHA / 255f);
		}
		renderer.setDrawSeriesLineAsPath(true);
		renderer.setLegendLine(new java.awt.geom.Line2D.Double(-11, 0, 11, 0));
		renderer.setDefaultLegendTextFont(font(Font.PLAIN, 13));
		renderer.setDefaultLegendTextPaint(theme.text());
		renderer.setLegendItemLabelGenerator(
				(dataset, series) -> shortened(model.lines().get(series).name(), 48));
		NumberAxis x = axis(model.x(), left, right, 0);
		NumberAxis y = axis(model.y(), low, high, 0.05);
		XYPlot plot = new XYPlot(points, x, y, renderer);
		plot.setDomainGridlinesVisible(false);
		plot.setRangeGridlinePaint(theme.grid());
		plot.setRangeGridlineStroke(new BasicStroke(1));
		for (LineChart.Level level : model.levels()) {
			ValueMarker marker = reference(level.at(), level.label());
			marker.setLabelAnchor(RectangleAnchor.TOP_RIGHT);
			marker.setLabelTextAnchor(TextAnchor.BOTTOM_RIGHT);
			marker.setLabelOffset(new RectangleInsets(2, 2, 2, 4));
			plot.addRangeMarker(marker, Layer.FOREGROUND);
		}
		return plot;
	}

	/** Series need keys of their own, labels may be equal in hostile data. */
	private static String key(int index, String name) {
		return index + " " + name;
	}

	private ValueMarker reference(double at, String label) {
		ValueMarker marker = new ValueMarker(at, theme.line(),
				new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {4, 3}, 0));
		marker.setAlpha(1);
		marker.setLabel(label);
		marker.setLabelFont(font(Font.PLAIN, 11));
		marker.setLabelPaint(theme.muted());
		marker.setLabelBackgroundColor(new Color(0, 0, 0, 0));
		return marker;
	}

	private XYPlot intervals(IntervalChart model) {
		XYIntervalSeriesCollection points = new XYIntervalSeriesCollection();
		List<ChartAxis.Tick> labels = new ArrayList<>();
		List<ChartAxis.Tick> values = new ArrayList<>();
		List<XYTextAnnotation> headings = new ArrayList<>();
		double low = Double.isNaN(model.reference()) ? Double.POSITIVE_INFINITY : model.reference();
		double high = Double.isNaN(model.reference()) ? Double.NEGATIVE_INFINITY : model.reference();
		for (IntervalChart.Group group : model.groups()) {
			for (IntervalChart.Row row : group.rows()) {
				Estimate estimate = row.estimate();
				for (double each : new double[] {estimate.value(), estimate.low(), estimate.high()}) {
					if (Double.isFinite(each)) {
						low = Math.min(low, each);
						high = Math.max(high, each);
					}
				}
			}
		}
		NumberAxis x = axis(model.value(), low, high, 0.06);
		XYErrorRenderer renderer = new XYErrorRenderer();
		int place = 0;
		int index = 0;
		for (IntervalChart.Group group : model.groups()) {
			if (!group.heading().isEmpty()) {
				XYTextAnnotation heading = new XYTextAnnotation(shortened(group.heading(), 60), x.getLowerBound(), place);
				heading.setFont(font(Font.BOLD, 12));
				heading.setPaint(theme.muted());
				heading.setTextAnchor(TextAnchor.CENTER_LEFT);
				headings.add(heading);
				place++;
			}
			for (IntervalChart.Row row : group.rows()) {
				Estimate estimate = row.estimate();
				labels.add(new ChartAxis.Tick(place, shortened(row.label(), 36)));
				values.add(new ChartAxis.Tick(place, text(estimate)));
				XYIntervalSeries series = new XYIntervalSeries(key(index, row.label()), false, true);
				if (Double.isFinite(estimate.value())) {
					double from = estimate.hasInterval() ? Math.max(estimate.low(), x.getLowerBound()) : estimate.value();
					double to = estimate.hasInterval() ? Math.min(estimate.high(), x.getUpperBound()) : estimate.value();
					series.add(estimate.value(), from, to, place, place, place);
				}
				points.addSeries(series);
				renderer.setSeriesPaint(index, theme.series(row.colour()));
				renderer.setSeriesShape(index, marker(row.colour()));
				place++;
				index++;
			}
		}
		renderer.setDrawXError(true);
		renderer.setDrawYError(false);
		renderer.setCapLength(6);
		renderer.setErrorStroke(new BasicStroke(WIDTH));
		PlacedTicksAxis y = new PlacedTicksAxis(null, labels);
		PlacedTicksAxis right = new PlacedTicksAxis(null, values);
		for (PlacedTicksAxis axis : List.of(y, right)) {
			axis.setInverted(true);
			axis.setRange(-0.6, place - 0.4);
			style(axis);
			axis.setAxisLineVisible(false);
			axis.setTickMarksVisible(false);
		}
		y.setTickLabelFont(font(Font.PLAIN, 13));
		y.setTickLabelPaint(theme.text());
		y.setTickLabelInsets(new RectangleInsets(3, 2, 3, 9));
		XYPlot plot = new XYPlot(points, x, y, renderer);
		plot.setRangeAxis(1, right);
		plot.setRangeAxisLocation(1, AxisLocation.BOTTOM_OR_RIGHT);
		plot.setRangeGridlinesVisible(false);
		plot.setDomainGridlinePaint(theme.grid());
		plot.setDomainGridlineStroke(new BasicStroke(1));
		headings.forEach(plot::addAnnotation);
		if (!Double.isNaN(model.reference())) {
			plot.addDomainMarker(reference(model.reference(), null), Layer.BACKGROUND);
		}
		return plot;
	}

	/** Large numbers, as steps are, short. */
	private static String text(Estimate estimate) {
		return Math.abs(estimate.value()) < 1e4 && !(Math.max(-estimate.low(), estimate.high()) >= 1e4) || !estimate.hasInterval()
				? Figures.estimate(estimate)
				: Figures.steps(estimate.value()) + " [" + Figures.steps(estimate.low()) + ", " + Figures.steps(estimate.high()) + "]";
	}

	private NumberAxis axis(ChartAxis model, double low, double high, double margin) {
		NumberAxis axis = model.ticks().isEmpty() ? new NumberAxis(model.text())
				: new PlacedTicksAxis(model.text(), model.ticks());
		style(axis);
		axis.setNumberFormatOverride(new TickFormat());
		double from = Double.isFinite(low) ? low : 0;
		double to = Double.isFinite(high) ? high : 1;
		double gap = to > from ? (to - from) * margin : 0;
		from = Double.isNaN(model.low()) ? from - gap : model.low();
		to = Double.isNaN(model.high()) ? to + gap : model.high();
		if (!(to > from)) {
			double around = from == 0 ? 1 : Math.abs(from) * 0.1;
			to = from + around;
			from -= around;
		}
		axis.setRange(from, to);
		return axis;
	}

	private void style(NumberAxis axis) {
		axis.setLabelFont(font(Font.PLAIN, 13));
		axis.setLabelPaint(theme.text());
		axis.setLabelInsets(new RectangleInsets(5, 4, 4, 4));
		axis.setTickLabelFont(font(Font.PLAIN, 12));
		axis.setTickLabelPaint(theme.muted());
		// wide, so that the automatic choice leaves room between numbers
		axis.setTickLabelInsets(new RectangleInsets(3, 9, 3, 9));
		axis.setAxisLinePaint(theme.line());
		axis.setTickMarkPaint(theme.line());
	}

	private static BasicStroke stroke(int colour) {
		float[] dash = DASHES[Math.floorDiv(Math.max(0, colour), ChartTheme.LIGHT.colours()) % DASHES.length];
		return dash == null ? new BasicStroke(WIDTH, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
				: new BasicStroke(WIDTH, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dash, 0);
	}

	/** Shapes help where colours do not, as in print. */
	private static Shape marker(int colour) {
		double r = 4.5;
		return switch (Math.floorMod(colour, 4)) {
		case 0 -> new Ellipse2D.Double(-r, -r, 2 * r, 2 * r);
		case 1 -> new Rectangle2D.Double(-r + 0.5, -r + 0.5, 2 * r - 1, 2 * r - 1);
		case 2 -> polygon(0, -r - 1, r + 1, 0, 0, r + 1, -r - 1, 0);
		default -> polygon(0, -r - 0.5, r + 0.5, r - 0.5, -r - 0.5, r - 0.5);
		};
	}

	private static Shape polygon(double... points) {
		Path2D path = new Path2D.Double();
		path.moveTo(points[0], points[1]);
		for (int i = 2; i < points.length; i += 2) {
			path.lineTo(points[i], points[i + 1]);
		}
		path.closePath();
		return path;
	}

	private static String shortened(String label, int most) {
		return label.length() <= most ? label : label.substring(0, most - 1) + "…";
	}

	/** {@link Figures#tick} for JFreeChart, which asks for a format. */
	private static final class TickFormat extends NumberFormat {

		private static final long serialVersionUID = 1L;

		@Override
		public StringBuffer format(double number, StringBuffer to, FieldPosition position) {
			return to.append(Figures.tick(number));
		}

		@Override
		public StringBuffer format(long number, StringBuffer to, FieldPosition position) {
			return to.append(Figures.tick(number));
		}

		@Override
		public Number parse(String source, ParsePosition position) {
			throw new UnsupportedOperationException("ticks are not read");
		}
	}
}
