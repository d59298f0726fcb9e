package org.headstart.cli.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

class TextLayoutTest {

	@Test
	void widthIsThatOfTheDisplay() {
		assertEquals(3, TextLayout.width("abc"));
		assertEquals(4, TextLayout.width("世界"));
		assertEquals(1, TextLayout.width("e\u0301"));
		assertEquals(2, TextLayout.width("😀"));
		assertEquals(2, TextLayout.width("❤\ufe0f"));
		assertEquals(2, TextLayout.width("Ａ"));
		assertEquals(2, TextLayout.width("한"));
		assertEquals(6, TextLayout.width("\u001b"));
		assertEquals(12, TextLayout.width("\udb40\udc01"));
		assertEquals(1, TextLayout.width(Mark.BOLD + "x" + Mark.PLAIN));
	}

	@Test
	void linesHangAndLongWordsStayWhole() {
		assertEquals(List.of("  one two", "    three", "    abcdefghijklmnop", "    four"),
				TextLayout.wrap("  one two three abcdefghijklmnop four", 10, 4));
		assertEquals(List.of("", "x"), List.of(TextLayout.wrap("", 10, 2).get(0), TextLayout.wrap("x", 10, 2).get(0)));
		assertEquals(List.of("世界世界", "  世界。"), TextLayout.wrap("世界世界世界。", 9, 2));
	}

	@Test
	void aTableThatIsTooWideIsSplitByColumns() {
		List<List<String>> rows = List.of(List.of("arm", "first", "second", "third"), List.of("世界", "1 [0, 2]", "2 [1, 3]", "3 [2, 4]"));
		assertEquals(List.of("arm   first     second    third", "世界  1 [0, 2]  2 [1, 3]  3 [2, 4]"),
				Table.of(rows, column -> false, 80));
		assertEquals(List.of("arm   first     second", "世界  1 [0, 2]  2 [1, 3]", "", "arm   third", "世界  3 [2, 4]"),
				Table.of(rows, column -> false, 30));
		assertEquals(List.of("世界", "  first   1 [0, 2]", "  second  2 [1, 3]", "  third   3 [2, 4]"),
				Table.of(rows, column -> false, 12));
	}

	@Test
	void proseGoesOnBelowItself() {
		List<List<String>> rows = List.of(List.of("kind"), List.of("  id", "word ".repeat(12).strip()), List.of("  longer", "a\nb"));
		assertEquals(List.of("kind", "  id      word word word word word word", "          word word word word word word",
				"  longer  a b"), Table.ofProse(rows, column -> false, 40));
		assertEquals(List.of("kind", "  id  " + "word ".repeat(12).strip(), "  longer  a b"),
				Table.ofProse(rows, column -> false, Integer.MAX_VALUE));
		assertTrue(Table.ofProse(rows, column -> false, 36).stream().allMatch(line -> line.length() <= 36));
	}
}
