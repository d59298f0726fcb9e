package org.headstart.workbench.internal.wizard;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchWizard;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.handlers.HandlerUtil;

/** Opens the wizard for a new experiment. The platform's own command would give every wizard the same label. */
public final class NewExperimentHandler extends AbstractHandler {

	private static final String WIZARD = "org.headstart.workbench.newExperiment";

	@Override
	public Object execute(ExecutionEvent event) throws ExecutionException {
		IWorkbench workbench = PlatformUI.getWorkbench();
		try {
			IWorkbenchWizard wizard = workbench.getNewWizardRegistry().findWizard(WIZARD).createWizard();
			wizard.init(workbench, HandlerUtil.getCurrentSelection(event) instanceof IStructuredSelection selection ? selection
					: StructuredSelection.EMPTY);
			new WizardDialog(HandlerUtil.getActiveShellChecked(event), wizard).open();
		} catch (CoreException e) {
			throw new ExecutionException("Cannot make wizard " + WIZARD, e);
		}
		return null;
	}
}
