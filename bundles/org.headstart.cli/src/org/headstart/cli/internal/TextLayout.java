package org.headstart.cli.internal;

import java.util.ArrayList;
import java.util.List;

import org.headstart.engine.internal.text.ShellCommand;
import org.headstart.engine.internal.text.VisibleText;

/** Measures text in a terminal's columns, as written by {@link TerminalWriter}, and wraps lines between words. */
final class TextLayout {

	private static final int EMOJI_STYLE = 0xfe0f;

	private TextLayout() {}

	/**
	 * Measures.
	 *
	 * @param text one line; marks have no width, hidden characters have the width of their escapes
	 * @return columns on a terminal
	 */
	static int width(String text) {
		if (isPlain(text)) {
			return text.length();
		}
		int width = 0;
		for (int i = 0; i < text.length(); i += length(text, i)) {
			width += width(text, i);
		}
		return width;
	}

	/**
	 * @param text any text
	 * @return whether it is printable ASCII only: every character has one column and is written unchanged
	 */
	static boolean isPlain(String text) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c < ' ' || c > '~') {
				return false;
			}
		}
		return true;
	}

	/**
	 * Wraps a line between words, and between characters of two columns, which Chinese and Japanese write without blanks. A
	 * word that is longer than a line is not broken, so that it can be copied, for example a path.
	 *
	 * @param text  one line; blanks at its beginning are kept
	 * @param width columns
	 * @param hang  number of blanks before all lines but the first
	 * @return the lines
	 */
	static List<String> wrap(String text, int width, int hang) {
		List<String> lines = new ArrayList<>();
		StringBuilder line = new StringBuilder();
		int column = 0;
		boolean empty = true;
		int at = 0;
		while (at < text.length()) {
			int start = at;
			while (at < text.length() && text.charAt(at) == ' ') {
				at++;
			}
			int blanks = at - start;
			int word = at;
			int wordWidth = 0;
			boolean breakable = false;
			while (at < text.length() && text.charAt(at) != ' ' && !breakable) {
				int size = width(text, at);
				wordWidth += size;
				at += length(text, at);
				breakable = at < text.length() && (size == 2 && width(text, at) > 0 || size > 0 && width(text, at) == 2)
						&& !isClosing(text.codePointAt(at));
			}
			if (word == at) {
				break;
			}
			if (!empty && column + blanks + wordWidth > width) {
				lines.add(line.toString());
				line.setLength(0);
				line.append(" ".repeat(hang));
				column = hang;
			} else {
				line.append(" ".repeat(blanks));
				column += blanks;
			}
			line.append(text, word, at);
			column += wordWidth;
			empty = false;
		}
		lines.add(line.toString());
		return lines;
	}

	/**
	 * A command or a path to paste, quoted. If it is wider than the terminal, it continues after backslashes, which shells
	 * understand.
	 *
	 * @param lead     text before it
	 * @param words    the command and its arguments, or the path, unquoted
	 * @param terminal where it is printed
	 * @return one line or several, marked
	 */
	static String command(String lead, List<String> words, Terminal terminal) {
		String whole = lead + ShellCommand.of(words);
		if (width(whole) <= terminal.width()) {
			return Terminal.unbroken(whole);
		}
		StringBuilder text = new StringBuilder(lead.strip()).append("\n  ");
		int column = 2;
		for (int i = 0; i < words.size(); i++) {
			String word = ShellCommand.quoted(words.get(i));
			int needed = 1 + width(word) + (i == words.size() - 1 ? 0 : 2);
			if (i > 0 && column + needed > terminal.width()) {
				text.append(" \\\n    ").append(word);
				column = 4 + width(word);
			} else {
				text.append(i == 0 ? "" : " ").append(word);
				column += (i == 0 ? 0 : 1) + width(word);
			}
		}
		return Terminal.unbroken(text.toString());
	}

	/**
	 * Shortens text.
	 *
	 * @param text  one line
	 * @param width columns
	 * @return the text, or its beginning and an ellipsis
	 */
	static String shortened(String text, int width) {
		if (width(text) <= width) {
			return text;
		}
		int end = 0;
		int column = 0;
		while (column + width(text, end) < width) {
			column += width(text, end);
			end += length(text, end);
		}
		return text.substring(0, end) + "…";
	}

	/** Punctuation that belongs to the preceding character. */
	private static boolean isClosing(int codePoint) {
		return switch (Character.getType(codePoint)) {
			case Character.END_PUNCTUATION, Character.FINAL_QUOTE_PUNCTUATION, Character.OTHER_PUNCTUATION -> true;
			default -> false;
		};
	}

	/** The number of chars of the mark or the character at a place. */
	static int length(String text, int index) {
		return Mark.at(text, index) != null ? Mark.LENGTH : Character.charCount(text.codePointAt(index));
	}

	private static int width(String text, int index) {
		char first = text.charAt(index);
		if (first >= ' ' && first < 0x7f) {
			return 1;
		}
		if (first == '\t') {
			return TerminalWriter.TAB.length();
		}
		if (Mark.at(text, index) != null) {
			return 0;
		}
		int codePoint = text.codePointAt(index);
		if (VisibleText.isHidden(codePoint)) {
			return VisibleText.escape(codePoint).length();
		}
		if (codePoint == EMOJI_STYLE) {
			// It makes the preceding character an emoji of two columns.
			return index > 0 && !isWide(text.codePointBefore(index)) ? 1 : 0;
		}
		return switch (Character.getType(codePoint)) {
			case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> 0;
			default -> isMedialOrFinalJamo(codePoint) ? 0 : isWide(codePoint) ? 2 : 1;
		};
	}

	private static boolean isMedialOrFinalJamo(int codePoint) {
		return codePoint >= 0x1160 && codePoint <= 0x11ff;
	}

	/** Wide and full-width characters (Unicode, Standard Annex 11), by block where a block is wide as a whole. */
	private static boolean isWide(int codePoint) {
		if (codePoint < 0x1100) {
			return false;
		}
		return codePoint <= 0x115f // Hangul initial consonants
				|| codePoint >= 0x2e80 && codePoint <= 0xa4cf && codePoint != 0x303f // CJK, kana, Yi
				|| codePoint >= 0xa960 && codePoint <= 0xa97c || codePoint >= 0xac00 && codePoint <= 0xd7a3 // Hangul
				|| codePoint >= 0xf900 && codePoint <= 0xfaff || codePoint >= 0xfe10 && codePoint <= 0xfe19
				|| codePoint >= 0xfe30 && codePoint <= 0xfe6f || codePoint >= 0xff01 && codePoint <= 0xff60
				|| codePoint >= 0xffe0 && codePoint <= 0xffe6 || codePoint >= 0x16fe0 && codePoint <= 0x1b2ff
				|| codePoint >= 0x20000 && codePoint <= 0x3fffd
				|| codePoint <= 0x1ffff && Character.isEmojiPresentation(codePoint);
	}
}
