package org.headstart.workbench.internal.validation;

import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.IResourceChangeEvent;
import org.eclipse.core.resources.IResourceDelta;
import org.eclipse.core.resources.IWorkspace;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.resources.IFile;
import org.eclipse.ui.IStartup;
import org.headstart.workbench.ExperimentFile;

/** From the workbench's start on, has every experiment file validated that is there, appears or changes. */
public final class ExperimentValidationStartup implements IStartup {

	@Override
	public void earlyStartup() {
		IWorkspace workspace = ResourcesPlugin.getWorkspace();
		workspace.addResourceChangeListener(ExperimentValidationStartup::changed, IResourceChangeEvent.POST_CHANGE);
		try {
			workspace.getRoot().accept(ExperimentValidationStartup::visit);
		} catch (CoreException e) {
			ILog.of(ExperimentValidationStartup.class).error("Cannot look for experiments", e);
		}
	}

	private static boolean visit(IResource resource) {
		if (ExperimentFile.is(resource)) {
			ExperimentValidation.schedule((IFile) resource);
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
			ILog.of(ExperimentValidationStartup.class).error("Cannot follow changes of experiments", e);
		}
	}
}
