package org.headstart.workbench.internal.run;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.Status;
import org.eclipse.jface.dialogs.ErrorDialog;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.IEditorReference;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.part.FileEditorInput;
import org.headstart.engine.internal.experiment.ExperimentReader.Problem;
import org.headstart.engine.internal.experiment.ExperimentReader.Severity;
import org.headstart.workbench.internal.validation.ExperimentValidation;

/** Saves the experiment, and runs it unless it has errors. */
public final class RunExperimentHandler extends ExperimentHandler {

	private static final String TITLE = "Run Experiment";
	private static final String LEARNING_CURVES = "org.headstart.workbench.charts.learningCurves";

	/** Called by the platform. */
	public RunExperimentHandler() {
		super("Run", "Experiment");
	}

	@Override
	Optional<String> obstacle(IFile experiment) {
		return ExperimentRunJob.of(experiment).isPresent() ? Optional.of("is running") : Optional.empty();
	}

	@Override
	void execute(IWorkbenchWindow window, IFile experiment) {
		if (!save(experiment)) {
			return;
		}
		Shell shell = window.getShell();
		List<Problem> errors = errors(experiment, shell);
		if (errors == null) {
			return;
		}
		if (!errors.isEmpty()) {
			show(window.getActivePage(), IPageLayout.ID_PROBLEM_VIEW);
			Problem first = errors.get(0);
			MessageDialog.openError(shell, TITLE, "%s has %s, so it is not run.\n\nLine %d: %s".formatted(experiment.getName(),
					errors.size() == 1 ? "an error" : errors.size() + " errors", first.line(), first.message()));
		} else if (ExperimentRunJob.start(experiment)) {
			show(window.getActivePage(), LEARNING_CURVES);
		}
	}

	/** Saves the file's editors, since the run reads the file; returns false when an editor could not save and reported it. */
	private static boolean save(IFile experiment) {
		for (IWorkbenchWindow window : PlatformUI.getWorkbench().getWorkbenchWindows()) {
			for (IWorkbenchPage page : window.getPages()) {
				for (IEditorReference reference : page.findEditors(new FileEditorInput(experiment), null,
						IWorkbenchPage.MATCH_INPUT)) {
					IEditorPart editor = reference.getEditor(false);
					if (editor != null && editor.isDirty() && (!page.saveEditor(editor, false) || editor.isDirty())) {
						return false;
					}
				}
			}
		}
		return true;
	}

	/**
	 * Validates outside of the UI thread, with a busy cursor; null when the validation failed and the user was told, or when
	 * the user cancelled.
	 */
	private static List<Problem> errors(IFile experiment, Shell shell) {
		List<Problem> errors = new ArrayList<>();
		try {
			PlatformUI.getWorkbench().getProgressService().busyCursorWhile(monitor -> {
				try {
					ExperimentValidation.validate(experiment, monitor).stream()
							.filter(problem -> problem.severity() == Severity.ERROR).forEach(errors::add);
				} catch (CoreException | IOException e) {
					throw new InvocationTargetException(e);
				}
			});
			return errors;
		} catch (InvocationTargetException e) {
			ErrorDialog.openError(shell, TITLE, experiment.getName() + " cannot be read.",
					Status.error(String.valueOf(e.getCause().getMessage()), e.getCause()));
			return null;
		} catch (InterruptedException e) {
			return null;
		}
	}

	private static void show(IWorkbenchPage page, String view) {
		try {
			page.showView(view, null, IWorkbenchPage.VIEW_VISIBLE);
		} catch (PartInitException e) {
			ILog.of(RunExperimentHandler.class).error("Cannot show view " + view, e);
		}
	}
}
