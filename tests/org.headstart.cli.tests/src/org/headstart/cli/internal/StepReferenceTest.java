package org.headstart.cli.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Results folders and steps that the command line names, and that are not there. */
class StepReferenceTest {

	@TempDir
	private Path folder;

	private static CommandFailure fails(int code, Executable executable) {
		CommandFailure failure = assertThrows(CommandFailure.class, executable);
		assertEquals(code, failure.exitCode(), failure.getMessage());
		return failure;
	}

	@Test
	void resultsAreUnderTheCurrentFolderUnlessSaidOtherwise() {
		assertEquals(Path.of("results", "x"), ResultsFolder.of(null, "x"));
		assertEquals(folder, ResultsFolder.of(folder, "x"));
	}

	@Test
	void aFolderOfResultsHasAPlan() throws Exception {
		Path file = Files.writeString(folder.resolve("file"), "");
		assertTrue(fails(ExitCode.NOT_FOUND, () -> ResultsFolder.existing(file)).getMessage().startsWith(file + " is not a folder. "));
		Path nowhere = folder.resolve("nowhere");
		assertTrue(fails(ExitCode.NOT_FOUND, () -> ResultsFolder.existing(nowhere)).getMessage().startsWith(nowhere + " does not exist. "));
		assertTrue(fails(ExitCode.NOT_FOUND, () -> ResultsFolder.existing(folder)).getMessage().contains("it has no plan.json"));
		Files.writeString(folder.resolve("plan.json"), "{");
		assertEquals(folder, ResultsFolder.existing(folder));
	}

	@Test
	void aPlanThatCannotBeReadIsNamed() throws IOException {
		Files.writeString(folder.resolve("plan.json"), "{");
		assertTrue(fails(ExitCode.NOT_FOUND, () -> StepReference.find("0123", folder)).getMessage().contains("plan.json"));
	}

	@Test
	void aStepsOwnFolderNamesItWithoutAPlan() throws IOException {
		Path step = Files.createDirectories(folder.resolve("results/steps/0123"));
		Files.writeString(step.resolve("step.json"), "{}");
		assertEquals("step 0123", assertDoesNotFail(step.toString()).label());
	}

	private static StepReference assertDoesNotFail(String step) throws IOException {
		try {
			return StepReference.find(step, null);
		} catch (CommandFailure e) {
			throw new AssertionError(e);
		}
	}
}
