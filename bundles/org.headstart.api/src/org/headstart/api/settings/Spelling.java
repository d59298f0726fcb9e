package org.headstart.api.settings;

import java.util.Collection;
import java.util.Optional;

/** Suggests the known word with the smallest edit distance (Levenshtein 1966) to a misspelt word. */
public final class Spelling {

	/** The length up to which words are compared, since the distance takes quadratic time. */
	private static final int LONGEST = 64;

	private Spelling() {}

	/**
	 * The known word nearest to a wrong one.
	 *
	 * @param word  the misspelt word
	 * @param known the known words
	 * @return the nearest; empty when more than a third of its letters and one more differ
	 */
	public static Optional<String> nearest(String word, Collection<String> known) {
		String best = null;
		int bestDistance = Integer.MAX_VALUE;
		if (word.length() > LONGEST) {
			return Optional.empty();
		}
		for (String candidate : known) {
			if (candidate.length() > LONGEST) {
				continue;
			}
			int distance = distance(word, candidate);
			if (distance < bestDistance && distance <= candidate.length() / 3 + 1) {
				best = candidate;
				bestDistance = distance;
			}
		}
		return Optional.ofNullable(best);
	}

	/**
	 * Makes the message for an unknown word, with the nearest known word and all known words.
	 *
	 * @param what  the kind of thing that the word names, for example {@code "key"}
	 * @param word  the unknown word
	 * @param known the known words
	 * @return for example {@code "unknown key 'rte'; did you mean 'rate'? There are: rate, seed"}
	 */
	public static String unknown(String what, String word, Collection<String> known) {
		StringBuilder text = new StringBuilder("unknown ").append(what).append(" '").append(shorten(word)).append('\'');
		Optional<String> nearest = nearest(word, known);
		nearest.ifPresent(near -> text.append("; did you mean '").append(near).append("'?"));
		text.append(nearest.isPresent() ? " There " : "; there ");
		return text.append(known.isEmpty() ? "are none" : "are: " + String.join(", ", known)).toString();
	}

	/** Shortens text of several lines or more than a line's length, which would hide the message. */
	static String shorten(String text) {
		String oneLine = text.replaceAll("\\p{Cntrl}+", " ");
		return oneLine.length() <= LONGEST ? oneLine : oneLine.substring(0, LONGEST - 1) + "…";
	}

	private static int distance(String a, String b) {
		int[] row = new int[b.length() + 1];
		for (int j = 0; j <= b.length(); j++) {
			row[j] = j;
		}
		for (int i = 1; i <= a.length(); i++) {
			int diagonal = row[0];
			row[0] = i;
			for (int j = 1; j <= b.length(); j++) {
				int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
				diagonal = row[j];
				row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
			}
		}
		return row[b.length()];
	}
}
