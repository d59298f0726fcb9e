package org.headstart.report.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;

import org.headstart.analysis.chart.ChartAxis;
import org.headstart.analysis.chart.ChartModel;
import org.headstart.analysis.chart.LineChart;
import org.headstart.analysis.chart.PathChart;
import org.headstart.analysis.internal.TraceCharts;
import org.headstart.analysis.internal.TransferCharts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ChartRendererTest {

	private static List<ChartModel> charts(RunReport report) {
		return TransferCharts.of(report.analyse(SampleReport.QUICK));
	}

	private static Document parsed(String xml) throws Exception {
		return DocumentBuilderFactory.newDefaultNSInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
	}

	@ParameterizedTest
	@EnumSource
	void imagesShowSomething(ChartTheme theme) throws Exception {
		for (ChartModel chart : charts(SampleReport.of(4))) {
			byte[] png = new ChartRenderer(theme).png(chart, 600, 400, 1.5);
			BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
			assertEquals(900, image.getWidth());
			assertEquals(600, image.getHeight());
			Set<Integer> colours = new HashSet<>();
			for (int y = 0; y < image.getHeight(); y += 2) {
				for (int x = 0; x < image.getWidth(); x += 2) {
					colours.add(image.getRGB(x, y));
				}
			}
			assertTrue(colours.size() > 10, chart.id() + " has " + colours.size() + " colours");
			assertTrue(colours.contains(theme.background().getRGB()), chart.id());
			assertTrue(colours.contains(theme.series(1).getRGB()), chart.id() + " lacks the colour of its second arm");
		}
	}

	@ParameterizedTest
	@EnumSource
	void svgIsWellFormedAndHoldsItsTexts(ChartTheme theme) throws Exception {
		for (ChartModel chart : charts(SampleReport.of(4))) {
			String svg = new ChartRenderer(theme).svg(chart, 900, 500);
			assertEquals("svg", parsed(svg).getDocumentElement().getLocalName());
			assertTrue(svg.contains(">" + chart.title() + "<"), chart.id());
			assertTrue(svg.contains(">fine-tune<"), chart.id());
			assertFalse(svg.contains("NaN"), chart.id());
		}
	}

	private static List<PathChart> paths() {
		RunReport report = SampleReport.meta(1);
		return TraceCharts.of(report.comparison().arms(), report.comparison().targets(), report.results().traces());
	}

	@ParameterizedTest
	@EnumSource
	void episodesAreDrawnInPanels(ChartTheme theme) throws Exception {
		ChartRenderer renderer = new ChartRenderer(theme);
		for (PathChart chart : paths()) {
			int height = ChartRenderer.height(chart, 900);
			String svg = renderer.svg(chart, 900, height);
			parsed(svg);
			assertFalse(svg.contains("NaN") || svg.contains("Infinity"), chart.id());
			for (String text : List.of("no memory", "rl2", "oracle", chart.x().label(), chart.y().label())) {
				assertTrue(svg.contains(">" + text + "<"), chart.id() + " lacks " + text);
			}
			assertTrue(svg.contains(chart.logarithmic() ? chart.y().label().equals("loss") ? ">0.5<" : ">1e-3<" : ">−5<"), svg);
			BufferedImage image = renderer.image(chart, 900, height, 1);
			// each panel shows its episodes: a third of the width each
			for (int panel = 0; panel < 3; panel++) {
				boolean drawn = false;
				for (int x = 16 + panel * 290; x < 16 + (panel + 1) * 290; x++) {
					for (int y = 90; y < height - 50; y++) {
						drawn |= image.getRGB(x, y) == theme.series(0).getRGB();
					}
				}
				assertTrue(drawn, chart.id() + ", panel " + panel);
			}
		}
	}

	@Test
	void panelsWithoutAnythingAreDrawn() throws Exception {
		for (boolean plane : new boolean[] {false, true}) {
			PathChart empty = new PathChart("e", "Nothing", "", new ChartAxis("x", ""), new ChartAxis("y", ""), !plane, plane,
					List.of(new PathChart.Panel("a", List.of(), List.of())));
			parsed(new ChartRenderer(ChartTheme.LIGHT).svg(empty, 900, ChartRenderer.height(empty, 900)));
			PathChart still = new PathChart("s", "One place", "", new ChartAxis("x", ""), new ChartAxis("y", ""), !plane, plane,
					List.of(new PathChart.Panel("a", List.of(new PathChart.Path(0, false, new double[] {3}, new double[] {5})),
							List.of())));
			String svg = new ChartRenderer(ChartTheme.LIGHT).svg(still, 900, ChartRenderer.height(still, 900));
			parsed(svg);
			assertFalse(svg.contains("NaN"), svg);
		}
		PathChart none = new PathChart("n", "No panel", "", new ChartAxis("x", ""), new ChartAxis("y", ""), false, true, List.of());
		parsed(new ChartRenderer(ChartTheme.LIGHT).svg(none, 900, ChartRenderer.height(none, 900)));
	}

	@Test
	void equalModelsGiveEqualBytes() {
		ChartRenderer renderer = new ChartRenderer(ChartTheme.DARK);
		List<ChartModel> one = charts(SampleReport.of(3));
		List<ChartModel> two = charts(SampleReport.of(3));
		for (int i = 0; i < one.size(); i++) {
			assertEquals(renderer.svg(one.get(i), 800, 450), renderer.svg(two.get(i), 800, 450));
			assertArrayEquals(renderer.png(one.get(i), 800, 450, 1), renderer.png(two.get(i), 800, 450, 1));
		}
	}

	@Test
	void hostileLabelsStayText() throws Exception {
		String hostile = "</text><script>alert(1)</script>&\"'";
		for (ChartModel chart : charts(SampleReport.of(2, List.of("scratch", hostile), List.of("]]><b>")))) {
			String svg = new ChartRenderer(ChartTheme.LIGHT).svg(chart, 900, 500);
			assertEquals(0, parsed(svg).getElementsByTagName("script").getLength());
		}
	}

	@Test
	void chartsOfOneSeedOrOnePointAreDrawn() throws Exception {
		for (ChartModel chart : charts(SampleReport.of(1))) {
			parsed(new ChartRenderer(ChartTheme.LIGHT).svg(chart, 900, 500));
		}
		double[] one = {0};
		double[] none = {Double.NaN};
		LineChart point = new LineChart("p", "Point", "", new ChartAxis("x", ""), new ChartAxis("y", ""),
				List.of(new LineChart.Line("a", 0, one, one, none, none, true, false)), List.of());
		parsed(new ChartRenderer(ChartTheme.LIGHT).svg(point, 900, 500));
		LineChart empty = new LineChart("e", "Nothing", "", new ChartAxis("x", ""), new ChartAxis("y", ""), List.of(), List.of());
		parsed(new ChartRenderer(ChartTheme.LIGHT).svg(empty, 900, 500));
	}

	/** Colours of the light theme are bound to the page's variables by value, so no two roles may share one. */
	@ParameterizedTest
	@EnumSource
	void coloursOfAThemeDiffer(ChartTheme theme) {
		Set<Integer> colours = new HashSet<>();
		for (int i = 0; i < theme.colours(); i++) {
			assertTrue(colours.add(theme.series(i).getRGB()));
		}
		assertTrue(colours.add(theme.background().getRGB()) && colours.add(theme.text().getRGB())
				&& colours.add(theme.muted().getRGB()) && colours.add(theme.grid().getRGB()) && colours.add(theme.line().getRGB()));
	}
}
