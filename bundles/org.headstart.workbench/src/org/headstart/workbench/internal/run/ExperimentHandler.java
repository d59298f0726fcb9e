package org.headstart.workbench.internal.run;

import java.util.Map;
import java.util.Optional;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.resources.IFile;
import org.eclipse.jface.action.LegacyActionTools;
import org.eclipse.ui.IEditorPart;
import org.eclipse.ui.ISources;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.commands.IElementUpdater;
import org.eclipse.ui.handlers.HandlerUtil;
import org.eclipse.ui.menus.UIElement;
import org.headstart.workbench.internal.ExperimentFile;

/**
 * A command for one experiment, that of the active editor. Menu and tool bar show the experiment's name, and the reason if
 * the command is not possible at present. {@link ExperimentsInFront} keeps both up to date.
 */
abstract class ExperimentHandler extends AbstractHandler implements IElementUpdater {

	private static final String NONE = "no experiment in the active editor";

	private final String verb;
	private final String object;

	/**
	 * @param verb   the verb, for example {@code "Run"}
	 * @param object the object, if there is no experiment to name
	 */
	ExperimentHandler(String verb, String object) {
		this.verb = verb;
		this.object = object;
	}

	/**
	 * @param window a window
	 * @return the experiment in the active editor, or null
	 */
	static IFile inFront(IWorkbenchWindow window) {
		IEditorPart editor = window == null || window.getActivePage() == null ? null : window.getActivePage().getActiveEditor();
		return editor == null ? null : of(editor);
	}

	/**
	 * @param editor an editor
	 * @return the experiment in it, or null
	 */
	static IFile of(IEditorPart editor) {
		IFile file = editor.getEditorInput().getAdapter(IFile.class);
		return ExperimentFile.is(file) ? file : null;
	}

	/**
	 * @param experiment an experiment
	 * @return why the command is not possible at present, in a few words; empty when it is
	 */
	abstract Optional<String> obstacle(IFile experiment);

	/**
	 * Executes the command. Called on the UI thread.
	 *
	 * @param window     the user's window
	 * @param experiment an experiment without an obstacle
	 */
	abstract void execute(IWorkbenchWindow window, IFile experiment);

	/**
	 * @param experiment an experiment, or null
	 * @return the label, for example {@code "Run point-goal-transfer"}, with the reason in brackets if the command is not
	 *         possible
	 */
	final String label(IFile experiment) {
		return experiment == null ? nothing() : verb + " " + ExperimentFile.name(experiment) + inBrackets(experiment);
	}

	private String nothing() {
		return verb + " " + object + " (" + NONE + ")";
	}

	private String inBrackets(IFile experiment) {
		return obstacle(experiment).map(why -> " (" + why + ")").orElse("");
	}

	@Override
	public final void setEnabled(Object evaluationContext) {
		IFile experiment = HandlerUtil.getVariable(evaluationContext,
				ISources.ACTIVE_WORKBENCH_WINDOW_NAME) instanceof IWorkbenchWindow window ? inFront(window) : null;
		setBaseEnabled(experiment != null && obstacle(experiment).isEmpty());
	}

	@Override
	public final void updateElement(UIElement element, @SuppressWarnings("rawtypes") Map parameters) {
		IFile experiment = inFront(element.getServiceLocator().getService(IWorkbenchWindow.class));
		element.setText("&" + LegacyActionTools.escapeMnemonics(label(experiment)));
		element.setTooltip(experiment == null ? nothing() : "%s %s in %s%s".formatted(verb, ExperimentFile.name(experiment),
				experiment.getParent().getFullPath().makeRelative(), inBrackets(experiment)));
	}

	@Override
	public final Object execute(ExecutionEvent event) throws ExecutionException {
		IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
		IFile experiment = inFront(window);
		// a key binding may have been faster than the update
		if (experiment != null && obstacle(experiment).isEmpty()) {
			execute(window, experiment);
		}
		return null;
	}
}
