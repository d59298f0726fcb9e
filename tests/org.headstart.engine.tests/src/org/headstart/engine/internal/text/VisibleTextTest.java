package org.headstart.engine.internal.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class VisibleTextTest {

	@Test
	void hiddenCharactersAreWrittenOut() {
		assertEquals("\\u001b[31mred\\u0007 \\u009b1m \\u007f", VisibleText.line("\u001b[31mred\u0007 \u009b1m \u007f"));
		assertEquals("\\u202etxt\\u2066 \\u200f \\u200d \\u00ad \\ufeff \\u2028", VisibleText
				.line("\u202etxt\u2066 \u200f \u200d \u00ad \ufeff \u2028"));
		assertEquals("\\udb40\\udc01 \\ud800", VisibleText.line("\udb40\udc01 \ud800"));
		assertEquals("a\\u000ab\\u0009c", VisibleText.line("a\nb\tc"));
	}

	@Test
	void whatShowsItselfStays() {
		String text = "ünï 世界 e\u0301 😀 ❤\ufe0f – “x” ∞";
		assertEquals(text, VisibleText.line(text));
		assertEquals("a\n\tb \\u001bc", VisibleText.lines("a\n\tb \u001bc"));
	}
}
