package org.headstart.workbench.internal.wizard;

import static org.headstart.workbench.TestWorkspace.await;
import static org.headstart.workbench.TestWorkspace.page;
import static org.headstart.workbench.TestWorkspace.problems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.time.Duration;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.wizard.IWizardPage;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NewExperimentWizardTest {

	private final IProject project = ResourcesPlugin.getWorkspace().getRoot().getProject("experiments");

	@AfterEach
	void delete() throws Exception {
		page().closeAllEditors(false);
		project.delete(true, true, null);
	}

	private static Text text(IWizardPage page, int index) {
		int seen = 0;
		for (Control control : ((Composite) page.getControl()).getChildren()) {
			if (control instanceof Text text && seen++ == index) {
				return text;
			}
		}
		throw new AssertionError("no text field " + index);
	}

	@Test
	void createsAValidExperimentUnderTheNameThatIsGiven() throws Exception {
		NewExperimentWizard wizard = new NewExperimentWizard();
		wizard.init(PlatformUI.getWorkbench(), StructuredSelection.EMPTY);
		WizardDialog dialog = new WizardDialog(PlatformUI.getWorkbench().getWorkbenchWindows()[0].getShell(), wizard);
		dialog.setBlockOnOpen(false);
		dialog.open();
		IFile file;
		try {
			IWizardPage page = wizard.getPages()[0];
			assertEquals("experiments", text(page, 0).getText());
			assertTrue(page.isPageComplete());
			text(page, 1).setText("Mine.experiment.yaml");
			assertFalse(page.isPageComplete());
			text(page, 1).setText("mine.experiment.yaml");
			assertTrue(page.isPageComplete());
			assertTrue(wizard.performFinish());
			file = project.getFile("mine.experiment.yaml");
			assertTrue(file.exists());
			assertTrue(Files.readString(file.getLocation().toPath()).contains("\nname: mine\n"));
		} finally {
			dialog.close();
		}
		assertEquals("mine.experiment.yaml", page().getActiveEditor().getTitle());
		await(Duration.ofSeconds(10), () -> "problems: " + problems(file), () -> problems(file).isEmpty());
	}
}
