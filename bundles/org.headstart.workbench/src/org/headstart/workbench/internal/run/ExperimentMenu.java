package org.headstart.workbench.internal.run;

import java.util.List;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.ActionContributionItem;
import org.eclipse.jface.action.IContributionItem;
import org.eclipse.jface.action.LegacyActionTools;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.IWorkbenchPart;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.actions.CompoundContributionItem;
import org.headstart.workbench.internal.ExperimentFile;

/** The context menu's commands for the experiment on which it was opened, independent of the active editor. */
public final class ExperimentMenu extends CompoundContributionItem {

	private static final List<ExperimentHandler> OFFERS = List.of(new RunExperimentHandler(), new StopRunHandler(),
			new OpenReportHandler());

	@Override
	protected IContributionItem[] getContributionItems() {
		IWorkbenchWindow window = PlatformUI.getWorkbench().getActiveWorkbenchWindow();
		IFile experiment = window == null ? null : clicked(window);
		if (experiment == null) {
			return new IContributionItem[0];
		}
		return OFFERS.stream().map(offer -> new ActionContributionItem(action(offer, window, experiment)))
				.toArray(IContributionItem[]::new);
	}

	private static IFile clicked(IWorkbenchWindow window) {
		IWorkbenchPart part = window.getPartService().getActivePart();
		if (part instanceof IEditorPart editor) {
			return ExperimentHandler.of(editor);
		}
		IFile selected = window.getSelectionService().getSelection() instanceof IStructuredSelection selection
				&& selection.size() == 1 ? Adapters.adapt(selection.getFirstElement(), IFile.class) : null;
		return ExperimentFile.is(selected) ? selected : null;
	}

	private static Action action(ExperimentHandler offer, IWorkbenchWindow window, IFile experiment) {
		Action action = new Action(LegacyActionTools.escapeMnemonics(offer.label(experiment))) {
			@Override
			public void run() {
				offer.execute(window, experiment);
			}
		};
		action.setEnabled(offer.obstacle(experiment).isEmpty());
		return action;
	}
}
