package org.headstart.workbench.internal.editor;

import org.eclipse.core.resources.IFile;
import org.eclipse.jface.util.IPropertyChangeListener;
import org.eclipse.jface.util.PropertyChangeEvent;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.IEditorInput;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.editors.text.TextEditor;
import org.headstart.workbench.internal.validation.ExperimentValidation;

/** The text editor of experiment files: it colours the text, completes keys and ids, and shows problems during typing. */
public final class ExperimentEditor extends TextEditor {

	/** Its id in the plugin.xml. */
	public static final String ID = "org.headstart.workbench.experimentEditor";

	private final IPropertyChangeListener colours = this::coloursChanged;

	@Override
	protected void initializeEditor() {
		super.initializeEditor();
		setSourceViewerConfiguration(new ExperimentSourceViewerConfiguration(this, getPreferenceStore()));
		setEditorContextMenuId("#ExperimentEditorContext");
	}

	@Override
	public void createPartControl(Composite parent) {
		super.createPartControl(parent);
		PlatformUI.getWorkbench().getThemeManager().addPropertyChangeListener(colours);
	}

	/** Called when the theme or the preferences change. */
	private void coloursChanged(PropertyChangeEvent event) {
		if (getSourceViewer() != null && event.getProperty().startsWith(YamlScanner.COLOURS)
				&& getSourceViewerConfiguration() instanceof ExperimentSourceViewerConfiguration configuration) {
			configuration.colour(getSourceViewer());
		}
	}

	/** @return the edited file, or null when the input is not in the workspace */
	public IFile file() {
		IEditorInput input = getEditorInput();
		return input == null ? null : input.getAdapter(IFile.class);
	}

	@Override
	public void dispose() {
		IFile file = file();
		boolean unsaved = isDirty();
		PlatformUI.getWorkbench().getThemeManager().removePropertyChangeListener(colours);
		super.dispose();
		if (unsaved && file != null) {
			// the markers belong to text that was discarded
			ExperimentValidation.schedule(file);
		}
	}
}
