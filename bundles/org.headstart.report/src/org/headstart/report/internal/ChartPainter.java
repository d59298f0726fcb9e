package org.headstart.report.internal;

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

import org.headstart.analysis.chart.ChartAxis;
import org.headstart.analysis.chart.ChartModel;
import org.headstart.analysis.chart.IntervalChart;
import org.headstart.analysis.chart.LineChart;
import org.headstart.analysis.chart.PathChart;
import org.headstart.analysis.figure.Estimate;
import org.headstart.analysis.figure.Figures;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.title.Title;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.chart.util.ShapeUtils;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * Turns chart models into JFreeChart's charts in a theme.
 *
 * @param theme colours
 * @param font  gives a font by style and size in points
 */
record ChartPainter(ChartTheme theme, BiFunction<Integer, Integer, Font> font) {

	/** What a chart of panels needs above and below them, and beside them, in pixels. */
	static final int AROUND_PANELS = 100;
	static final int BESIDE_PANELS = 34;

	private static final float WIDTH = 2f;
	private static final int BAND_ALPHA = 46;
	private static final int FAINT_ALPHA = 110;
	/** A second round through the palette is dashed. */
	private static final float[][] DASHES = {null, {7, 4}, {2, 3}, {9, 3, 2, 3}};
	private static final RectangleInsets NO_GAP = new RectangleInsets(0, 0, 0, 0);

	JFreeChart chart(ChartModel model) {
		Plot plot = switch (model) {
			case LineChart lines -> plain(lines(lines));
			case IntervalChart intervals -> plain(intervals(intervals));
			case PathChart paths -> panels(paths);
		};
		plot.setBackgroundPaint(theme.background());
		plot.setOutlineVisible(false);
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

	private static XYPlot plain(XYPlot plot) {
		plot.setAxisOffset(new RectangleInsets(4, 4, 4, 4));
		return plot;
	}

	private PanelsPlot panels(PathChart model) {
		double[] x = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
		double[] y = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
		for (PathChart.Panel panel : model.panels()) {
			for (PathChart.Path path : panel.paths()) {
				for (int i = 0; i < path.x().length; i++) {
					widen(x, path.x()[i]);
					widen(y, placed(model, path.y()[i]));
				}
			}
			for (PathChart.Mark mark : panel.marks()) {
				widen(x, mark.x());
				widen(y, mark.y());
			}
		}
		if (model.plane() && x[1] >= x[0] && y[1] >= y[0]) {
			double half = 0.54 * Math.max(Math.max(x[1] - x[0], y[1] - y[0]), 1e-6);
			x = new double[] {(x[0] + x[1]) / 2 - half, (x[0] + x[1]) / 2 + half};
			y = new double[] {(y[0] + y[1]) / 2 - half, (y[0] + y[1]) / 2 + half};
		}
		ChartAxis vertical = model.logarithmic() && y[1] >= y[0] ? logarithmic(model.y(), y) : model.y();
		double step = model.plane() ? step(x[1] - x[0]) : Double.NaN;
		List<XYPlot> panels = new ArrayList<>();
		List<String> headings = new ArrayList<>();
		for (PathChart.Panel panel : model.panels()) {
			NumberAxis across = axis(model.x(), x[0], x[1], 0);
			NumberAxis up = axis(vertical, y[0], y[1], model.plane() ? 0 : 0.05);
			if (Double.isFinite(step)) {
				across.setTickUnit(new NumberTickUnit(step));
				up.setTickUnit(new NumberTickUnit(step));
			}
			panels.add(panel(model, panel, across, up));
			headings.add(shortened(panel.heading(), 34));
		}
		return new PanelsPlot(panels, headings, model.plane(), font(Font.BOLD, 13), theme.text());
	}

	/** 1, 2 or 5 times a power of ten, four to nine times in the range. */
	private static double step(double range) {
		double power = Math.pow(10, Math.floor(Math.log10(range / 4)));
		double digits = range / 4 / power;
		return digits >= 5 ? 5 * power : digits >= 2 ? 2 * power : power;
	}

	private static void widen(double[] range, double value) {
		if (Double.isFinite(value)) {
			range[0] = Math.min(range[0], value);
			range[1] = Math.max(range[1], value);
		}
	}

	/** Where a value stands on the vertical axis: logarithms are taken here, as JFreeChart's axis has poor marks for few decades. */
	private static double placed(PathChart model, double value) {
		return model.logarithmic() ? Math.log10(value) : value;
	}

	/** Marks at powers of ten; where these are few, at twice and five times them too. */
	private static ChartAxis logarithmic(ChartAxis model, double[] range) {
		List<ChartAxis.Tick> ticks = new ArrayList<>();
		boolean fine = range[1] - range[0] < 2.5;
		for (int decade = (int) Math.floor(range[0]) - 1; decade <= Math.ceil(range[1]); decade++) {
			for (int digit : fine ? new int[] {1, 2, 5} : new int[] {1}) {
				double at = decade + Math.log10(digit);
				if (at >= range[0] - 0.06 && at <= range[1] + 0.06) {
					ticks.add(new ChartAxis.Tick(at, decade >= -2 && decade < 4 ? Figures.tick(digit * Math.pow(10, decade))
							: digit + "e" + decade));
				}
			}
		}
		return new ChartAxis(model.label(), model.unit(), range[0] - 0.07, range[1] + 0.07, ticks);
	}

	private XYPlot panel(PathChart model, PathChart.Panel panel, NumberAxis x, NumberAxis y) {
		XYSeriesCollection points = new XYSeriesCollection();
		XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
		for (PathChart.Path path : panel.paths()) {
			XYSeries series = new XYSeries(points.getSeriesCount(), false, true);
			for (int i = 0; i < path.x().length; i++) {
				double at = placed(model, path.y()[i]);
				if (Double.isFinite(path.x()[i]) && Double.isFinite(at)) {
					series.add(path.x()[i], at);
				}
			}
			Color colour = theme.series(path.colour());
			int index = points.getSeriesCount();
			renderer.setSeriesPaint(index, path.faint() ? new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), FAINT_ALPHA)
					: colour);
			renderer.setSeriesStroke(index, new BasicStroke(path.faint() ? 1.2f : 1.7f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
			renderer.setSeriesShapesVisible(index, series.getItemCount() == 1);
			renderer.setSeriesShape(index, new Ellipse2D.Double(-2, -2, 4, 4));
			points.addSeries(series);
		}
		for (PathChart.Mark mark : panel.marks()) {
			XYSeries series = new XYSeries(points.getSeriesCount(), false, true);
			series.add(mark.x(), mark.y());
			int index = points.getSeriesCount();
			renderer.setSeriesPaint(index, theme.series(mark.colour()));
			renderer.setSeriesLinesVisible(index, false);
			renderer.setSeriesShapesVisible(index, true);
			renderer.setSeriesShape(index, ShapeUtils.createDiagonalCross(5, 1.1f));
			points.addSeries(series);
		}
		renderer.setDrawSeriesLineAsPath(true);
		XYPlot plot = plain(new XYPlot(points, x, y, renderer));
		plot.setInsets(NO_GAP);
		plot.setBackgroundPaint(theme.background());
		plot.setOutlineVisible(false);
		plot.setDomainGridlinesVisible(model.plane());
		plot.setDomainGridlinePaint(theme.grid());
		plot.setDomainGridlineStroke(new BasicStroke(1));
		plot.setRangeGridlinePaint(theme.grid());
		plot.setRangeGridlineStroke(new BasicStroke(1));
		return plot;
	}

	private Font font(int style, int size) {
		return font.apply(style, size);
	}

	private TextTitle title(String text, int style, int size, Color colour) {
		TextTitle title = new TextTitle(text, font(style, size), colour, RectangleEdge.TOP, HorizontalAlignment.LEFT,
				Title.DEFAULT_VERTICAL_ALIGNMENT, NO_GAP);
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
				: Figures.steps(estimate);
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
