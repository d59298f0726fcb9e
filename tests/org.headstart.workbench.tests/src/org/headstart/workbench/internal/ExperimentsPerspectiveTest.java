package org.headstart.workbench.internal;

import static org.headstart.workbench.internal.TestWorkspace.await;
import static org.headstart.workbench.internal.TestWorkspace.page;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import org.eclipse.core.runtime.Platform;
import org.eclipse.jface.dialogs.TrayDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.MenuItem;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.navigator.resources.ProjectExplorer;
import org.eclipse.ui.progress.IProgressConstants;
import org.headstart.runtime.internal.Installation;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;

class ExperimentsPerspectiveTest {

	@Test
	void opensWithItsViews() throws Exception {
		PlatformUI.getWorkbench().showPerspective("org.headstart.workbench.experimentsPerspective",
				PlatformUI.getWorkbench().getWorkbenchWindows()[0]);
		page().resetPerspective();
		assertEquals("org.headstart.workbench.experimentsPerspective", page().getPerspective().getId());
		for (String view : new String[] {ProjectExplorer.VIEW_ID, IPageLayout.ID_PROBLEM_VIEW,
				IProgressConstants.PROGRESS_VIEW_ID, "org.eclipse.ui.console.ConsoleView",
				"org.headstart.workbench.charts.learningCurves"}) {
			assertNotNull(page().findViewReference(view), view);
			assertNotNull(page().showView(view).getTitleImage(), view);
		}
		assertTrue(Arrays.stream(page().getViewReferences()).noneMatch(view -> view.getTitle().contains("Error")),
				() -> Arrays.toString(page().getViewReferences()));
	}

	@Test
	void isWhereANewWorkspaceBegins() {
		assertEquals("org.headstart.workbench.product", Platform.getProduct().getId());
		assertEquals("org.headstart.workbench.experimentsPerspective",
				PlatformUI.getWorkbench().getPerspectiveRegistry().getDefaultPerspective());
	}

	/** There is no help system in the product: what would open it does nothing, so it is not there. */
	@Test
	void offersNoHelpThatIsNotThere() throws Exception {
		assertFalse(PlatformUI.getWorkbench().getHelpSystem().hasHelpUI());
		await(Duration.ofMinutes(5), () -> "dialogs have a question mark", () -> !TrayDialog.isDialogHelpAvailable());
		MenuItem help = Arrays.stream(page().getWorkbenchWindow().getShell().getMenuBar().getItems())
				.filter(item -> item.getText().replace("&", "").equals("Help")).findFirst().orElseThrow();
		help.getMenu().notifyListeners(SWT.Show, new Event());
		List<String> offers = Arrays.stream(help.getMenu().getItems()).map(item -> item.getText().replace("&", "")).toList();
		assertTrue(offers.stream().anyMatch(offer -> offer.startsWith("About")), offers::toString);
		assertTrue(offers.stream().noneMatch(offer -> offer.matches("Help Contents|Search|Show Context Help|Dynamic Help|Welcome")),
				offers::toString);
		for (String command : new String[] {"helpContents", "helpSearch", "dynamicHelp", "displayHelp", "quickStartAction"}) {
			assertFalse(PlatformUI.getWorkbench().getActivitySupport().getActivityManager()
					.getIdentifier("org.eclipse.ui/org.eclipse.ui.help." + command).isEnabled(), command);
		}
	}

	/** Networks belong to runs, which are processes of their own; the window must not wait seconds for them. */
	@Test
	void knowsAllContributionsWithoutStartingNd4j() {
		assertTrue(Installation.current().catalog().learners().containsKey("ppo"));
		Bundle nd4j = Platform.getBundle("org.headstart.lib.dl4j");
		assertNotNull(nd4j);
		assertNotEquals(Bundle.ACTIVE, nd4j.getState());
	}
}
