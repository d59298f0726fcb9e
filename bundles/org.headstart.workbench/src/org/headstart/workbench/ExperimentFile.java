package org.headstart.workbench;

import java.nio.file.Path;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IResource;

/** What the workbench takes for an experiment's file, and where it keeps its results. */
public final class ExperimentFile {

	private ExperimentFile() {
	}

	/**
	 * @param resource a resource, or null
	 * @return whether it is an experiment's file
	 */
	public static boolean is(IResource resource) {
		return resource instanceof IFile && !resource.isDerived(IResource.CHECK_ANCESTORS)
				&& resource.getName().matches(".*\\.experiment\\.ya?ml");
	}

	/**
	 * The folder {@code results/NAME} beside an experiment's file.
	 *
	 * @param experiment an experiment's file
	 * @return the folder, whether it exists or not; null when the file's project is not on the local disk
	 */
	public static Path results(IFile experiment) {
		if (experiment.getLocation() == null) {
			return null;
		}
		String name = experiment.getName().replaceFirst("\\.experiment\\.ya?ml$", "");
		return experiment.getLocation().toPath().resolveSibling("results").resolve(name);
	}
}
