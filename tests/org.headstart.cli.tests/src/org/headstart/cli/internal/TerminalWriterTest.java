package org.headstart.cli.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;

class TerminalWriterTest {

	static {
		CommandProcess.terminal();
	}

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
	private final TerminalWriter terminal = new TerminalWriter(Terminal.OUT, bytes);
	private final TerminalWriter file = new TerminalWriter(Terminal.ERR, bytes);

	private String written() {
		terminal.flush();
		file.flush();
		return bytes.toString(StandardCharsets.UTF_8).replaceAll("\033\\[[0-9;]*m", "");
	}

	@Test
	void nobodysTextControlsTheTerminal() {
		for (TerminalWriter writer : List.of(terminal, file)) {
			bytes.reset();
			writer.println("\u001b[31mred\u001b]0;title\u0007 \u009b2J \r \u202egnp \u2066 \u200b \ud800");
			writer.print("\u001bc without a line feed");
			writer.flush();
			writer.format("%s%n", "\u001b[1m");
			writer.println(new IllegalStateException("\u001b[5m"));
			writer.stream().println("\u001b[2J by a plug-in");
			String written = written();
			assertTrue(written.codePoints().allMatch(each -> each == '\n' || each >= ' ' && each != 0x7f
					&& Character.getType(each) != Character.CONTROL && Character.getType(each) != Character.FORMAT), written);
			assertTrue(written.startsWith("\\u001b[31mred\\u001b]0;title\\u0007 \\u009b2J \\u000d \\u202egnp"), written);
			assertTrue(written.contains("\\u001b[2J by a plug-in\n"), written);
		}
	}

	@Test
	void nobodysTextBringsAMark() {
		// What a mark looks like but for the secret.
		terminal.println("a\ufdd0\ue000\ue000\ue000\ue000bX");
		assertEquals("a\ufdd0\ue000\ue000\ue000\ue000bX\n", written());
	}

	@Test
	void aNameWithALineFeedPassesForNoMessage() {
		file.println("x\nFAKE: valid");
		assertEquals("x\n  FAKE: valid\n", written());
	}

	@Test
	void linesAreBrokenBetweenWordsOnATerminalOnly() {
		String text = "  " + "word ".repeat(30).strip();
		terminal.println(text);
		List<String> lines = written().lines().toList();
		assertEquals(2, lines.size());
		assertTrue(lines.stream().allMatch(line -> line.length() <= 80), lines::toString);
		assertTrue(lines.get(1).startsWith("    word"), lines::toString);
		bytes.reset();
		file.println(text + "   ");
		assertEquals(text + "\n", written());
	}

	@Test
	void whatIsToBeCopiedStaysWhole() {
		String command = TextLayout.command("Go on with:  ", List.of("headstart", "run", "a b.yaml", "--out", "x".repeat(60)),
				Terminal.OUT);
		terminal.println(command);
		assertEquals("Go on with:\n  headstart run 'a b.yaml' \\\n    --out " + "x".repeat(60) + "\n",
				written().replace(" --out \\\n    ", " \\\n    --out "));
		bytes.reset();
		file.println(TextLayout.command("Go on with:  ", List.of("headstart", "run", "a b.yaml", "x".repeat(90)), Terminal.ERR));
		assertEquals("Go on with:  headstart run 'a b.yaml' " + "x".repeat(90) + "\n", written());
		bytes.reset();
		String json = "{\n  \"long\": \"" + "word ".repeat(40) + "\"\n}";
		terminal.println(Terminal.unbroken(json));
		assertEquals(json + "\n", written());
		bytes.reset();
		String text = "a: \u001b\r\nb: 1  \n";
		file.print(Terminal.exact(text));
		assertEquals(text, written());
	}
}
