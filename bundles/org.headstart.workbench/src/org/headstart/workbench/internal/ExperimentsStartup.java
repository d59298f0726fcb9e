package org.headstart.workbench.internal;

import java.io.IOException;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.IResourceChangeEvent;
import org.eclipse.core.resources.IResourceDelta;
import org.eclipse.core.resources.IWorkspace;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.ILog;
import org.eclipse.jface.dialogs.TrayDialog;
import org.eclipse.ui.IStartup;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.PlatformUI;
import org.headstart.workbench.internal.plugins.LeftOut;
import org.headstart.workbench.internal.run.ExperimentRunJob;
import org.headstart.workbench.internal.run.ExperimentsInFront;
import org.headstart.workbench.internal.validation.ExperimentValidation;

/**
 * From the workbench's start on, has every experiment file validated that is there, appears or changes, and shows the runs that
 * went on while the workbench was closed.
 */
public final class ExperimentsStartup implements IStartup {

	@Override
	public void earlyStartup() {
		IWorkbench workbench = PlatformUI.getWorkbench();
		workbench.getDisplay().asyncExec(() -> ExperimentsInFront.follow(workbench));
		// there is no help system that a dialog's question mark could open
		TrayDialog.setDialogHelpAvailable(workbench.getHelpSystem().hasHelpUI());
		LeftOut.show(workbench);
		IWorkspace workspace = ResourcesPlugin.getWorkspace();
		workspace.addResourceChangeListener(ExperimentsStartup::changed, IResourceChangeEvent.POST_CHANGE);
		try {
			workspace.getRoot().accept(ExperimentsStartup::visit);
		} catch (CoreException e) {
			ILog.of(ExperimentsStartup.class).error("Cannot look for experiments", e);
		}
	}

	private static boolean visit(IResource resource) {
		if (ExperimentFile.is(resource)) {
			IFile experiment = (IFile) resource;
			ExperimentValidation.schedule(experiment);
			try {
				ExperimentRunJob.follow(experiment);
			} catch (IOException e) {
				ILog.of(ExperimentsStartup.class).warn("Cannot see whether " + resource.getFullPath() + " is running", e);
			}
		}
		return !resource.isDerived();
	}

	private static void changed(IResourceChangeEvent event) {
		try {
			event.getDelta().accept(delta -> {
				boolean content = delta.getKind() == IResourceDelta.ADDED
						|| (delta.getFlags() & (IResourceDelta.CONTENT | IResourceDelta.REPLACED)) != 0;
				if (content && ExperimentFile.is(delta.getResource())) {
					ExperimentValidation.schedule((IFile) delta.getResource());
				}
				return true;
			});
		} catch (CoreException e) {
			ILog.of(ExperimentsStartup.class).error("Cannot follow changes of experiments", e);
		}
	}
}
