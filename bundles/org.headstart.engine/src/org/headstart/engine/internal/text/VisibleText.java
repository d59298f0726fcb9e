package org.headstart.engine.internal.text;

/**
 * Text as it may be shown on a terminal. What a terminal would obey rather than show, or show as nothing, is written out: a
 * control character, an escape sequence, a bidirectional or other format character, a line or paragraph separator, half of a
 * surrogate pair. The escape is Java's and JSON's, {@code \}{@code u001b}, so that JSON remains the same JSON.
 */
public final class VisibleText {

	private VisibleText() {}

	/**
	 * Whether a character is written out.
	 *
	 * @param codePoint a character
	 * @return whether it controls rather than shows
	 */
	public static boolean isHidden(int codePoint) {
		if (codePoint >= ' ' && codePoint < 0x7f) {
			return false;
		}
		return switch (Character.getType(codePoint)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
					Character.PARAGRAPH_SEPARATOR ->
				true;
			default -> false;
		};
	}

	/**
	 * Writes a character out.
	 *
	 * @param codePoint a character
	 * @return its escape; a pair of escapes beyond the basic plane
	 */
	public static String escape(int codePoint) {
		StringBuilder escape = new StringBuilder(12);
		for (char unit : Character.toChars(codePoint)) {
			escape.append(String.format("\\u%04x", (int) unit));
		}
		return escape.toString();
	}

	/**
	 * Writes out what is hidden in one line; line feeds and tabs too.
	 *
	 * @param text any text
	 * @return the text without a hidden character
	 */
	public static String line(String text) {
		return text.codePoints().noneMatch(VisibleText::isHidden) ? text : written(text, false);
	}

	/**
	 * Writes out what is hidden in text of several lines: line feeds and tabs remain.
	 *
	 * @param text any text
	 * @return the text, in as many lines
	 */
	public static String lines(String text) {
		return text.codePoints().noneMatch(VisibleText::isHidden) ? text : written(text, true);
	}

	private static String written(String text, boolean keepLines) {
		StringBuilder visible = new StringBuilder(text.length() + 16);
		text.codePoints().forEach(codePoint -> {
			if (isHidden(codePoint) && !(keepLines && (codePoint == '\n' || codePoint == '\t'))) {
				visible.append(escape(codePoint));
			} else {
				visible.appendCodePoint(codePoint);
			}
		});
		return visible.toString();
	}
}
