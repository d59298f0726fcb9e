package org.headstart.workbench.internal.editor;

import org.eclipse.core.resources.IFile;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.IRegion;
import org.eclipse.jface.text.reconciler.DirtyRegion;
import org.eclipse.jface.text.reconciler.IReconcilingStrategy;
import org.headstart.workbench.internal.validation.ExperimentValidation;

/** Validates the text after a pause in typing, off the UI thread. */
final class ValidatingStrategy implements IReconcilingStrategy {

	private final ExperimentEditor editor;

	ValidatingStrategy(ExperimentEditor editor) {
		this.editor = editor;
	}

	@Override
	public void setDocument(IDocument document) {
		// the validation itself reads the file's buffer
	}

	@Override
	public void reconcile(DirtyRegion dirty, IRegion region) {
		validate();
	}

	@Override
	public void reconcile(IRegion partition) {
		validate();
	}

	private void validate() {
		IFile file = editor.file();
		if (file != null) {
			ExperimentValidation.schedule(file);
		}
	}
}
