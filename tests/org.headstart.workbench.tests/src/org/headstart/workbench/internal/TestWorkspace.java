package org.headstart.workbench.internal;

import static org.junit.jupiter.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IMarker;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PlatformUI;
import org.headstart.workbench.internal.validation.ExperimentValidation;

/** A project of the workspace for one test, and the patience of a user in front of the workbench. */
public final class TestWorkspace implements AutoCloseable {

	/** Valid, and over in a second or two. */
	public static final String TINY = """
			headstart: 1
			name: tiny
			backbone: {id: mlp, hidden: [8]}
			learner: {id: ppo, lanes: 2, rollout-steps: 32, minibatch-size: 32, epochs: 1}
			target:
			  - {environment: cart-pole, task: default, steps: 400}
			strategies:
			  - {id: scratch}
			seeds: 2
			evaluation: {every: 200, episodes: 2}
			""";

	/** Runs until it is stopped. */
	public static final String ENDLESS = TINY.replace("steps: 400", "steps: 1000000000");

	private static int projects;

	private final IProject project;

	/** Creates the project. */
	public TestWorkspace() throws CoreException {
		project = ResourcesPlugin.getWorkspace().getRoot().getProject("test-" + projects++);
		project.create(null);
		project.open(null);
	}

	/** Adds a file. */
	public IFile file(String name, String text) throws CoreException {
		IFile file = project.getFile(name);
		file.create(text.getBytes(StandardCharsets.UTF_8), IResource.NONE, null);
		return file;
	}

	/** @return the page of the workbench's window */
	public static IWorkbenchPage page() {
		return PlatformUI.getWorkbench().getWorkbenchWindows()[0].getActivePage();
	}

	/** @return the problems that are marked on a file */
	public static List<IMarker> problems(IFile file) {
		try {
			return Arrays.asList(file.findMarkers(ExperimentValidation.MARKER, true, IResource.DEPTH_ZERO));
		} catch (CoreException e) {
			throw new IllegalStateException(e);
		}
	}

	/** Lets the workbench work until something is so; fails after a while. */
	public static void await(Duration patience, Supplier<String> what, BooleanSupplier condition) throws InterruptedException {
		Display display = Display.getCurrent();
		long end = System.nanoTime() + patience.toNanos();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() > end) {
				fail("after " + patience.toSeconds() + " s: " + what.get());
			}
			if (!display.readAndDispatch()) {
				Thread.sleep(10);
			}
		}
	}

	/** Closes the editors, and deletes the project with its files. */
	@Override
	public void close() throws CoreException, InterruptedException {
		page().closeAllEditors(false);
		CoreException[] refused = new CoreException[1];
		// a run that has just been stopped may still be writing
		await(Duration.ofMinutes(5), () -> "cannot delete the project: " + refused[0], () -> {
			try {
				project.delete(true, true, null);
				return true;
			} catch (CoreException e) {
				refused[0] = e;
				return false;
			}
		});
	}
}
