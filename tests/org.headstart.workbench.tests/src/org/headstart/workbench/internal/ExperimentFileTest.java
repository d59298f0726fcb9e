package org.headstart.workbench.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;

import org.eclipse.core.resources.IFile;
import org.junit.jupiter.api.Test;

class ExperimentFileTest {

	@Test
	void isToldByItsName() throws Exception {
		try (TestWorkspace workspace = new TestWorkspace()) {
			assertTrue(ExperimentFile.is(workspace.file("a.experiment.yaml", "")));
			assertTrue(ExperimentFile.is(workspace.file("a.experiment.yml", "")));
			assertFalse(ExperimentFile.is(workspace.file("experiment.yaml", "")));
			assertFalse(ExperimentFile.is(null));
		}
	}

	@Test
	void itsResultsAreWhereTheCommandLinePutsThem() throws Exception {
		try (TestWorkspace workspace = new TestWorkspace()) {
			IFile named = workspace.file("file.experiment.yaml", "headstart: 1\nname: 'an-experiment' # its name\n");
			Path folder = named.getLocation().toPath().getParent().resolve("results");
			assertEquals(folder.resolve("an-experiment"), ExperimentFile.results(named));
			assertEquals(folder.resolve("no-name"), ExperimentFile.results(workspace.file("no-name.experiment.yaml", "seeds: 1\n")));
		}
	}
}
