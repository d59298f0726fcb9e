package org.headstart.workbench.internal.editor;

import org.eclipse.jface.preference.IPreferenceStore;
import org.eclipse.jface.text.DefaultInformationControl;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.contentassist.ContentAssistant;
import org.eclipse.jface.text.contentassist.IContentAssistant;
import org.eclipse.jface.text.presentation.IPresentationReconciler;
import org.eclipse.jface.text.presentation.PresentationReconciler;
import org.eclipse.jface.text.reconciler.IReconciler;
import org.eclipse.jface.text.reconciler.MonoReconciler;
import org.eclipse.jface.text.rules.DefaultDamagerRepairer;
import org.eclipse.jface.text.source.ISourceViewer;
import org.eclipse.ui.editors.text.TextSourceViewerConfiguration;

/** The additions of the experiment editor to a plain text editor. */
final class ExperimentSourceViewerConfiguration extends TextSourceViewerConfiguration {

	/** Pause in typing after which the text is validated, in ms. */
	private static final int VALIDATION_DELAY = 400;

	private final ExperimentEditor editor;
	private final YamlScanner scanner = new YamlScanner();

	ExperimentSourceViewerConfiguration(ExperimentEditor editor, IPreferenceStore preferences) {
		super(preferences);
		this.editor = editor;
	}

	/**
	 * Applies the present colours of the preferences and the theme.
	 *
	 * @param viewer the viewer of this configuration
	 */
	void colour(ISourceViewer viewer) {
		scanner.colour();
		viewer.invalidateTextPresentation();
	}

	@Override
	public IPresentationReconciler getPresentationReconciler(ISourceViewer viewer) {
		PresentationReconciler reconciler = new PresentationReconciler();
		DefaultDamagerRepairer colours = new DefaultDamagerRepairer(scanner);
		reconciler.setDamager(colours, IDocument.DEFAULT_CONTENT_TYPE);
		reconciler.setRepairer(colours, IDocument.DEFAULT_CONTENT_TYPE);
		return reconciler;
	}

	@Override
	public IReconciler getReconciler(ISourceViewer viewer) {
		MonoReconciler reconciler = new MonoReconciler(new ValidatingStrategy(editor), false);
		reconciler.setDelay(VALIDATION_DELAY);
		return reconciler;
	}

	@Override
	public IContentAssistant getContentAssistant(ISourceViewer viewer) {
		ContentAssistant assistant = new ContentAssistant(true);
		assistant.setContentAssistProcessor(new ExperimentContentAssist(), IDocument.DEFAULT_CONTENT_TYPE);
		assistant.enableColoredLabels(true);
		// the kind that shows simple HTML
		assistant.setInformationControlCreator(parent -> new DefaultInformationControl(parent, true));
		assistant.setProposalPopupOrientation(IContentAssistant.PROPOSAL_OVERLAY);
		return assistant;
	}

	@Override
	public String[] getDefaultPrefixes(ISourceViewer viewer, String contentType) {
		return new String[] {"#", ""};
	}
}
