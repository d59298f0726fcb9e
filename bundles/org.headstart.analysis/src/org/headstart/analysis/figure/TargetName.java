package org.headstart.analysis.figure;

import java.util.Locale;

/** Labels of targets where they stand beside names of our own, as headings of charts and in sentences. */
public final class TargetName {

	/** What figures over all targets are called. */
	public static final String ALL = "all targets";

	private TargetName() {}

	/**
	 * @param label a target's label, any text
	 * @return the label; in quotation marks where it could be taken for {@link #ALL} or for such a quotation
	 */
	public static String shown(String label) {
		String folded = label.strip().toLowerCase(Locale.ROOT);
		return folded.startsWith(ALL) || label.startsWith("the target \"") ? "the target \"" + label + "\"" : label;
	}
}
