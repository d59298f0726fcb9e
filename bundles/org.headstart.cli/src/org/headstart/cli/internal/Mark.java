package org.headstart.cli.internal;

import java.util.SplittableRandom;

/**
 * What the command line itself says about its text, within the text: a noncharacter, a secret of this process, and a letter. No
 * name, file or plug-in can bring a mark of its own, because none knows the secret.
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
	/** No style any more. */
	PLAIN('p', "\033[0m"),
	/** Carriage return, clear to the end of the line, and let the terminal cut what is too long rather than begin a line. */
	REWRITE('w', "\r\033[K\033[?7l"),
	/** Ends what {@link #REWRITE} began. */
	REWRITTEN('e', "\033[?7h"),
	/** This line is not broken. */
	UNBROKEN('u', ""),
	/** This line goes to a file as it is. */
	EXACT('x', "");

	private static final char BEGIN = '\ufdd0';
	private static final Mark[] ALL = values();
	/** All marks have so many characters. */
	static final int LENGTH = 2 + Secret.TEXT.length();

	private final String mark;
	private final String sequence;

	Mark(char letter, String sequence) {
		this.mark = BEGIN + Secret.TEXT + letter;
		this.sequence = sequence;
	}

	/** Four characters of private use: nobody finds them by trying. */
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

	/** @return what a terminal obeys; empty if it is for {@link TerminalWriter} alone */
	String sequence() {
		return sequence;
	}

	/** @return the mark as it stands in text */
	@Override
	public String toString() {
		return mark;
	}
}
