package org.headstart.workbench.internal;

import org.eclipse.ui.IFolderLayout;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IPerspectiveFactory;
import org.eclipse.ui.console.IConsoleConstants;
import org.eclipse.ui.navigator.resources.ProjectExplorer;
import org.eclipse.ui.progress.IProgressConstants;
import org.headstart.workbench.internal.plugins.PluginsView;

/** Files on the left, the experiment in the middle, its learning curves on the right, problems and progress below. */
public final class ExperimentsPerspective implements IPerspectiveFactory {

	/** The view of live curves, contributed by the charts bundle. */
	private static final String LEARNING_CURVES = "org.headstart.workbench.charts.learningCurves";

	@Override
	public void createInitialLayout(IPageLayout layout) {
		String editors = layout.getEditorArea();
		layout.addView(ProjectExplorer.VIEW_ID, IPageLayout.LEFT, 0.2f, editors);
		IFolderLayout below = layout.createFolder("below", IPageLayout.BOTTOM, 0.74f, editors);
		below.addView(IPageLayout.ID_PROBLEM_VIEW);
		below.addView(IConsoleConstants.ID_CONSOLE_VIEW);
		below.addView(IProgressConstants.PROGRESS_VIEW_ID);
		below.addPlaceholder(PluginsView.ID);
		layout.addView(LEARNING_CURVES, IPageLayout.RIGHT, 0.45f, editors);
		layout.addNewWizardShortcut("org.headstart.workbench.newExperiment");
		layout.addNewWizardShortcut("org.eclipse.ui.wizards.new.folder");
		layout.addNewWizardShortcut("org.eclipse.ui.wizards.new.file");
		layout.addShowViewShortcut(LEARNING_CURVES);
		layout.addShowViewShortcut(IPageLayout.ID_PROBLEM_VIEW);
		layout.addShowViewShortcut(IConsoleConstants.ID_CONSOLE_VIEW);
		layout.addShowViewShortcut(IProgressConstants.PROGRESS_VIEW_ID);
		layout.addShowViewShortcut(PluginsView.ID);
	}
}
