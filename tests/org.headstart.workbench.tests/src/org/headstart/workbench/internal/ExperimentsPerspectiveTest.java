package org.headstart.workbench.internal;

import static org.headstart.workbench.TestWorkspace.page;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

import org.eclipse.core.runtime.Platform;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.navigator.resources.ProjectExplorer;
import org.eclipse.ui.progress.IProgressConstants;
import org.headstart.runtime.Installation;
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

	/** Networks belong to runs, which are processes of their own; the window must not wait seconds for them. */
	@Test
	void knowsAllContributionsWithoutStartingNd4j() {
		assertTrue(Installation.current().catalog().learners().containsKey("ppo"));
		Bundle nd4j = Platform.getBundle("org.headstart.lib.dl4j");
		assertNotNull(nd4j);
		assertNotEquals(Bundle.ACTIVE, nd4j.getState());
	}
}
