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
 * At the workbench's start, schedules the validation of all experiment files, also of those that appear or change later, and
 * shows the runs that continued while the workbench was closed.
 */
public final class ExperimentsStartup implements IStartup {

	@Override
	public void earlyStartup() {
		IWorkbench workbench = PlatformUI.getWorkbench();
		workbench.getDisplay().asyncExec(() -> ExperimentsInFront.follow(workbench));
		// the product has no help system, so dialogs have no question mark
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
