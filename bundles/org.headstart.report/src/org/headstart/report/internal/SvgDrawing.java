package org.headstart.report.internal;

import java.awt.Dimension;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.io.StringWriter;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGGraphics2DIOException;
import org.apache.batik.svggen.SVGIDGenerator;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Batik's SVG graphics with measures of text that need no installed font. A subclass because Batik takes measures from AWT's
 * fonts and has no other place to ask for them.
 */
final class SvgDrawing extends SVGGraphics2D {

	private static final String NAMESPACE = "http://www.w3.org/2000/svg";

	private final String prefix;

	/** @param prefix of all ids inside, so that several drawings can stand in one page */
	SvgDrawing(String prefix, int width, int height) {
		super(context(prefix), false);
		this.prefix = prefix;
		setSVGCanvasSize(new Dimension(width, height));
	}

	private SvgDrawing(SvgDrawing other) {
		super(other);
		this.prefix = other.prefix;
	}

	private static SVGGeneratorContext context(String prefix) {
		Document document;
		try {
			document = DocumentBuilderFactory.newDefaultNSInstance().newDocumentBuilder().getDOMImplementation()
					.createDocument(NAMESPACE, "svg", null);
		} catch (ParserConfigurationException e) {
			throw new IllegalStateException("the Java runtime has no XML documents", e);
		}
		SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
		SVGGeneratorContext.GraphicContextDefaults defaults = new SVGGeneratorContext.GraphicContextDefaults();
		defaults.setFont(new HelveticaMetrics(Font.PLAIN, 12));
		context.setGraphicContextDefaults(defaults);
		context.setComment(null);
		context.setPrecision(2);
		context.setIDGenerator(new SVGIDGenerator() {
			@Override
			public String generateID(String kind) {
				return super.generateID(prefix + "-" + kind);
			}
		});
		return context;
	}

	@Override
	public Graphics create() {
		return new SvgDrawing(this);
	}

	@Override
	public FontMetrics getFontMetrics(Font font) {
		return font instanceof HelveticaMetrics helvetica ? helvetica.metrics() : super.getFontMetrics(font);
	}

	/**
	 * @param width  of the view box
	 * @param height of the view box
	 * @param title  for those who cannot see it
	 * @return an {@code svg} element without XML declaration, scaling to the width it is given
	 */
	String element(int width, int height, String title) {
		Element root = getRoot();
		root.setAttributeNS(null, "viewBox", "0 0 " + width + " " + height);
		root.setAttributeNS(null, "role", "img");
		Element label = root.getOwnerDocument().createElementNS(NAMESPACE, "title");
		label.setTextContent(title);
		root.insertBefore(label, root.getFirstChild());
		StringWriter writer = new StringWriter();
		try {
			stream(root, writer, true, false);
		} catch (SVGGraphics2DIOException e) {
			throw new IllegalStateException("cannot write to memory", e);
		}
		String text = writer.toString();
		// Batik gives one id without asking the generator, and takes the list of families for one name
		return text.substring(text.indexOf("<svg")).replace("\r\n", "\n")
				.replace("id=\"genericDefs\"", "id=\"" + prefix + "-defs\"").replace("'" + HelveticaMetrics.FAMILY + "'",
						"Helvetica, Arial, 'Liberation Sans', sans-serif");
	}
}
