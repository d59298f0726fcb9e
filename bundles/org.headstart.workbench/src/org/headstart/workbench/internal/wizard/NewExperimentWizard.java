package org.headstart.workbench.internal.wizard;

import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.IResource;
import org.eclipse.core.resources.IWorkspaceRoot;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExecutableExtension;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.SubMonitor;
import org.eclipse.jface.dialogs.ErrorDialog;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.wizard.Wizard;
import org.eclipse.ui.INewWizard;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.ide.IDE;
import org.eclipse.ui.wizards.newresource.BasicNewProjectResourceWizard;
import org.eclipse.ui.wizards.newresource.BasicNewResourceWizard;

/** Creates an experiment file from an example, and a project for it if there is none. */
public final class NewExperimentWizard extends Wizard implements INewWizard, IExecutableExtension {

	private IWorkbench workbench;
	private IConfigurationElement configuration;
	private NewExperimentPage page;

	@Override
	public void init(IWorkbench workbench, IStructuredSelection selection) {
		this.workbench = workbench;
		setWindowTitle("New Experiment");
		setNeedsProgressMonitor(true);
		page = new NewExperimentPage(selection);
	}

	@Override
	public void setInitializationData(IConfigurationElement element, String property, Object data) {
		configuration = element;
	}

	@Override
	public void addPages() {
		addPage(page);
	}

	@Override
	public boolean performFinish() {
		String projectName = page.projectName();
		String fileName = page.fileName();
		String text = page.text();
		IFile[] created = new IFile[1];
		try {
			getContainer().run(true, false, monitor -> {
				try {
					created[0] = create(projectName, fileName, text, monitor);
				} catch (CoreException e) {
					throw new InvocationTargetException(e);
				}
			});
			BasicNewProjectResourceWizard.updatePerspective(configuration);
			BasicNewResourceWizard.selectAndReveal(created[0], workbench.getActiveWorkbenchWindow());
			IDE.openEditor(workbench.getActiveWorkbenchWindow().getActivePage(), created[0], true);
			return true;
		} catch (InvocationTargetException e) {
			ErrorDialog.openError(getShell(), "New Experiment", "The experiment could not be created.",
					Status.error(e.getCause().getMessage(), e.getCause()));
			return false;
		} catch (InterruptedException e) {
			return false;
		} catch (PartInitException e) {
			ErrorDialog.openError(getShell(), "New Experiment", "The experiment was created but cannot be opened.",
					e.getStatus());
			return true;
		}
	}

	private static IFile create(String projectName, String fileName, String text, IProgressMonitor monitor)
			throws CoreException {
		SubMonitor progress = SubMonitor.convert(monitor, "Creating " + fileName, 3);
		IWorkspaceRoot root = ResourcesPlugin.getWorkspace().getRoot();
		IProject project = root.getProject(projectName);
		if (!project.exists()) {
			project.create(progress.split(1));
		}
		if (!project.isOpen()) {
			project.open(progress.split(1));
		}
		IFile file = project.getFile(fileName);
		file.create(text.getBytes(StandardCharsets.UTF_8), IResource.NONE, progress.split(1));
		return file;
	}
}
