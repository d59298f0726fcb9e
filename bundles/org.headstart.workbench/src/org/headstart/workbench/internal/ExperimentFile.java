package org.headstart.workbench.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IResource;

/** Recognises experiment files, and finds their results folders. */
public final class ExperimentFile {

	private static final String SUFFIX = "\\.experiment\\.ya?ml$";
	private static final Pattern NAME = Pattern.compile("^name:[ \t]*[\"']?([a-z0-9]+(?:-[a-z0-9]+)*)", Pattern.MULTILINE);

	private ExperimentFile() {}

	/**
	 * @param resource a resource, or null
	 * @return whether it is an experiment file
	 */
	public static boolean is(IResource resource) {
		return resource instanceof IFile && !resource.isDerived(IResource.CHECK_ANCESTORS)
				&& resource.getName().matches(".*" + SUFFIX);
	}

	/**
	 * @param experiment an experiment's file
	 * @return its name for people: the file's name without the suffix
	 */
	public static String name(IFile experiment) {
		return withoutSuffix(experiment.getName());
	}

	private static String withoutSuffix(String fileName) {
		return fileName.replaceFirst(SUFFIX, "");
	}

	/**
	 * The folder {@code results/NAME} beside an experiment's file: the default of {@code headstart run} in the file's
	 * folder, so that the workbench also finds the runs of a terminal. Reads the saved file: not for the UI thread.
	 *
	 * @param experiment an experiment's file on the local disk
	 * @return the folder, whether it exists or not
	 * @throws IOException when the file cannot be read
	 */
	public static Path results(IFile experiment) throws IOException {
		if (experiment.getLocation() == null) {
			throw new IOException(experiment.getName() + " is not on the local disk, so it cannot be run from here.");
		}
		Path file = experiment.getLocation().toPath();
		return file.resolveSibling("results").resolve(writtenName(file));
	}

	private static String writtenName(Path file) throws IOException {
		try {
			Matcher matcher = NAME.matcher(Files.readString(file, StandardCharsets.UTF_8));
			if (matcher.find()) {
				return matcher.group(1);
			}
		} catch (NoSuchFileException e) {
			// deleted while its editor is open: the results folder follows from the file's name
			return withoutSuffix(file.getFileName().toString());
		}
		return withoutSuffix(file.getFileName().toString());
	}
}
