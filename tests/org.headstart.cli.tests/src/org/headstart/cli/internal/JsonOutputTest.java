package org.headstart.cli.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** JSON is one document, whole and escaped on terminals too. */
class JsonOutputTest {

	private record Line(String text, double figure, Integer line) {}

	@BeforeAll
	static void terminal() {
		CommandProcess.terminal();
	}

	private static String printed(Consumer<TerminalWriter> print) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		TerminalWriter out = new TerminalWriter(Terminal.OUT, bytes);
		print.accept(out);
		out.flush();
		return bytes.toString(StandardCharsets.UTF_8);
	}

	@Test
	void aDocumentHasEveryKeyAndNoNumberThatJsonLacks() {
		assertEquals("""
				{
				  "text": "<\\u001b[31m> \\"%s\\"",
				  "figure": null,
				  "line": null
				}
				""".formatted("word ".repeat(30)), printed(out -> JsonOutput.print(
				new Line("<\u001b[31m> \"" + "word ".repeat(30) + "\"", Double.NaN, null), out)));
		assertEquals("[\n  1.5,\n  null,\n  3\n]\n",
				printed(out -> JsonOutput.print(Arrays.asList(1.5, Float.POSITIVE_INFINITY, 3L), out)));
	}

	@Test
	void aLongDocumentIsPrintedElementByElement() {
		Map<String, Object> head = new LinkedHashMap<>();
		head.put("name", "x");
		head.put("folder", null);
		Iterator<Line> lines = List.of(new Line("a", 1, 2), new Line("b", Double.NaN, null)).iterator();
		assertEquals("""
				{
				  "name": "x",
				  "folder": null,
				  "lines": [
				    {"text":"a","figure":1.0,"line":2},
				    {"text":"b","figure":null,"line":null}
				  ]
				  , "all": 2
				}
				""", printed(out -> JsonOutput.print(head, "lines", lines, () -> Map.of("all", 2), out)));
	}
}
