package org.headstart.cli.internal;

import static org.headstart.cli.internal.CommandProcess.headstart;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Help, wrong command lines, and what is not there: all that needs no catalog. */
class HeadstartTest {

	@TempDir
	private Path folder;

	@Test
	void helpNamesCommandsAndExitCodes() {
		CommandProcess help = headstart("--help").endsWith(0).prints("Exit codes", "130", "headstart list examples");
		assertFalse(help.out().contains("worker "), "workers are not for people");
		assertEquals("", help.err());
		assertTrue(help.out().lines().allMatch(line -> line.codePointCount(0, line.length()) <= CommandProcess.COLUMNS), help::toString);
	}

	@ParameterizedTest
	@ValueSource(strings = {"run", "cancel", "validate", "plan", "list", "describe", "report", "compare", "show", "reproduce", "play"})
	void helpIsThereForEveryCommand(String command) {
		headstart("--help").prints("  " + command);
		CommandProcess help = headstart(command, "--help").endsWith(0).prints("Usage: headstart " + command, "--help", "--debug");
		assertTrue(help.out().lines().allMatch(line -> line.codePointCount(0, line.length()) <= CommandProcess.COLUMNS), help::toString);
	}

	@Test
	void aWrongCommandLineIsCodeTwo() {
		headstart().endsWith(2).complains("no command given", "headstart --help");
		headstart("rnu").endsWith(2).complains("there is no command 'rnu'; did you mean 'run'?");
		headstart("run", "--job", "3", "x").endsWith(2).complains("there is no option '--job'; did you mean '--jobs'?",
				"Say 'headstart run --help'");
		headstart("run").endsWith(2);
		headstart("run", "x", "--jobs", "many").endsWith(2).complains("'many'");
		headstart("run", "x", "--jobs", "-1").endsWith(2).complains("--jobs must be at least 0, is -1");
		headstart("show", "a", "b").endsWith(2).complains("there is no further argument 'b'");
	}

	@Test
	void whatIsNotThereIsCodeFour() {
		String nowhere = folder.resolve("nowhere").toString();
		headstart("report", nowhere).endsWith(4).complains(nowhere + " does not exist. Name a results folder");
		headstart("report", folder.toString()).endsWith(4).complains("is not a results folder: it has no plan.json");
		headstart("compare", nowhere, nowhere).endsWith(4).complains(nowhere);
		for (String command : new String[] {"show", "reproduce"}) {
			headstart(command, "0123", "--in", nowhere).endsWith(4).complains(nowhere);
		}
		headstart("play", "0123", "--gif", "x.gif", "--in", nowhere).endsWith(4).complains(nowhere);
	}

	@Test
	void theFileSystemsExceptionsAreSentences() {
		assertEquals("f does not exist", Headstart.message(new NoSuchFileException("f")));
		assertEquals("f: permission denied", Headstart.message(new AccessDeniedException("f")));
		assertEquals("f: is full", Headstart.message(new FileSystemException("f", null, "is full")));
		assertEquals("f: FileSystemException", Headstart.message(new FileSystemException("f")));
		assertEquals("why", Headstart.message(new Exception("why")));
		assertEquals("java.lang.Exception", Headstart.message(new Exception()));
	}
}
