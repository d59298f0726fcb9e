package org.headstart.workbench.internal.editor;

import java.util.ArrayList;
import java.util.List;

/**
 * Where in an experiment file a position stands, judged by indentation and brackets, so that it works in text that does not
 * parse yet.
 *
 * @param section  the top-level key that the position is under, or empty
 * @param siblings the {@code key: value} pairs in the same map, in order
 * @param depth    0 at top level, 1 within a section, more below
 */
record KeyPath(String section, List<String[]> siblings, int depth) {

	/**
	 * Reads the place of an offset.
	 *
	 * @param text   the file's text
	 * @param offset the position
	 * @return the place
	 */
	static KeyPath at(String text, int offset) {
		String[] lines = text.substring(0, offset).split("\n", -1);
		String last = lines[lines.length - 1];
		int indent = indent(last);
		boolean inFlow = last.lastIndexOf('{') > last.lastIndexOf('}');
		if (indent == 0 && !inFlow) {
			return new KeyPath("", topLevel(text), 0);
		}
		String section = "";
		for (int i = lines.length - 1; i >= 0 && section.isEmpty(); i--) {
			if (!lines[i].isEmpty() && Character.isLetter(lines[i].charAt(0)) && lines[i].contains(":")) {
				section = lines[i].substring(0, lines[i].indexOf(':'));
			}
		}
		List<String[]> siblings = new ArrayList<>();
		if (inFlow) {
			int end = text.indexOf('\n', offset);
			String line = last + text.substring(offset, end < 0 ? text.length() : end);
			String map = line.substring(last.lastIndexOf('{') + 1);
			for (String pair : (map.contains("}") ? map.substring(0, map.indexOf('}')) : map).split(",")) {
				add(siblings, pair);
			}
			return new KeyPath(section, siblings, 1);
		}
		collect(text.split("\n", -1), lines.length - 1, indent, siblings);
		return new KeyPath(section, siblings, 1);
	}

	/** The pairs around a line that stand in the same block: same indentation, up to the list item's dash. */
	private static void collect(String[] lines, int line, int indent, List<String[]> siblings) {
		boolean item = lines[line].stripLeading().startsWith("-");
		int first = line;
		while (!item && first > 0 && indent(lines[first - 1]) >= indent) {
			first--;
			if (indent(lines[first]) == indent && lines[first].stripLeading().startsWith("-")) {
				break;
			}
		}
		for (int i = first; i < lines.length && (i <= line || indent(lines[i]) >= indent); i++) {
			if (i > line && lines[i].stripLeading().startsWith("-")) {
				break;
			}
			if (indent(lines[i]) == indent) {
				add(siblings, lines[i].strip().replaceFirst("^-\\s*", ""));
			}
		}
	}

	private static List<String[]> topLevel(String text) {
		List<String[]> pairs = new ArrayList<>();
		for (String line : text.split("\n")) {
			if (!line.isEmpty() && Character.isLetter(line.charAt(0))) {
				add(pairs, line);
			}
		}
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

	/**
	 * @param key a key
	 * @return the value of the pair with that key in the same map, or empty
	 */
	String value(String key) {
		for (String[] pair : siblings) {
			if (pair[0].equals(key)) {
				return pair[1];
			}
		}
		return "";
	}

	/**
	 * @param key a key
	 * @return whether the map has it already
	 */
	boolean has(String key) {
		return siblings.stream().anyMatch(pair -> pair[0].equals(key));
	}
}
