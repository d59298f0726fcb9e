package org.headstart.workbench.internal.editor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The path of keys to a position in an experiment file, found by indentation and brackets, so that it works in text that
 * cannot be parsed yet.
 *
 * @param maps the maps around the position, the file's own first
 */
record KeyPath(List<Level> maps) {

	private static final Pattern KEY_BEFORE = Pattern.compile("([A-Za-z][\\w-]*)[ \t]*:[ \t]*$");

	/**
	 * A map around the position.
	 *
	 * @param key   the key whose value or list contains the map; empty for the file's own map
	 * @param pairs its {@code key: value} pairs, in order
	 */
	record Level(String key, List<String[]> pairs) {}

	/**
	 * Finds the path of an offset.
	 *
	 * @param text   the file's text
	 * @param offset the position
	 * @return the path
	 */
	static KeyPath at(String text, int offset) {
		Deque<Integer> brackets = openBrackets(text, offset);
		int block = brackets.isEmpty() ? offset : brackets.peekLast();
		List<Level> maps = blockMaps(text, block);
		for (Iterator<Integer> outermostFirst = brackets.descendingIterator(); outermostFirst.hasNext();) {
			int bracket = outermostFirst.next();
			List<String[]> pairs = text.charAt(bracket) == '{' ? flowPairs(text, bracket + 1, offset) : List.of();
			Matcher key = KEY_BEFORE.matcher(text.substring(text.lastIndexOf('\n', bracket) + 1, bracket));
			// a map without a key is an item of the list around it
			maps.add(new Level(key.find() ? key.group(1) : maps.removeLast().key(), pairs));
		}
		return new KeyPath(maps);
	}

	/** Offsets of the brackets that are open at an offset, innermost first. */
	private static Deque<Integer> openBrackets(String text, int offset) {
		Deque<Integer> open = new ArrayDeque<>();
		for (int i = 0; i < offset; i++) {
			char c = text.charAt(i);
			boolean lineStart = i == 0 || text.charAt(i - 1) == '\n';
			if (lineStart && Character.isLetter(c)) {
				// a top-level key: an unclosed bracket above it does not count
				open.clear();
			} else if (c == '#' && (lineStart || Character.isWhitespace(text.charAt(i - 1)))) {
				i = endOfLine(text, i) - 1;
			} else if ((c == '"' || c == '\'') && beginsValue(text, i)) {
				i = endOfQuoted(text, i);
			} else if (c == '{' || c == '[') {
				open.push(i);
			} else if ((c == '}' || c == ']') && !open.isEmpty()) {
				open.pop();
			}
		}
		return open;
	}

	private static int endOfLine(String text, int from) {
		int end = text.indexOf('\n', from);
		return end < 0 ? text.length() : end;
	}

	/** Whether a quote begins a quoted text and is not an apostrophe. */
	private static boolean beginsValue(String text, int quote) {
		int before = quote - 1;
		while (before >= 0 && text.charAt(before) == ' ') {
			before--;
		}
		return before < 0 || ":,[{-\n".indexOf(text.charAt(before)) >= 0;
	}

	/** Offset of the closing quote, or of the line's end if there is none. */
	private static int endOfQuoted(String text, int quote) {
		int endOfLine = endOfLine(text, quote);
		int end = text.indexOf(text.charAt(quote), quote + 1);
		return end < 0 || end > endOfLine ? endOfLine - 1 : end;
	}

	private static List<Level> blockMaps(String text, int offset) {
		String[] lines = text.split("\n", -1);
		int line = (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
		int lineStart = text.lastIndexOf('\n', offset - 1) + 1;
		// up to the position only, since the text after it may belong elsewhere
		int indent = indent(text.substring(lineStart, offset));
		List<Level> innermostFirst = new ArrayList<>();
		int at = line;
		while (indent > 0) {
			int parent = at - 1;
			while (parent >= 0 && (!counts(lines[parent]) || indent(lines[parent]) >= indent)) {
				parent--;
			}
			if (parent < 0) {
				break;
			}
			innermostFirst.add(new Level(keyOf(lines[parent]), blockPairs(lines, at, indent)));
			at = parent;
			indent = indent(lines[parent]);
		}
		innermostFirst.add(new Level("", topLevel(lines)));
		Collections.reverse(innermostFirst);
		return innermostFirst;
	}

	private static String keyOf(String line) {
		String content = line.substring(indent(line));
		return content.contains(":") ? content.substring(0, content.indexOf(':')) : "";
	}

	/** The pairs around a line in the same block: with the same indentation, up to the list item's dash. */
	private static List<String[]> blockPairs(String[] lines, int line, int indent) {
		int first = line;
		while (!beginsItem(lines[first], indent) && first > 0
				&& (!counts(lines[first - 1]) || indent(lines[first - 1]) >= indent)) {
			first--;
		}
		List<String[]> pairs = new ArrayList<>();
		for (int i = first; i < lines.length; i++) {
			if (i > line && counts(lines[i]) && (indent(lines[i]) < indent || beginsItem(lines[i], indent))) {
				break;
			}
			if (counts(lines[i]) && indent(lines[i]) == indent) {
				add(pairs, lines[i].substring(indent));
			}
		}
		return pairs;
	}

	private static boolean beginsItem(String line, int indent) {
		return line.stripLeading().startsWith("-") && indent(line) == indent;
	}

	private static boolean counts(String line) {
		return !line.isBlank() && !line.stripLeading().startsWith("#");
	}

	private static List<String[]> topLevel(String[] lines) {
		List<String[]> pairs = new ArrayList<>();
		for (String line : lines) {
			if (!line.isEmpty() && Character.isLetter(line.charAt(0))) {
				add(pairs, line);
			}
		}
		return pairs;
	}

	/** The pairs of a map in braces, up to the closing brace or, without one, to the end of the offset's line. */
	private static List<String[]> flowPairs(String text, int from, int offset) {
		List<String[]> pairs = new ArrayList<>();
		int depth = 0;
		int begin = from;
		int end = endOfLine(text, offset);
		int i = from;
		for (; i < end && depth >= 0; i++) {
			char c = text.charAt(i);
			if ((c == '"' || c == '\'') && beginsValue(text, i)) {
				i = endOfQuoted(text, i);
			} else if (c == '{' || c == '[') {
				depth++;
			} else if (c == '}' || c == ']') {
				depth--;
			} else if (c == ',' && depth == 0) {
				add(pairs, text.substring(begin, i));
				begin = i + 1;
			}
		}
		add(pairs, text.substring(begin, depth < 0 ? i - 1 : i));
		return pairs;
	}

	private static void add(List<String[]> pairs, String pair) {
		int colon = pair.indexOf(':');
		if (colon > 0) {
			pairs.add(new String[] {pair.substring(0, colon).strip(), pair.substring(colon + 1).strip()});
		}
	}

	/** Columns before the text; a list item's dash counts as blank. */
	private static int indent(String line) {
		int indent = 0;
		while (indent < line.length() && (line.charAt(indent) == ' '
				|| line.charAt(indent) == '-' && indent + 1 < line.length() && line.charAt(indent + 1) == ' ')) {
			indent++;
		}
		return indent;
	}

	/** @return 0 at top level, 1 within a section, more below */
	int depth() {
		return maps.size() - 1;
	}

	/** @return the top-level key above the position, or empty */
	String section() {
		return depth() == 0 ? "" : maps.get(1).key();
	}

	/**
	 * @param key a key
	 * @return the value of the pair with that key in the innermost map, or empty
	 */
	String value(String key) {
		return value(depth(), key);
	}

	/**
	 * @param depth index of a map around the position
	 * @param key   a key
	 * @return the value of the pair with that key in that map, or empty
	 */
	String value(int depth, String key) {
		for (String[] pair : maps.get(depth).pairs()) {
			if (pair[0].equals(key)) {
				return pair[1];
			}
		}
		return "";
	}

	/**
	 * @param key a key
	 * @return whether the innermost map has the key
	 */
	boolean has(String key) {
		return maps.getLast().pairs().stream().anyMatch(pair -> pair[0].equals(key));
	}
}
