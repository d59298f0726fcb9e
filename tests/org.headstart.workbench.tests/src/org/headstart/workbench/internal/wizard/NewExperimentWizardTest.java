package org.headstart.workbench.internal.wizard;

import static org.headstart.workbench.internal.TestWorkspace.await;
import static org.headstart.workbench.internal.TestWorkspace.page;
import static org.headstart.workbench.internal.TestWorkspace.problems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IProject;
import org.eclipse.core.resources.ResourcesPlugin;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.wizard.IWizardPage;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Table;
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
	void examplesAreListedWithWhatTheyAreForAndShownBeforeTheyAreTaken() {
		NewExperimentWizard wizard = new NewExperimentWizard();
		wizard.init(PlatformUI.getWorkbench(), StructuredSelection.EMPTY);
		WizardDialog dialog = new WizardDialog(PlatformUI.getWorkbench().getWorkbenchWindows()[0].getShell(), wizard);
		dialog.setBlockOnOpen(false);
		dialog.open();
		try {
			IWizardPage page = wizard.getPages()[0];
			Table table = Arrays.stream(((Composite) page.getControl()).getChildren()).filter(Table.class::isInstance)
					.map(Table.class::cast).findFirst().orElseThrow();
			int index = -1;
			for (int i = 0; i < table.getItemCount(); i++) {
				assertFalse(table.getItem(i).getText(1).isEmpty(), table.getItem(i).getText(0) + " says nothing of itself");
				index = table.getItem(i).getText(0).equals("point-goal-transfer") ? i : index;
			}
			table.select(index);
			table.notifyListeners(SWT.Selection, new Event());
			assertEquals("point-goal-transfer.experiment.yaml", text(page, 1).getText());
			assertTrue(text(page, 2).getText().contains("name: point-goal-transfer"));
		} finally {
			dialog.close();
		}
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
		await(Duration.ofMinutes(5), () -> "problems: " + problems(file), () -> problems(file).isEmpty());
	}
}
