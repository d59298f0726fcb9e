package org.headstart.engine.internal.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;

class ShellCommandTest {

	@Test
	void wordsThatEveryShellTakesStayAsTheyAre() {
		assertEquals("headstart run /a-b/c_1.yaml --set learner.lr=1e-3",
				ShellCommand.of(List.of("headstart", "run", "/a-b/c_1.yaml", "--set", "learner.lr=1e-3")));
		assertEquals("''", ShellCommand.quoted(""));
		assertEquals("'=x'", ShellCommand.quoted("=x"));
		assertEquals("'~/x'", ShellCommand.quoted("~/x"));
		assertEquals("'it'\\''s'", ShellCommand.quoted("it's"));
	}

	@Test
	void aShellReadsTheSameWords() throws Exception {
		for (String word : List.of("plain", "two words", "it's \"quoted\" $HOME `x` \\ !", "a;b&c|d<e>f*g?h[i]j{k,l}#m", "-",
				"ünï 世界", "esc\u001b[31m1", "line\nfeed\ttab\r7", "\u202egnp.exe", "\u009bC1 and \u007f'\\", "tag\udb40\udc01x")) {
			String quoted = ShellCommand.quoted(word);
			assertTrue(quoted.codePoints().noneMatch(VisibleText::isHidden), quoted);
			Process shell = new ProcessBuilder("bash").start();
			try (OutputStream commands = shell.getOutputStream()) {
				commands.write(("printf %s " + quoted).getBytes(StandardCharsets.UTF_8));
			}
			assertEquals(word, new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8), quoted);
			assertEquals(0, shell.waitFor());
		}
	}
}
