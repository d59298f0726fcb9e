package org.headstart.product.torture;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes experiment files that nobody should write out of good ones. */
final class ExperimentMutation {

	/** A key and its value, in block or flow style. */
	private static final Pattern ENTRY =
			Pattern.compile("([A-Za-z][\\w-]*): ([^\\s,{}\\[\\]#][^,{}\\[\\]\\n]*|\\[[^\\n\\]]*\\]|\\{[^\\n}]*\\})");
	private static final Pattern LINE = Pattern.compile("(?m)^[^#\\n].*\\n");

	private static final List<String> NUMBERS = List.of("0", "-1", "-0.0", "1", "2147483647", "2147483648", "-2147483649", "4294967296",
			"9223372036854775807", "9223372036854775808", "1e15", "1e16", "1e18", "1e308", "1e309", "-1e309", "1e-320", "4.9e-324", ".inf",
			"-.inf", ".nan", "NaN", "0x7fffffff", "0o17", "1_000", "1,000", "0.1", "1.5", "1e9", "1e-9", "+5", "００７",
			"1" + "0".repeat(400));
	private static final List<String> VALUES =
			List.of("", "~", "null", "true", "no", "''", "\"\"", "[]", "{}", "[[]]", "{a: b}", "[1, 2, 3]", "text", "'a: b'", "\"\\u0000\"",
					"\"\\e[31mred\\e[0m\"", "\"\\u202Eevil\\u202C\"", "\"line\\nbreak\"", "\"\\U0001F600\"", "\"\\uD800\"",
					"\"\\U99999999\"", "!!binary aGVsbG8=", "!!java.net.URL http://x", "!!set {a}", "!!float x", "!!int 1.5", "&a [*a]",
					"*nothing", "2020-01-01", "../../../etc/passwd", "/dev/zero", "%s%n%d", "${jndi:ldap://x}", "'=1+1'", "\"\\r\\n\"", "|",
					">", "@home", "`tick`", "- x", "? x", "\"unclosed", "'unclosed", "[unclosed", "{unclosed", "\"\\q\"", "#", "\ta");
	private static final List<String> KEYS = List.of("unknown", "learning-rate", "steps", "id", "label", "Headstart", "seeds", "\"a b\"",
			"\"\\e[2J\"", "\"\\u202e\"", "?", "<<", "[a]", "{a: b}", "1", "true", "null", "''", "layers", "gamma", "environment", "task",
			"x".repeat(3000));

	/**
	 * A mutated file.
	 *
	 * @param kind  what was done to it
	 * @param bytes its content
	 */
	record Mutant(String kind, byte[] bytes) {}

	private final List<String> examples;
	private final Random random;

	/**
	 * @param examples valid experiment files
	 * @param random   what is drawn from
	 */
	ExperimentMutation(List<String> examples, Random random) {
		this.examples = examples;
		this.random = random;
	}

	Mutant next() {
		String text = examples.get(random.nextInt(examples.size()));
		return switch (random.nextInt(14)) {
			case 0, 1 -> mutant("number", times(text, this::number));
			case 2 -> mutant("value", times(text, this::value));
			case 3 -> mutant("key", times(text, this::key));
			case 4 -> mutant("lines", times(text, this::lines));
			case 5 -> mutant("nesting", nesting(text));
			case 6 -> mutant("aliases", aliases(text));
			case 7 -> mutant("characters", times(text, this::character));
			case 8 -> new Mutant("encoding", encoding(text));
			case 9 -> new Mutant("bytes", bytes(text));
			case 10 -> mutant("truncated", text.substring(0, random.nextInt(text.length())));
			case 11 -> mutant("long", longText(text));
			case 12 -> mutant("other's part", splice(text));
			default -> mutant("mixture", mixture(text));
		};
	}

	private interface Change {
		String of(String text);
	}

	private static Mutant mutant(String kind, String text) {
		return new Mutant(kind, text.getBytes(StandardCharsets.UTF_8));
	}

	private String times(String text, Change change) {
		String changed = text;
		for (int n = 1 + random.nextInt(3); n > 0; n--) {
			changed = change.of(changed);
		}
		return changed;
	}

	private <T> T any(List<T> list) {
		return list.get(random.nextInt(list.size()));
	}

	/** A match of a pattern, or null. */
	private MatchResult any(Pattern pattern, String text) {
		Matcher matcher = pattern.matcher(text);
		List<MatchResult> found = new ArrayList<>();
		while (matcher.find()) {
			found.add(matcher.toMatchResult());
		}
		return found.isEmpty() ? null : any(found);
	}

	private static String replaced(String text, int from, int to, String by) {
		return text.substring(0, from) + by + text.substring(to);
	}

	private String number(String text) {
		MatchResult entry = any(Pattern.compile("[\\w-]+: (-?[\\d.]+(?:e-?\\d+)?)(?=[\\s,}])"), text);
		return entry == null ? text : replaced(text, entry.start(1), entry.end(1), any(NUMBERS));
	}

	private String value(String text) {
		MatchResult entry = any(ENTRY, text);
		return entry == null ? text : replaced(text, entry.start(2), entry.end(2), random.nextInt(4) == 0 ? any(NUMBERS) : any(VALUES));
	}

	private String key(String text) {
		MatchResult entry = any(ENTRY, text);
		if (entry == null) {
			return text;
		}
		return switch (random.nextInt(4)) {
			case 0 -> replaced(text, entry.start(1), entry.end(1), any(KEYS));
			// in a flow map this is a second key, in a block one too
			case 1 -> replaced(text, entry.start(), entry.start(),
					entry.group(1) + ": 1" + (isFlow(text, entry.start()) ? ", " : "\n" + indentation(text, entry.start())));
			case 2 -> replaced(text, entry.start(), entry.start(),
					any(KEYS) + ": " + any(VALUES) + (isFlow(text, entry.start()) ? ", " : "\n" + indentation(text, entry.start())));
			default -> {
				String other = any(ENTRY, text).group(1);
				yield replaced(text, entry.start(1), entry.end(1), other);
			}
		};
	}

	private static boolean isFlow(String text, int at) {
		String before = text.substring(text.lastIndexOf('\n', at - 1) + 1, at);
		return before.chars().filter(c -> c == '{').count() > before.chars().filter(c -> c == '}').count();
	}

	private static String indentation(String text, int at) {
		return " ".repeat(at - text.lastIndexOf('\n', at - 1) - 1);
	}

	private String lines(String text) {
		MatchResult line = any(LINE, text);
		if (line == null) {
			return text;
		}
		return switch (random.nextInt(5)) {
			case 0 -> replaced(text, line.start(), line.end(), "");
			case 1 -> replaced(text, line.end(), line.end(), line.group());
			case 2 -> replaced(text, line.start(), line.start(), " ".repeat(1 + random.nextInt(5)));
			case 3 -> replaced(text, line.start(), line.start(), random.nextBoolean() ? "\t" : "---\n");
			default -> {
				MatchResult other = any(LINE, text);
				yield replaced(text, line.start(), line.end(), other.group());
			}
		};
	}

	private String nesting(String text) {
		int depth = List.of(5, 31, 32, 33, 100, 5000, 100_000).get(random.nextInt(7));
		String open = random.nextBoolean() ? "[" : "{a: ";
		String close = open.equals("[") ? "]" : "}";
		String deep = open.repeat(depth) + (random.nextBoolean() ? close.repeat(depth) : "");
		if (random.nextInt(4) == 0) {
			return "- ".repeat(depth) + "x\n";
		}
		MatchResult entry = any(ENTRY, text);
		return entry == null ? deep : replaced(text, entry.start(2), entry.end(2), deep);
	}

	private String aliases(String text) {
		StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
		switch (random.nextInt(6)) {
			case 5 -> {
				bomb.append("m0: &m0 {x: 1}\n");
				for (int n = 1; n < 3 + random.nextInt(22); n++) {
					bomb.append("m%1$d: &m%1$d {<<: [*m%2$d, *m%2$d], x%1$d: 1}%n".formatted(n, n - 1));
				}
			}
			case 0 -> {
				for (int n = 1; n < 3 + random.nextInt(20); n++) {
					bomb.append("a%d: &a%d [%s]%n".formatted(n, n, ("*a" + (n - 1) + ", ").repeat(8) + "*a" + (n - 1)));
				}
			}
			case 1 -> bomb.append("b: &b {c: *b}\n");
			case 2 -> bomb.append("b: &b\n  <<: *b\n  c: [*b, *b]\n");
			case 3 -> bomb.append("d: [" + "*a0, ".repeat(20 + random.nextInt(60)) + "1]\n");
			default -> {
				MatchResult entry = any(ENTRY, text);
				MatchResult other = any(ENTRY, text);
				if (entry != null && entry.end() < other.start()) {
					return replaced(replaced(text, other.start(2), other.end(2), "*x"), entry.start(2), entry.start(2), "&x ");
				}
			}
		}
		return random.nextBoolean() ? bomb + text : text + bomb;
	}

	private String character(String text) {
		int at = random.nextInt(text.length());
		int[] characters = {0, 7, 8, 9, 0xb, 0xd, 0x1b, 0x7f, 0x85, 0x9b, 0xa0, 0x61c, 0x200b, 0x200e, 0x2028, 0x2029, 0x202e, 0x2066,
				0xfeff, 0xfffe, 0xe000, 0x1f600, 0xe0001, '"', '\'', '{', '[', '}', ':', '&', '*', '!', '%', '@', '#', '-', '?', '|'};
		String piece = Character.toString(characters[random.nextInt(characters.length)]);
		MatchResult entry = random.nextBoolean() ? any(ENTRY, text) : null;
		return entry == null ? replaced(text, at, at, piece)
				: replaced(text, entry.start(2), entry.end(2), random.nextBoolean() ? piece : '"' + piece + "x\"");
	}

	private byte[] encoding(String text) {
		byte[] mark = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
		return switch (random.nextInt(9)) {
			case 0 -> joined(mark, text.getBytes(StandardCharsets.UTF_8));
			case 1 -> text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
			case 2 -> text.replace("\n", "\r").getBytes(StandardCharsets.UTF_8);
			case 3 -> text.getBytes(StandardCharsets.UTF_16);
			case 4 -> text.getBytes(StandardCharsets.UTF_16LE);
			case 5 -> text.getBytes(Charset.forName("UTF-32"));
			case 6 -> (text + "# für ä ö ü\n").getBytes(StandardCharsets.ISO_8859_1);
			case 7 -> joined(mark, joined(mark, text.getBytes(StandardCharsets.UTF_8)));
			default ->
				joined(text.getBytes(StandardCharsets.UTF_8), new byte[] {(byte) 0xc0, (byte) 0xaf, (byte) 0xed, (byte) 0xa0, (byte) 0x80});
		};
	}

	private static byte[] joined(byte[] first, byte[] second) {
		byte[] all = Arrays.copyOf(first, first.length + second.length);
		System.arraycopy(second, 0, all, first.length, second.length);
		return all;
	}

	private byte[] bytes(String text) {
		byte[] content = text.getBytes(StandardCharsets.UTF_8);
		if (random.nextInt(6) == 0) {
			byte[] noise = new byte[random.nextInt(5000)];
			random.nextBytes(noise);
			return noise;
		}
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		int first = random.nextInt(content.length);
		for (int i = 0; i < content.length; i++) {
			if (i == first || random.nextInt(400) == 0) {
				switch (random.nextInt(3)) {
					case 0 -> out.write(content[i] ^ 1 << random.nextInt(8));
					case 1 -> out.write(random.nextInt(256));
					default -> {
						// left out
					}
				}
			} else {
				out.write(content[i]);
			}
		}
		return out.toByteArray();
	}

	private String longText(String text) {
		int length = List.of(1000, 65_535, 65_537, 300_000, 1 << 20, 3 << 20).get(random.nextInt(6));
		MatchResult entry = any(ENTRY, text);
		return switch (random.nextInt(5)) {
			case 0 -> replaced(text, entry.start(2), entry.end(2), "x".repeat(length));
			case 1 -> replaced(text, entry.start(1), entry.end(1), "x".repeat(Math.min(length, 1000 + random.nextInt(200_000))));
			case 2 -> text + "#" + " ".repeat(length) + "\n";
			case 3 -> replaced(text, entry.start(2), entry.end(2), "[" + "1, ".repeat(length / 3) + "1]");
			default -> text + "x".repeat(10) + ": 1\n" + "k%d: 1\n".formatted(1).repeat(length / 6);
		};
	}

	/** A line of another example, in place of one of this. */
	private String splice(String text) {
		String changed = text;
		for (int n = 1 + random.nextInt(4); n > 0; n--) {
			MatchResult entry = any(ENTRY, changed);
			MatchResult other = any(ENTRY, any(examples));
			if (entry != null && other != null) {
				changed = random.nextBoolean() ? replaced(changed, entry.start(2), entry.end(2), other.group(2))
						: replaced(changed, entry.start(), entry.end(), other.group());
			}
		}
		return changed;
	}

	private String mixture(String text) {
		List<Change> changes = List.of(this::number, this::value, this::key, this::lines, this::character, this::splice);
		String changed = text;
		for (int n = 2 + random.nextInt(5); n > 0; n--) {
			changed = any(changes).of(changed);
		}
		return changed;
	}
}
