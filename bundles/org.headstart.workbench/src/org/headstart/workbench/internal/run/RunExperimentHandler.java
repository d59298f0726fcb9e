package org.headstart.workbench.internal.run;

import java.nio.file.Path;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IMarker;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.console.ConsolePlugin;
import org.eclipse.ui.console.IConsole;
import org.eclipse.ui.console.IConsoleManager;
import org.eclipse.ui.console.MessageConsole;
import org.eclipse.ui.handlers.HandlerUtil;
import org.eclipse.ui.part.FileEditorInput;
import org.headstart.workbench.ExperimentFile;
import org.headstart.workbench.internal.validation.ExperimentValidation;

/** Saves the experiment, and runs it unless it has errors or runs already. */
public final class RunExperimentHandler extends AbstractHandler {

	private static final String LEARNING_CURVES = "org.headstart.workbench.charts.learningCurves";

	@Override
	public Object execute(ExecutionEvent event) {
		IFile experiment = SelectedExperiment.of(event);
		if (experiment == null) {
			return null;
		}
		IWorkbenchPage page = HandlerUtil.getActiveWorkbenchWindow(event).getActivePage();
		IEditorPart editor = page.findEditor(new FileEditorInput(experiment));
		if (editor != null && editor.isDirty() && !page.saveEditor(editor, false)) {
			return null;
		}
		if (hasErrors(experiment)) {
			MessageDialog.openError(HandlerUtil.getActiveShell(event), "Run Experiment",
					experiment.getName() + " has errors. The Problems view lists them with line and column.");
			return null;
		}
		Path results = ExperimentFile.results(experiment);
		if (Job.getJobManager().find(results).length > 0) {
			MessageDialog.openInformation(HandlerUtil.getActiveShell(event), "Run Experiment",
					experiment.getName() + " is running already. The Progress view shows how far it is.");
			return null;
		}
		try {
			page.showView(LEARNING_CURVES, null, IWorkbenchPage.VIEW_VISIBLE);
		} catch (PartInitException e) {
			ILog.of(RunExperimentHandler.class).error("Cannot show the learning curves", e);
		}
		new ExperimentRunJob(experiment, results, console(experiment)).schedule();
		return null;
	}

	private static boolean hasErrors(IFile experiment) {
		try {
			return experiment.findMaxProblemSeverity(ExperimentValidation.MARKER, true,
					IResource.DEPTH_ZERO) == IMarker.SEVERITY_ERROR;
		} catch (CoreException e) {
			// without markers the command itself says what is wrong
			return false;
		}
	}

	/** One console for each experiment, emptied for each run. */
	private static MessageConsole console(IFile experiment) {
		IConsoleManager manager = ConsolePlugin.getDefault().getConsoleManager();
		String name = experiment.getFullPath().toString();
		for (IConsole console : manager.getConsoles()) {
			if (console instanceof MessageConsole known && console.getName().equals(name)) {
				known.clearConsole();
				return known;
			}
		}
		MessageConsole console = new MessageConsole(name, null);
		manager.addConsoles(new IConsole[] {console});
		return console;
	}
}
