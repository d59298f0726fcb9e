package org.headstart.report.internal;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

import org.apache.batik.svggen.SVGGraphics2D;
import org.headstart.analysis.chart.ChartModel;
import org.headstart.engine.internal.results.DurableFiles;
import org.jfree.chart.JFreeChart;

/**
 * The charts of a report as files, SVG and PNG. Drawing is most of a report's time, so a chart whose files are there is not drawn
 * again: each PNG holds a digest of the model that it shows, of the code that drew it, and of the SVG beside it. A file that is
 * damaged or changed, and a chart of other data or by other code, is drawn.
 */
final class ChartFiles {

	private static final int WIDTH = 900;
	/** Pixels of a PNG a pixel of the layout, sharp in print. */
	private static final double SCALE = 2;
	/** No chart is as large: whatever has its name then is none of ours. */
	private static final long LARGEST = 1 << 26;

	private final Path folder;
	private final Optional<String> drawer;
	private final ChartRenderer renderer = new ChartRenderer(ChartTheme.LIGHT);
	private final Map<String, String> elements = new HashMap<>();

	/**
	 * @param folder where the files are
	 * @param drawer identifies the code that draws, see {@link #thisCode}; empty: every chart is drawn
	 */
	ChartFiles(Path folder, Optional<String> drawer) {
		this.folder = folder;
		this.drawer = drawer;
	}

	/**
	 * Draws a chart into its files, or finds it there.
	 *
	 * @param chart the chart
	 * @param png   whether a PNG is wanted
	 * @throws IOException      when a file cannot be written
	 * @throws NoFontsException when the machine has no fonts for the PNG; the SVG is there
	 * @throws UndrawnException when the PNG cannot be drawn for another reason; the SVG is there
	 */
	void put(ChartModel chart, boolean png) throws IOException {
		Path svgFile = folder.resolve(chart.id() + ".svg");
		Path pngFile = folder.resolve(chart.id() + ".png");
		String model = drawer.map(code -> digest(chart, code)).orElse("");
		if (!model.isEmpty() && isRegular(svgFile) && isRegular(pngFile)) {
			byte[] svg = Files.readAllBytes(svgFile);
			if (PngImage.comment(Files.readAllBytes(pngFile)).equals(Optional.of(comment(model, svg)))) {
				String text = new String(svg, StandardCharsets.UTF_8);
				elements.put(chart.id(), text.substring(text.indexOf('\n') + 1).strip());
				return;
			}
		}
		int height = ChartRenderer.height(chart, WIDTH);
		String svg = renderer.svg(chart, WIDTH, height);
		elements.put(chart.id(), svg.substring(svg.indexOf('\n') + 1).strip());
		DurableFiles.publish(svgFile, svg);
		if (png) {
			DurableFiles.publish(pngFile, PngImage.encoded(image(chart, height, pngFile),
					comment(model, svg.getBytes(StandardCharsets.UTF_8))));
		}
	}

	private BufferedImage image(ChartModel chart, int height, Path file) {
		try {
			return renderer.image(chart, WIDTH, height, SCALE);
		} catch (NoFontsException e) {
			throw e;
		} catch (RuntimeException | LinkageError | InternalError e) {
			// the platform's graphics fail in many ways; the report does without the picture
			throw new UndrawnException(file + " is missing, because it cannot be drawn: " + e, e);
		}
	}

	/**
	 * @param chart a chart that was put
	 * @return its {@code svg} element
	 */
	String element(ChartModel chart) {
		return elements.get(chart.id());
	}

	private static boolean isRegular(Path file) throws IOException {
		return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) < LARGEST;
	}

	private static String comment(String model, byte[] svg) {
		return model + " " + HexFormat.of().formatHex(sha256().digest(svg));
	}

	/** @return identifies the bundles that draw, and the Java runtime; empty when they are not archives */
	static Optional<String> thisCode() {
		StringBuilder code = new StringBuilder(Runtime.version().toString());
		for (Class<?> each : new Class<?>[] {ChartFiles.class, JFreeChart.class, SVGGraphics2D.class}) {
			CodeSource source = each.getProtectionDomain().getCodeSource();
			try {
				Path archive = source == null ? Path.of("") : Path.of(source.getLocation().toURI());
				if (!Files.isRegularFile(archive)) {
					return Optional.empty();
				}
				code.append(' ').append(archive.getFileName()).append(' ').append(Files.size(archive)).append(' ')
						.append(Files.getLastModifiedTime(archive).toMillis());
			} catch (IOException | URISyntaxException | IllegalArgumentException e) {
				// Whatever it is, it is no file whose state could be known: charts are drawn.
				return Optional.empty();
			}
		}
		return Optional.of(code.toString());
	}

	/** Over every component of the model's records, so that whatever is drawn is part of it. */
	private static String digest(ChartModel chart, String code) {
		StringBuilder text = new StringBuilder(code).append('\n');
		append(text, chart);
		return HexFormat.of().formatHex(sha256().digest(text.toString().getBytes(StandardCharsets.UTF_8)));
	}

	private static void append(StringBuilder text, Object value) {
		switch (value) {
			case null -> text.append("null");
			case Record each -> {
				text.append(each.getClass().getName()).append('(');
				try {
					for (RecordComponent component : each.getClass().getRecordComponents()) {
						append(text, component.getAccessor().invoke(each));
						text.append(',');
					}
				} catch (ReflectiveOperationException e) {
					throw new IllegalStateException("a chart model is no public record: " + each.getClass(), e);
				}
				text.append(')');
			}
			case Collection<?> each -> {
				text.append(each.size()).append('[');
				each.forEach(element -> append(text, element));
				text.append(']');
			}
			case String each -> text.append(each.length()).append('"').append(each);
			case Number each -> text.append(each).append(';');
			case Boolean each -> text.append(each).append(';');
			case Enum<?> each -> text.append(each.name()).append(';');
			default -> {
				if (!value.getClass().isArray()) {
					throw new IllegalStateException("a chart model holds what has no digest: " + value.getClass());
				}
				text.append(Array.getLength(value)).append('[');
				for (int i = 0; i < Array.getLength(value); i++) {
					append(text, Array.get(value, i));
				}
				text.append(']');
			}
		}
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("every Java runtime has SHA-256", e);
		}
	}
}
