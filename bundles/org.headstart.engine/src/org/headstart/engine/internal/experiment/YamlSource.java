package org.headstart.engine.internal.experiment;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.headstart.engine.internal.experiment.Located.Entry;
import org.headstart.engine.internal.experiment.Located.Place;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads YAML 1.2 (core schema) into values that know where they stand. Files come from anywhere, so what a reasonable
 * experiment never has is refused before it can cost time or memory: see the limits.
 */
final class YamlSource {

	/** Bytes of a file, and characters of a text. */
	static final int LONGEST_TEXT = 1 << 20;
	/** Maps and lists within each other. */
	static final int DEEPEST = 32;
	/** Keys and values, aliases written out. */
	static final int MOST_VALUES = 20_000;
	/** Characters of one value. */
	static final int LONGEST_VALUE = 1 << 16;
	/** Uses of {@code *name}. */
	static final int MOST_ALIASES = 50;

	private static final CoreSchema SCHEMA = new CoreSchema();

	/** The text cannot be used at all. */
	static final class Refused extends Exception {

		private static final long serialVersionUID = 1L;

		private final transient Place place;

		Refused(Place place, String message) {
			super(message, null, false, false);
			this.place = place;
		}

		Place place() {
			return place;
		}
	}

	/**
	 * Something in the text that has to be left out.
	 *
	 * @param path    where, keys and indexes
	 * @param place   where
	 * @param message for the user
	 */
	record Flaw(List<Object> path, Place place, String message) {}

	private final String name;
	private final boolean hasLines;
	private final List<Flaw> flaws;
	private int values;

	/**
	 * @param name     names the source in places
	 * @param hasLines whether lines and columns mean something to the user; not so for an option of the command line
	 * @param flaws    receives what had to be left out
	 */
	YamlSource(String name, boolean hasLines, List<Flaw> flaws) {
		this.name = name;
		this.hasLines = hasLines;
		this.flaws = flaws;
	}

	/**
	 * Reads.
	 *
	 * @param text YAML
	 * @return the value; empty when the text holds none
	 * @throws Refused when it is not YAML, or none that an experiment would be
	 */
	Optional<Located> read(String text) throws Refused {
		if (text.length() > LONGEST_TEXT) {
			throw new Refused(whole(), "is too large for an experiment: more than 1 MiB");
		}
		refuseUnprintable(text);
		LoadSettings settings = LoadSettings.builder().setLabel(name).setSchema(SCHEMA).setUseMarks(true)
				.setMaxAliasesForCollections(MOST_ALIASES).setCodePointLimit(LONGEST_TEXT).build();
		Optional<Node> root;
		try {
			refuseExcess(settings, text);
			root = new Compose(settings).composeString(text);
		} catch (MarkedYamlEngineException e) {
			throw new Refused(e.getProblemMark().or(e::getContextMark).map(this::place).orElse(whole()), plainWords(e));
		} catch (RuntimeException e) {
			// not only YamlEngineException: an escape like "\U99999999" gives the parser's own NumberFormatException
			throw new Refused(whole(), "is not YAML: " + (e instanceof YamlEngineException ? e.getMessage() : e));
		}
		return root.isEmpty() ? Optional.empty() : Optional.of(located(root.get(), new ArrayList<>()));
	}

	private Place whole() {
		return new Place(name, 0, 0);
	}

	private Place place(Mark mark) {
		return hasLines ? new Place(name, mark.getLine() + 1, mark.getColumn() + 1) : whole();
	}

	private Place place(Optional<Mark> mark) {
		return mark.map(this::place).orElse(whole());
	}

	private void refuseUnprintable(String text) throws Refused {
		int line = 1;
		int column = 1;
		for (int i = 0; i < text.length();) {
			int c = text.codePointAt(i);
			if (!StreamReader.isPrintable(c)) {
				throw new Refused(hasLines ? new Place(name, line, column) : whole(),
						String.format("the character U+%04X cannot stand in a text file; is this a binary file?", c));
			}
			i += Character.charCount(c);
			column++;
			if (c == '\n') {
				line++;
				column = 1;
			}
		}
	}

	/** Looks at the parser's events, which come one by one, before anything that recurses or expands sees the text. */
	private void refuseExcess(LoadSettings settings, String text) throws Refused {
		// those of the maps and lists around
		Deque<Optional<Anchor>> anchors = new ArrayDeque<>();
		int aliases = 0;
		int count = 0;
		for (Event event : new Parse(settings).parseString(text)) {
			Place place = place(event.getStartMark());
			switch (event) {
				case CollectionStartEvent start -> anchors.push(start.getAnchor());
				case CollectionEndEvent end -> anchors.pop();
				case AliasEvent alias -> {
					aliases++;
					// the parser would merge (<<) such a map into itself without end
					if (anchors.contains(Optional.of(alias.getAlias()))) {
						throw new Refused(place, "the alias *" + alias.getAlias() + " stands within what it names");
					}
				}
				default -> {
					// scalars are looked at below; the rest is punctuation
				}
			}
			if (anchors.size() > DEEPEST) {
				throw new Refused(place, "maps and lists are nested more than " + DEEPEST + " deep");
			}
			if (aliases > MOST_ALIASES) {
				throw new Refused(place, "more than " + MOST_ALIASES + " aliases (*name); write the values out");
			}
			if (++count > 2 * MOST_VALUES) {
				throw new Refused(place, "more than " + MOST_VALUES + " values are too many for an experiment");
			}
			if (event instanceof ScalarEvent scalar) {
				refuseExcess(scalar.getValue(), place);
			}
		}
	}

	private static void refuseExcess(String text, Place place) throws Refused {
		if (text.length() > LONGEST_VALUE) {
			throw new Refused(place, "a text of more than " + LONGEST_VALUE + " characters is too long");
		}
		// an escape can bring one, but no file can hold it
		for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
			if (Character.getType(text.codePointAt(i)) == Character.SURROGATE) {
				throw new Refused(place, String.format("\\u%04X is half of a character; write both halves, or the character itself",
						(int) text.charAt(i)));
			}
		}
	}

	private Located located(Node node, List<Object> path) throws Refused {
		Place place = place(node.getStartMark());
		if (++values > MOST_VALUES) {
			throw new Refused(place, "more than " + MOST_VALUES + " values, aliases written out, are too many for an experiment");
		}
		if (path.size() > DEEPEST) {
			throw new Refused(place, "maps and lists are nested more than " + DEEPEST + " deep, aliases (*name) written out");
		}
		return new Located(place, switch (node) {
			case MappingNode map -> entries(map, path);
			case SequenceNode list -> elements(list, path);
			case ScalarNode scalar -> scalar(scalar, place, path);
			default -> throw new Refused(place, "this kind of YAML is not known: " + node.getTag());
		});
	}

	private Map<String, Entry> entries(MappingNode map, List<Object> path) throws Refused {
		refuseTag(map, Tag.MAP, path);
		Map<String, Entry> entries = new LinkedHashMap<>();
		for (NodeTuple tuple : map.getValue()) {
			Place keyPlace = place(tuple.getKeyNode().getStartMark());
			if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
				flaws.add(new Flaw(List.copyOf(path), keyPlace, "a key must be a word, not a map or a list"));
				continue;
			}
			path.add(key.getValue());
			Entry first = entries.get(key.getValue());
			if (first != null) {
				flaws.add(new Flaw(List.copyOf(path), keyPlace, "stands twice"
						+ (hasLines ? ", first in line " + first.place().line() : "") + "; remove one of the two"));
			} else {
				entries.put(key.getValue(), new Entry(keyPlace, located(tuple.getValueNode(), path)));
			}
			path.removeLast();
		}
		return entries;
	}

	private List<Located> elements(SequenceNode list, List<Object> path) throws Refused {
		refuseTag(list, Tag.SEQ, path);
		List<Located> elements = new ArrayList<>();
		for (Node element : list.getValue()) {
			path.add(elements.size());
			elements.add(located(element, path));
			path.removeLast();
		}
		return elements;
	}

	private void refuseTag(Node node, Tag expected, List<Object> path) {
		if (!node.getTag().equals(expected)) {
			flaws.add(new Flaw(List.copyOf(path), place(node.getStartMark()), unknownTag(node.getTag())));
		}
	}

	private static String unknownTag(Tag tag) {
		return "the tag " + tag.getValue().replace("tag:yaml.org,2002:", "!!") + " is not known here; leave it out";
	}

	private Object scalar(ScalarNode scalar, Place place, List<Object> path) {
		Tag tag = scalar.getTag();
		if (!List.of(Tag.NULL, Tag.BOOL, Tag.INT, Tag.FLOAT, Tag.STR).contains(tag)) {
			flaws.add(new Flaw(List.copyOf(path), place, unknownTag(tag)));
			return scalar.getValue();
		}
		try {
			Object value = tag.equals(Tag.STR) ? scalar.getValue()
					: SCHEMA.getSchemaTagConstructors().get(tag).construct(scalar);
			if (value instanceof Double real && real == 0 && scalar.getValue().matches("[-+.0-9]*[1-9].*")) {
				flaws.add(new Flaw(List.copyOf(path), place,
						scalar.getValue() + " is too small for a number and would become 0; the smallest are near 1e-45"));
			}
			return value instanceof Integer whole ? Long.valueOf(whole) : value;
		} catch (RuntimeException e) {
			// only a tag in the file makes the library read a text as something that it is not
			flaws.add(new Flaw(List.copyOf(path), place, "'" + scalar.getValue() + "' does not fit its tag; leave the tag out"));
			return scalar.getValue();
		}
	}

	/** The parser's messages are about its grammar; these are about the text. */
	private static String plainWords(MarkedYamlEngineException e) {
		String problem = String.valueOf(e.getProblem());
		String context = String.valueOf(e.getContext());
		String began = e.getContextMark().map(mark -> " that begins in line " + (mark.getLine() + 1)).orElse("");
		if (problem.contains("(TAB)")) {
			return "a tab stands where YAML wants blanks; indent with blanks";
		}
		if (problem.startsWith("mapping values are not allowed")) {
			return "a key does not fit here: the line is indented too far, or a text with ': ' in it needs quotes";
		}
		if (problem.startsWith("expected the node content")) {
			return problem.contains("<stream end>") ? "the text ends where a value should be; is a ']' or '}' missing?"
					: "a value is missing here";
		}
		if (context.contains("flow sequence")) {
			return "the list" + began + " is not closed with ']', or a ',' is missing";
		}
		if (context.contains("flow mapping")) {
			return "the map" + began + " is not closed with '}', or a ',' is missing";
		}
		if (problem.contains("unexpected end of stream") && context.contains("quoted")) {
			return "the quoted text" + began + " is not closed";
		}
		if (problem.startsWith("expected <block end>")) {
			return "this line does not fit those above it: the indentation or a '- ' is wrong";
		}
		if (problem.startsWith("could not find expected ':'")) {
			return "the key" + began + " has no ': ' after it";
		}
		if (problem.startsWith("found undefined alias")) {
			return "the alias *" + problem.substring("found undefined alias".length()).strip() + " names nothing; put text that "
					+ "begins with '*' in quotes";
		}
		if (context.startsWith("while scanning an alias") || context.startsWith("while scanning an anchor")) {
			return "an alias (*name) or an anchor (&name) has no name here; put text that begins with '*' or '&' in quotes";
		}
		if (problem.contains("cannot start any token")) {
			return problem.replaceFirst("^found character '?(.)'?.*$", "text cannot begin with '$1'; put it in quotes");
		}
		if (problem.contains("another document")) {
			return "a second document begins here; an experiment file has only one";
		}
		return "is not YAML: " + ((e.getContext() == null ? "" : context + ", ") + problem).replaceAll("\\s+", " ");
	}
}
