package org.headstart.report.internal;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.font.FontRenderContext;
import java.awt.font.LineMetrics;
import java.awt.font.TextAttribute;
import java.awt.geom.Rectangle2D;
import java.text.AttributedCharacterIterator;
import java.util.Locale;
import java.util.Map;

/**
 * A font of which only measures are known: those that Helvetica, Arial, Liberation Sans and Nimbus Sans share. SVG needs no
 * more, as the viewer draws the text. So an SVG comes out on a server without any font, and is the same on every machine.
 *
 * <p>A subclass because AWT asks the font for its measures; nothing of it reaches AWT's font manager, which throws where no
 * font is installed.
 */
final class HelveticaMetrics extends Font {

	private static final long serialVersionUID = 1L;

	/** What viewers have one of. */
	static final String FAMILY = "Helvetica, Arial, Liberation Sans, sans-serif";

	/** Advance widths of the characters from space to tilde, in thousandths of the size. */
	private static final short[] ADVANCES = {278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556,
			556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778,
			722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
			556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556,
			500, 722, 500, 500, 500, 334, 260, 334, 584};
	private static final float ASCENT = 0.905f;
	private static final float DESCENT = 0.212f;
	private static final float LEADING = 0.033f;
	/** Bold letters are wider, by about this. */
	private static final double BOLD = 1.07;

	HelveticaMetrics(int style, int size) {
		super("Helvetica", style, size);
	}

	double width(String text) {
		double sum = 0;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			int place = c - ' ';
			// others: the en and minus signs and accented letters are about this wide, ideographs wider
			sum += place >= 0 && place < ADVANCES.length ? ADVANCES[place] : c >= 0x2E80 ? 1000 : 584;
		}
		return sum / 1000 * getSize2D() * (isBold() ? BOLD : 1);
	}

	@Override
	public String getFamily() {
		return FAMILY;
	}

	@Override
	public String getFamily(Locale locale) {
		return FAMILY;
	}

	/** Batik derives a font of another size to name it. */
	@Override
	public Font deriveFont(Map<? extends AttributedCharacterIterator.Attribute, ?> attributes) {
		return attributes.get(TextAttribute.SIZE) instanceof Number other ? new HelveticaMetrics(getStyle(), other.intValue()) : this;
	}

	@Override
	public Rectangle2D getStringBounds(String text, FontRenderContext context) {
		return new Rectangle2D.Double(0, -ASCENT * getSize2D(), width(text), (ASCENT + DESCENT + LEADING) * getSize2D());
	}

	@Override
	public LineMetrics getLineMetrics(String text, FontRenderContext context) {
		return new Line(getSize2D(), text.length());
	}

	FontMetrics metrics() {
		return new Metrics(this);
	}

	private static final class Metrics extends FontMetrics {

		private static final long serialVersionUID = 1L;

		Metrics(HelveticaMetrics font) {
			super(font);
		}

		@Override
		public int getAscent() {
			return Math.round(ASCENT * font.getSize2D());
		}

		@Override
		public int getDescent() {
			return Math.round(DESCENT * font.getSize2D());
		}

		@Override
		public int getLeading() {
			return Math.round(LEADING * font.getSize2D());
		}

		@Override
		public int stringWidth(String text) {
			return (int) Math.ceil(((HelveticaMetrics) font).width(text));
		}

		@Override
		public int charWidth(char c) {
			return stringWidth(String.valueOf(c));
		}

		@Override
		public int charsWidth(char[] data, int offset, int length) {
			return stringWidth(new String(data, offset, length));
		}

		@Override
		public Rectangle2D getStringBounds(String text, Graphics context) {
			return font.getStringBounds(text, (FontRenderContext) null);
		}

		@Override
		public LineMetrics getLineMetrics(String text, Graphics context) {
			return font.getLineMetrics(text, null);
		}
	}

	private static final class Line extends LineMetrics {

		private final float size;
		private final int characters;

		Line(float size, int characters) {
			this.size = size;
			this.characters = characters;
		}

		@Override
		public int getNumChars() {
			return characters;
		}

		@Override
		public float getAscent() {
			return ASCENT * size;
		}

		@Override
		public float getDescent() {
			return DESCENT * size;
		}

		@Override
		public float getLeading() {
			return LEADING * size;
		}

		@Override
		public float getHeight() {
			return getAscent() + getDescent() + getLeading();
		}

		@Override
		public int getBaselineIndex() {
			return Font.ROMAN_BASELINE;
		}

		@Override
		public float[] getBaselineOffsets() {
			return new float[] {0, -0.4f * size, -ASCENT * size};
		}

		@Override
		public float getStrikethroughOffset() {
			return -0.3f * size;
		}

		@Override
		public float getStrikethroughThickness() {
			return 0.05f * size;
		}

		@Override
		public float getUnderlineOffset() {
			return 0.1f * size;
		}

		@Override
		public float getUnderlineThickness() {
			return 0.05f * size;
		}
	}
}
