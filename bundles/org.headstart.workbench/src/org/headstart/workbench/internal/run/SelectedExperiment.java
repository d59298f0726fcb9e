package org.headstart.workbench.internal.run;

import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.IWorkbenchPart;
import org.eclipse.ui.handlers.HandlerUtil;
import org.headstart.workbench.ExperimentFile;

/** The experiment that a command is about. */
final class SelectedExperiment {

	private SelectedExperiment() {
	}

	/**
	 * What is selected where the user is, else what is being edited.
	 *
	 * @param event the command's execution
	 * @return the file, or null
	 */
	static IFile of(ExecutionEvent event) {
		IWorkbenchPart part = HandlerUtil.getActivePart(event);
		if (!(part instanceof IEditorPart)
				&& HandlerUtil.getCurrentSelection(event) instanceof IStructuredSelection selection) {
			IFile selected = Adapters.adapt(selection.getFirstElement(), IFile.class);
			if (selected != null && ExperimentFile.is(selected)) {
				return selected;
			}
		}
		IEditorPart editor = HandlerUtil.getActiveEditor(event);
		IFile edited = editor == null ? null : editor.getEditorInput().getAdapter(IFile.class);
		return edited != null && ExperimentFile.is(edited) ? edited : null;
	}
}
