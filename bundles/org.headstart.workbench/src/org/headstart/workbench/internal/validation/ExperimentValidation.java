package org.headstart.workbench.internal.validation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.core.filebuffers.FileBuffers;
import org.eclipse.core.filebuffers.ITextFileBuffer;
import org.eclipse.core.filebuffers.LocationKind;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IMarker;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.IWorkspace;
import org.eclipse.core.resources.IWorkspaceRunnable;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.headstart.engine.internal.experiment.ExperimentReader;
import org.headstart.engine.internal.experiment.ExperimentReader.Problem;
import org.headstart.engine.internal.experiment.ExperimentReader.Severity;
import org.headstart.runtime.internal.Installation;

/**
 * Validates experiment files with the engine's own reader, off the UI thread, and keeps one marker for each problem. If a
 * file is open in an editor, the editor's text is validated, saved or not.
 */
public final class ExperimentValidation extends Job {

	/** The markers' type. */
	public static final String MARKER = "org.headstart.workbench.experimentProblem";

	private static final ExperimentValidation JOB = new ExperimentValidation();
	private static final long DELAY_MS = 50;

	private final Set<IFile> waiting = new LinkedHashSet<>();

	private ExperimentValidation() {
		super("Validating experiments");
		setSystem(true);
		setPriority(Job.SHORT);
	}

	/**
	 * Schedules the validation of a file. Returns at once; any thread.
	 *
	 * @param file the file
	 */
	public static void schedule(IFile file) {
		synchronized (JOB.waiting) {
			JOB.waiting.add(file);
		}
		JOB.schedule(DELAY_MS);
	}

	@Override
	protected IStatus run(IProgressMonitor monitor) {
		while (!monitor.isCanceled()) {
			IFile file;
			synchronized (waiting) {
				Iterator<IFile> next = waiting.iterator();
				if (!next.hasNext()) {
					return Status.OK_STATUS;
				}
				file = next.next();
				next.remove();
			}
			try {
				validate(file, monitor);
			} catch (CoreException | IOException e) {
				if (!file.exists()) {
					// deleted meanwhile, with its markers
					continue;
				}
				ILog.of(ExperimentValidation.class).error("Cannot validate " + file.getFullPath(), e);
			}
		}
		return Status.CANCEL_STATUS;
	}

	/**
	 * Validates a file now, and replaces its markers. Not for the UI thread.
	 *
	 * @param file    the file
	 * @param monitor may cancel the wait for the workspace
	 * @return the problems; none when there is no such file
	 * @throws CoreException when the workspace cannot read it or mark it
	 * @throws IOException   when it cannot be read
	 */
	public static List<Problem> validate(IFile file, IProgressMonitor monitor) throws CoreException, IOException {
		if (!file.isAccessible()) {
			return List.of();
		}
		String text = text(file);
		List<Problem> problems = ExperimentReader.read(text, file.getName(), Installation.current().catalog(), Map.of()).problems();
		IWorkspaceRunnable replace = m -> {
			if (file.isAccessible()) {
				file.deleteMarkers(MARKER, true, IResource.DEPTH_ZERO);
				for (Problem problem : problems) {
					mark(file, text, problem);
				}
			}
		};
		file.getWorkspace().run(replace, file.getWorkspace().getRuleFactory().markerRule(file),
				IWorkspace.AVOID_UPDATE, monitor);
		return problems;
	}

	private static String text(IFile file) throws CoreException, IOException {
		ITextFileBuffer buffer = FileBuffers.getTextFileBufferManager().getTextFileBuffer(file.getFullPath(),
				LocationKind.IFILE);
		if (buffer != null) {
			return buffer.getDocument().get();
		}
		try (InputStream in = file.getContents(true)) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private static void mark(IFile file, String text, Problem problem) throws CoreException {
		int line = Math.max(1, problem.line());
		int start = offset(text, line, Math.max(1, problem.column()));
		int end = endOfWord(text, start);
		file.createMarker(MARKER, Map.of(IMarker.MESSAGE, problem.message(), IMarker.LINE_NUMBER, line,
				IMarker.CHAR_START, start, IMarker.CHAR_END, end, IMarker.LOCATION,
				problem.key().isEmpty() ? "line " + line : "line " + line + ", " + problem.key(), IMarker.SEVERITY,
				problem.severity() == Severity.ERROR ? IMarker.SEVERITY_ERROR : IMarker.SEVERITY_WARNING));
	}

	/** The character offset of a 1-based line and column; the text's end if the text is shorter. */
	private static int offset(String text, int line, int column) {
		int start = 0;
		for (int i = 1; i < line; i++) {
			int newline = text.indexOf('\n', start);
			if (newline < 0) {
				return text.length();
			}
			start = newline + 1;
		}
		return Math.min(text.length(), start + column - 1);
	}

	private static int endOfWord(String text, int start) {
		int end = start;
		while (end < text.length() && " \t\r\n,:{}[]".indexOf(text.charAt(end)) < 0) {
			end++;
		}
		return end > start ? end : Math.min(text.length(), start + 1);
	}
}
