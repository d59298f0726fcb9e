package org.headstart.cli.internal;

import java.util.SplittableRandom;

/**
 * A mark in the command line's text for its layout or style. It consists of a noncharacter, a secret of this process, and a
 * letter. Names, files and plug-ins cannot contain marks, because they do not know the secret.
 */
enum Mark {

	/** Bold until {@link #PLAIN}. */
	BOLD('b', "\033[1m"),
	/** Red until {@link #PLAIN}. */
	RED('r', "\033[31m"),
	/** Yellow until {@link #PLAIN}. */
	YELLOW('y', "\033[33m"),
	/** Faint until {@link #PLAIN}. */
	FAINT('f', "\033[2m"),
	/** Ends the style. */
	PLAIN('p', "\033[0m"),
	/** Carriage return, clear to the end of the line, and truncate long lines instead of wrapping them. */
	REWRITE('w', "\r\033[K\033[?7l"),
	/** Ends {@link #REWRITE}. */
	REWRITTEN('e', "\033[?7h"),
	/** This line is not wrapped. */
	UNBROKEN('u', ""),
	/** This line is written to a file unchanged. */
	EXACT('x', "");

	private static final char BEGIN = '\ufdd0';
	private static final Mark[] ALL = values();
	/** The number of characters of a mark. */
	static final int LENGTH = 2 + Secret.TEXT.length();

	private final String mark;
	private final String sequence;

	Mark(char letter, String sequence) {
		this.mark = BEGIN + Secret.TEXT + letter;
		this.sequence = sequence;
	}

	/** Four private-use characters, too many combinations to be found by trying. */
	private static final class Secret {

		private static final String TEXT = new SplittableRandom().ints(4, '\ue000', '\uf8ff')
				.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
	}

	/**
	 * Finds a mark.
	 *
	 * @param text  any text
	 * @param index a place in it
	 * @return the mark that begins there, or null
	 */
	static Mark at(String text, int index) {
		if (text.charAt(index) == BEGIN) {
			for (Mark mark : ALL) {
				if (text.startsWith(mark.mark, index)) {
					return mark;
				}
			}
		}
		return null;
	}

	/** @return the terminal's sequence; empty if the mark is only for {@link TerminalWriter} */
	String sequence() {
		return sequence;
	}

	/** @return the mark's characters */
	@Override
	public String toString() {
		return mark;
	}
}
