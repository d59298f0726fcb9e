package org.headstart.workbench.internal.editor;

import static org.headstart.workbench.internal.TestWorkspace.await;
import static org.headstart.workbench.internal.TestWorkspace.page;
import static org.headstart.workbench.internal.TestWorkspace.problems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import org.eclipse.core.resources.IFile;
import org.eclipse.core.resources.IMarker;
import org.eclipse.e4.ui.css.swt.theme.IThemeEngine;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.ITextViewer;
import org.eclipse.jface.text.contentassist.ICompletionProposal;
import org.eclipse.swt.custom.StyleRange;
import org.eclipse.swt.graphics.Color;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.ide.IDE;
import org.headstart.workbench.internal.TestWorkspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExperimentEditorTest {

	private static final Duration SOON = Duration.ofMinutes(2);

	private TestWorkspace workspace;

	@BeforeEach
	void open() throws Exception {
		workspace = new TestWorkspace();
	}

	@AfterEach
	void close() throws Exception {
		workspace.close();
	}

	private static ExperimentEditor edit(IFile file) throws Exception {
		return assertInstanceOf(ExperimentEditor.class, IDE.openEditor(page(), file, true));
	}

	private static IDocument document(ExperimentEditor editor) {
		return editor.getDocumentProvider().getDocument(editor.getEditorInput());
	}

	private static List<String> proposals(ExperimentEditor editor, String text) {
		int offset = text.indexOf('¦');
		document(editor).set(text.replace("¦", ""));
		ICompletionProposal[] proposals = new ExperimentContentAssist()
				.computeCompletionProposals(editor.getAdapter(ITextViewer.class), offset);
		return Arrays.stream(proposals).map(ICompletionProposal::getDisplayString).toList();
	}

	private static void assertProposes(List<String> proposals, String start) {
		assertTrue(proposals.stream().anyMatch(proposal -> proposal.startsWith(start)), () -> start + " in " + proposals);
	}

	@Test
	void anErrorIsMarkedWhereItIsAndGoesWhenItIsMended() throws Exception {
		IFile file = workspace.file("broken.experiment.yaml", TestWorkspace.TINY.replace("seeds: 2", "seeds: many"));
		await(SOON, () -> "no marker", () -> problems(file).size() == 1);
		IMarker marker = problems(file).get(0);
		assertEquals(IMarker.SEVERITY_ERROR, marker.getAttribute(IMarker.SEVERITY, -1));
		int line = TestWorkspace.TINY.substring(0, TestWorkspace.TINY.indexOf("seeds")).split("\n", -1).length;
		assertEquals(line, marker.getAttribute(IMarker.LINE_NUMBER, -1));
		assertEquals("many", TestWorkspace.TINY.replace("seeds: 2", "seeds: many")
				.substring(marker.getAttribute(IMarker.CHAR_START, 0), marker.getAttribute(IMarker.CHAR_END, 0)));

		ExperimentEditor editor = edit(file);
		document(editor).set(TestWorkspace.TINY);
		await(SOON, () -> "still marked: " + problems(file), () -> problems(file).isEmpty());
	}

	@Test
	void unsavedTextCountsUntilItIsThrownAway() throws Exception {
		IFile file = workspace.file("valid.experiment.yaml", TestWorkspace.TINY);
		ExperimentEditor editor = edit(file);
		document(editor).set(TestWorkspace.TINY + "learnr: 5\n");
		await(SOON, () -> "no marker", () -> problems(file).size() == 1);
		page().closeEditor(editor, false);
		await(SOON, () -> "still marked", () -> problems(file).isEmpty());
	}

	@Test
	void proposesKeysThatAreNotThereYet() throws Exception {
		ExperimentEditor editor = edit(workspace.file("assist.experiment.yaml", ""));
		List<String> top = proposals(editor, "name: a\nse¦\n");
		assertProposes(top, "seeds");
		assertProposes(top, "seed");
		assertTrue(proposals(editor, "name: a\nseeds: 5\nseeds¦\n").isEmpty());
		assertProposes(proposals(editor, "evaluation:\n  ¦\n"), "every");
		assertProposes(proposals(editor, "tri¦\n"), "trial");
		assertProposes(proposals(editor, "trial: {¦}\n"), "episodes");
	}

	@Test
	void proposesWhatIsInstalledAndItsSettings() throws Exception {
		ExperimentEditor editor = edit(workspace.file("assist.experiment.yaml", ""));
		assertProposes(proposals(editor, "learner: {id: ¦}\n"), "ppo");
		assertProposes(proposals(editor, "learner:\n  id: p¦\n"), "ppo");
		assertProposes(proposals(editor, "learner:\n  id: ppo\n  l¦\n"), "learning-rate");
		assertProposes(proposals(editor, "target:\n  - environment: c¦\n"), "cart-pole");
		assertProposes(proposals(editor, "strategies:\n  - {id: fine-tune, layers: ¦}\n"), "last");
		assertProposes(proposals(editor, "source:\n  - environment: point-goal\n    sector: {f¦}\n"), "from");
		assertProposes(proposals(editor, "target:\n  - environment: cart-pole\n    w¦\n"), "wrap");
		assertProposes(proposals(editor, "target:\n  - {environment: cart-pole, wrap: [{¦}]}\n"), "id");
		assertProposes(proposals(editor, "target:\n  - {environment: cart-pole, wrap: [{id: ¦}]}\n"), "frame-stack");
		assertProposes(proposals(editor, "target:\n  - environment: cart-pole\n    wrap:\n      - id: context\n        n¦\n"), "noise");
	}

	@Test
	void aProposalReplacesWhatWasTyped() throws Exception {
		ExperimentEditor editor = edit(workspace.file("assist.experiment.yaml", ""));
		IDocument document = document(editor);
		document.set("learner:\n  id: ppo\n  learning-r\n");
		int offset = document.get().indexOf("learning-r") + "learning-r".length();
		ICompletionProposal[] proposals = new ExperimentContentAssist()
				.computeCompletionProposals(editor.getAdapter(ITextViewer.class), offset);
		assertEquals(1, proposals.length);
		proposals[0].apply(document);
		assertEquals("learner:\n  id: ppo\n  learning-rate: \n", document.get());
	}

	private static Color colourOfFirstKey(ExperimentEditor editor) {
		StyleRange style = editor.getAdapter(ITextViewer.class).getTextWidget().getStyleRangeAtOffset(0);
		return style == null ? null : style.foreground;
	}

	/** An editor that is open takes over the colours of another theme. */
	@Test
	@SuppressWarnings("restriction") // Eclipse has no other way to change the theme without a restart
	void theColoursFollowTheTheme() throws Exception {
		ExperimentEditor editor = edit(workspace.file("colours.experiment.yaml", TestWorkspace.TINY));
		IThemeEngine themes = PlatformUI.getWorkbench().getService(IThemeEngine.class);
		String before = themes.getActiveTheme().getId();
		try {
			themes.setTheme("org.eclipse.e4.ui.css.theme.e4_dark", false);
			await(SOON, () -> "not dark: " + colourOfFirstKey(editor),
					() -> new Color(130, 180, 255).equals(colourOfFirstKey(editor)));
			themes.setTheme("org.eclipse.e4.ui.css.theme.e4_default", false);
			await(SOON, () -> "not light: " + colourOfFirstKey(editor),
					() -> new Color(20, 60, 160).equals(colourOfFirstKey(editor)));
		} finally {
			themes.setTheme(before, false);
		}
	}
}
