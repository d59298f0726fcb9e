package org.headstart.engine.internal.text;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Quotes commands for pasting into a shell, with any characters in paths, names and values. */
public final class ShellCommand {

	/** Characters that no shell interprets; {@code =} at a word's beginning is special in zsh, {@code ~} is a home folder. */
	private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:,@%+-][A-Za-z0-9_./:=,@%+-]*");

	private ShellCommand() {}

	/**
	 * Quotes where that is needed.
	 *
	 * @param words the command and its arguments
	 * @return the command line, one line without hidden characters
	 */
	public static String of(List<String> words) {
		return words.stream().map(ShellCommand::quoted).collect(Collectors.joining(" "));
	}

	/**
	 * Quotes a word, if it needs that.
	 *
	 * @param word any text
	 * @return what a shell reads as that word: as it is, in single quotes, or with hidden characters as {@code $'…'} of Bash, Zsh and POSIX 2024
	 */
	public static String quoted(String word) {
		if (PLAIN.matcher(word).matches()) {
			return word;
		}
		if (word.codePoints().noneMatch(VisibleText::isHidden)) {
			return "'" + word.replace("'", "'\\''") + "'";
		}
		StringBuilder quoted = new StringBuilder("$'");
		word.codePoints().forEach(codePoint -> {
			if (codePoint == '\'' || codePoint == '\\') {
				quoted.append('\\').append((char) codePoint);
			} else if (VisibleText.isHidden(codePoint)) {
				// Three octal digits end by themselves, whatever follows; and bytes are the same in every locale.
				for (byte unit : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
					quoted.append(String.format("\\%03o", unit & 0xff));
				}
			} else {
				quoted.appendCodePoint(codePoint);
			}
		});
		return quoted.append('\'').toString();
	}
}
