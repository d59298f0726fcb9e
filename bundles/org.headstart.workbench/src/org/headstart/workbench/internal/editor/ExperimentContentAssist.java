package org.headstart.workbench.internal.editor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.jface.text.BadLocationException;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.IRegion;
import org.eclipse.jface.text.ITextViewer;
import org.eclipse.jface.text.contentassist.CompletionProposal;
import org.eclipse.jface.text.contentassist.ICompletionProposal;
import org.eclipse.jface.text.contentassist.IContentAssistProcessor;
import org.eclipse.jface.text.contentassist.IContextInformation;
import org.eclipse.jface.text.contentassist.IContextInformationValidator;
import org.headstart.api.settings.SettingEntry;
import org.headstart.engine.internal.catalog.BrokenContributionException;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.catalog.Contribution;
import org.headstart.engine.internal.experiment.ExperimentFormat;
import org.headstart.runtime.internal.Installation;

/** Proposes keys, ids and choices, with their documentation, from the same records that validate the file. */
final class ExperimentContentAssist implements IContentAssistProcessor {

	private static final Set<String> OWN = Set.of("backbone", "learner");
	private static final Map<String, String> KEY_OF_ID = Map.of("source", "environment", "target", "environment");

	private static final Pattern LAST_WORD = Pattern.compile("[A-Za-z0-9][\\w.-]*$");

	private String error;

	@Override
	public ICompletionProposal[] computeCompletionProposals(ITextViewer viewer, int offset) {
		error = null;
		IDocument document = viewer.getDocument();
		try {
			IRegion line = document.getLineInformationOfOffset(offset);
			String before = document.get(line.getOffset(), offset - line.getOffset());
			Matcher word = LAST_WORD.matcher(before);
			int start = word.find() ? word.start() : before.length();
			String prefix = before.substring(start);
			String head = before.substring(0, start).stripTrailing();
			KeyPath path = KeyPath.at(document.get(), offset);
			List<ICompletionProposal> proposals = new ArrayList<>();
			if (head.endsWith(":")) {
				String key = head.substring(0, head.length() - 1).replaceFirst("^.*[\\s{,]", "");
				values(path, key, prefix, offset, proposals);
			} else {
				keys(path, prefix, offset, proposals);
			}
			if (proposals.isEmpty()) {
				error = "No proposals at this position";
			}
			return proposals.toArray(ICompletionProposal[]::new);
		} catch (BadLocationException | BrokenContributionException e) {
			error = e.getMessage();
			return new ICompletionProposal[0];
		}
	}

	private static void keys(KeyPath path, String prefix, int offset, List<ICompletionProposal> proposals) {
		for (SettingEntry entry : entries(path)) {
			if (entry.key().startsWith(prefix) && !path.has(entry.key())) {
				String label = entry.key() + entry.byDefault().map(text -> "  (" + text + ")").orElse("");
				proposals.add(proposal(entry.key() + ": ", prefix, offset, label, describe(entry)));
			}
		}
	}

	private static List<SettingEntry> entries(KeyPath path) {
		List<SettingEntry> entries = ExperimentFormat.entries();
		for (int depth = 1; depth <= path.depth(); depth++) {
			String key = path.maps().get(depth).key();
			List<SettingEntry> inner = new ArrayList<>();
			entries.stream().filter(entry -> entry.key().equals(key)).flatMap(entry -> entry.nested().stream())
					.forEach(schema -> inner.addAll(schema.entries()));
			if (isInner(path, depth)) {
				inner.addAll(ExperimentFormat.choiceEntries());
			}
			if (depth == 1 || isInner(path, depth)) {
				Contribution<?> chosen = contributions(key).get(path.value(depth, idKey(key)));
				if (chosen != null) {
					// an environment's setting 'updates' is not the budget
					inner.removeIf(entry -> chosen.schema().keys().contains(entry.key()));
					inner.addAll(chosen.schema().entries());
				}
			}
			entries = inner;
		}
		return entries;
	}

	private static void values(KeyPath path, String key, String prefix, int offset, List<ICompletionProposal> proposals) {
		String in = path.maps().get(path.depth()).key();
		if ((path.depth() == 1 || isInner(path, path.depth())) && key.equals(idKey(in))) {
			contributions(in).values().stream().filter(known -> known.id().startsWith(prefix))
					.forEach(known -> proposals.add(proposal(known.id(), prefix, offset, known.id() + "  " + known.name(),
							known.description() + "<br>From bundle " + known.bundle())));
			return;
		}
		for (SettingEntry entry : entries(path)) {
			if (entry.key().equals(key)) {
				List<String> choices = entry.type().equals("true or false") ? List.of("true", "false") : entry.choices();
				choices.stream().filter(choice -> choice.startsWith(prefix))
						.forEach(choice -> proposals.add(proposal(choice, prefix, offset, choice, describe(entry))));
			}
		}
	}

	/** Whether a map names a contribution within the map of another one: a wrapper, or an arm's own learner or backbone. */
	private static boolean isInner(KeyPath path, int depth) {
		String key = depth == 2 ? path.maps().get(depth).key() : "";
		return key.equals("wrap") || OWN.contains(key) && path.maps().get(1).key().equals("strategies");
	}

	private static String idKey(String section) {
		return KEY_OF_ID.getOrDefault(section, "id");
	}

	private static SortedMap<String, ? extends Contribution<?>> contributions(String section) {
		Catalog catalog = Installation.current().catalog();
		return switch (section) {
			case "backbone" -> catalog.backbones();
			case "learner" -> catalog.learners();
			case "losses" -> catalog.losses();
			case "source", "target" -> catalog.environments();
			case "wrap" -> catalog.wrappers();
			case "strategies" -> catalog.strategies();
			case "executor" -> catalog.executors();
			default -> Collections.emptySortedMap();
		};
	}

	private static String describe(SettingEntry entry) {
		StringBuilder text = new StringBuilder(entry.doc()).append("<br><br>Type: ").append(entry.type());
		if (!entry.unit().isEmpty()) {
			text.append(", in ").append(entry.unit());
		}
		text.append("<br>").append(entry.byDefault().map(value -> "Default: " + value).orElse("Required"));
		return text.toString();
	}

	private static ICompletionProposal proposal(String text, String prefix, int offset, String label, String info) {
		return new CompletionProposal(text, offset - prefix.length(), prefix.length(), text.length(), null, label, null, info);
	}

	@Override
	public IContextInformation[] computeContextInformation(ITextViewer viewer, int offset) {
		return new IContextInformation[0];
	}

	@Override
	public char[] getCompletionProposalAutoActivationCharacters() {
		return new char[0];
	}

	@Override
	public char[] getContextInformationAutoActivationCharacters() {
		return new char[0];
	}

	@Override
	public String getErrorMessage() {
		return error;
	}

	@Override
	public IContextInformationValidator getContextInformationValidator() {
		return null;
	}
}
