package org.headstart.report;

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

import org.headstart.engine.analysis.ChartAxis;
import org.headstart.engine.analysis.ChartModel;
import org.headstart.engine.analysis.LineChart;
import org.headstart.engine.analysis.TransferCharts;
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
