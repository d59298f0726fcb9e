package org.headstart.report.internal;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Locale;

import org.headstart.analysis.chart.ChartModel;
import org.headstart.analysis.chart.IntervalChart;
import org.headstart.analysis.chart.LineChart;
import org.headstart.analysis.chart.PathChart;
import org.jfree.chart.text.TextUtils;

/**
 * Draws chart models, without display and without SWT. Thread-safe. Equal models give equal bytes; SVG on every machine, images
 * on machines with the same fonts.
 *
 * <p>AWT is put into headless mode unless the property {@code java.awt.headless} says otherwise: nothing here opens a window.
 */
public final class ChartRenderer {

	static {
		if (System.getProperty("java.awt.headless") == null) {
			System.setProperty("java.awt.headless", "true");
		}
		// else JFreeChart draws rotated text as outlines of an installed font, which an SVG must not need
		TextUtils.setUseDrawRotatedStringWorkaround(false);
	}

	private final ChartTheme theme;

	/** @param theme colours of all that it draws */
	public ChartRenderer(ChartTheme theme) {
		this.theme = theme;
	}

	/**
	 * The height at which a chart reads well.
	 *
	 * @param model the chart
	 * @param width in pixels
	 * @return in pixels; grows with the rows of an {@link IntervalChart} and the panels of a {@link PathChart}
	 */
	public static int height(ChartModel model, int width) {
		return switch (model) {
			case LineChart lines -> Math.max(300, Math.round(width * 0.56f)) + 22 * (lines.lines().size() / 6);
			case IntervalChart intervals -> 140 + intervals.groups().stream()
					.mapToInt(group -> 28 * group.rows().size() + (group.heading().isEmpty() ? 0 : 28)).sum();
			case PathChart paths -> ChartPainter.AROUND_PANELS
					+ (int) Math.ceil(PanelsPlot.height(paths.panels().size(), paths.plane(), width - ChartPainter.BESIDE_PANELS));
		};
	}

	/**
	 * @param model  the chart
	 * @param width  in pixels
	 * @param height in pixels
	 * @param scale  pixels of the image a pixel of the layout: 2 for a sharp image on fine displays
	 * @return an image of width·scale × height·scale pixels, without transparency
	 * @throws NoFontsException when the machine has no fonts
	 */
	public BufferedImage image(ChartModel model, int width, int height, double scale) {
		BufferedImage image = new BufferedImage((int) Math.round(width * scale), (int) Math.round(height * scale),
				BufferedImage.TYPE_INT_RGB);
		Graphics2D graphics = image.createGraphics();
		try {
			graphics.scale(scale, scale);
			graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
			graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
			graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
			checkFonts(graphics);
			new ChartPainter(theme, (style, size) -> new Font(Font.SANS_SERIF, style, size)).chart(model).draw(graphics,
					new Rectangle2D.Double(0, 0, width, height));
		} finally {
			graphics.dispose();
		}
		return image;
	}

	/** Java says it in many ways, none of which tells what to do. */
	private static void checkFonts(Graphics2D graphics) {
		try {
			graphics.getFontMetrics(new Font(Font.SANS_SERIF, Font.PLAIN, 12)).stringWidth("0");
		} catch (RuntimeException | LinkageError | InternalError e) {
			throw new NoFontsException(e);
		}
	}

	/**
	 * @param model  the chart
	 * @param width  in pixels
	 * @param height in pixels
	 * @param scale  see {@link #image}
	 * @return the bytes of a PNG file
	 * @throws NoFontsException when the machine has no fonts
	 */
	public byte[] png(ChartModel model, int width, int height, double scale) {
		return PngImage.encoded(image(model, width, height, scale), "");
	}

	/**
	 * @param model  the chart
	 * @param width  of the view box
	 * @param height of the view box
	 * @return the text of an SVG file; needs no fonts on this machine
	 */
	public String svg(ChartModel model, int width, int height) {
		return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + element(model, width, height) + "\n";
	}

	/** The {@code svg} element alone, for a page. */
	String element(ChartModel model, int width, int height) {
		SvgDrawing drawing = new SvgDrawing(model.id().toLowerCase(Locale.ROOT), width, height);
		new ChartPainter(theme, HelveticaMetrics::new).chart(model).draw(drawing, new Rectangle2D.Double(0, 0, width, height));
		return drawing.element(width, height, model.title());
	}
}
