package org.headstart.analysis.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A table as data: all that a front end needs to show it. Page, terminal, CSV and JSON show the same ones, so that none says more
 * or less than another. Immutable.
 *
 * @param kind    what it is about
 * @param caption how the figures were made; may be empty
 * @param leading what stands before the figures of a row, from left to right
 * @param columns the figures of a row
 * @param rows    from top to bottom; those of one {@link Key#group()} follow each other
 */
public record FigureTable(Kind kind, String caption, List<Leading> leading, List<Column> columns, List<Row> rows) {

	/** Defensive copies, and a check of the shape. */
	public FigureTable {
		leading = List.copyOf(leading);
		columns = List.copyOf(columns);
		rows = List.copyOf(rows);
		for (Row row : rows) {
			if (row.cells().size() != columns.size()) {
				throw new IllegalArgumentException(row.cells().size() + " figures for " + columns.size() + " columns");
			}
		}
	}

	/** What tables are about: one word for programs each, which stays. */
	public enum Kind {
		/** The few figures of a target that a run ends with. */
		SUMMARY("summary"),
		/** What is gained against the baseline, over all targets. */
		TRANSFER_OVERALL("transfer-overall"),
		/** What is gained against the baseline on each target. */
		TRANSFER("transfer"),
		/** What the gains are made of. */
		PARTS("parts"),
		/** Judged return after granted episodes. */
		SHOTS("shots"),
		/** The same, against the baseline. */
		SHOT_DIFFERENCES("shot-differences"),
		/** Aggregates of normalised scores. */
		AGGREGATES("aggregates"),
		/** Returns and outcomes of last evaluations. */
		RETURNS("returns"),
		/** The same, against the baseline. */
		RETURN_DIFFERENCES("return-differences"),
		/** Returns by the number of the episode in a trial. */
		EPISODES("episodes"),
		/** Tasks to learn on against held-out ones. */
		GENERALISATION("generalisation"),
		/** Steps and time. */
		COST("cost"),
		/** Two runs side by side. */
		COMPARISON("comparison");

		private final String word;

		Kind(String word) {
			this.word = word;
		}

		/** @return for programs: lower case and hyphens */
		public String word() {
			return word;
		}
	}

	/** What says of which a row is, beside the heading of its group. */
	public enum Leading {
		/** The arm's label. */
		STRATEGY("strategy"),
		/** The name of the figure. */
		FIGURE("figure"),
		/** Seeds behind the figures. */
		SEEDS("seeds"),
		/** Runs behind the figures, of all targets together. */
		RUNS("runs");

		private final String heading;

		Leading(String heading) {
			this.heading = heading;
		}

		/** @return the column's heading */
		public String heading() {
			return heading;
		}

		/** @return whether the column holds numbers */
		public boolean isNumber() {
			return this == SEEDS || this == RUNS;
		}

		/**
		 * @param row a row
		 * @return what stands there in it
		 */
		public String of(Row row) {
			return switch (this) {
				case STRATEGY -> row.key().arm();
				case FIGURE -> row.key().figure();
				case SEEDS, RUNS -> String.valueOf(row.runs());
			};
		}
	}

	/** Over what a row's figures are taken. Kept apart from labels, which may be any text. */
	public enum Scope {
		/** One target. */
		TARGET("target"),
		/** All targets that take part in figures over all. */
		ALL_TARGETS("all targets"),
		/** A target that could be learned on, against one that is held out. */
		PAIR("pair of targets"),
		/** The sources of an arm, whatever the target. */
		SOURCES("sources");

		private final String word;

		Scope(String word) {
			this.word = word;
		}

		/** @return for programs */
		public String word() {
			return word;
		}
	}

	/**
	 * A figure's column.
	 *
	 * @param key      for programs: unique in the table; what stands behind a colon is a name from elsewhere or a number
	 * @param heading  for people
	 * @param narrow   the same where room is short
	 * @param unit     of its numbers; may be empty
	 * @param at       number of granted episodes, or of the episode in a trial; −1: neither
	 * @param compared whether it is against the baseline
	 */
	public record Column(String key, String heading, String narrow, String unit, int at, boolean compared) {

		/** One that is at no number. */
		public Column(String key, String heading, String narrow, String unit, boolean compared) {
			this(key, heading, narrow, unit, -1, compared);
		}
	}

	/**
	 * What a row is of.
	 *
	 * @param scope   over what its figures are taken
	 * @param target  label; of a pair the held-out one; empty where it is not of one target
	 * @param against label of a pair's other target; else empty
	 * @param arm     label
	 * @param figure  what is compared, where each row has another figure; else empty
	 * @param group   heading over rows that belong together; may be empty
	 */
	public record Key(Scope scope, String target, String against, String arm, String figure, String group) {

		/** Not told by the heading: labels may be such that two headings read the same. */
		private boolean sameGroup(Key other) {
			return scope == other.scope && target.equals(other.target) && against.equals(other.against)
					&& (figure.isEmpty() || arm.equals(other.arm));
		}

		/**
		 * @param target label
		 * @param arm    label
		 * @return a row of an arm on one target, under the target's name
		 */
		public static Key of(String target, String arm) {
			return new Key(Scope.TARGET, target, "", arm, "", target);
		}

		/**
		 * @param arm label
		 * @return a row of an arm over all targets
		 */
		public static Key overall(String arm) {
			return new Key(Scope.ALL_TARGETS, "", "", arm, "", "");
		}
	}

	/**
	 * A row.
	 *
	 * @param key        what it is of
	 * @param runs       runs behind its figures, at least
	 * @param resampling how arm and baseline were resampled; empty where there is nothing to say
	 * @param cells      one for each column
	 */
	public record Row(Key key, int runs, String resampling, List<Cell> cells) {

		/** Defensive copy. */
		public Row {
			cells = List.copyOf(cells);
		}
	}

	/**
	 * One figure.
	 *
	 * @param estimate the numbers and what qualifies them
	 * @param text     the same for people
	 */
	public record Cell(Estimate estimate, String text) {

		/**
		 * @param estimate the numbers
		 * @param text     the same for people
		 * @return the figure, with the estimate's word behind the text where there is a figure
		 */
		public static Cell of(Estimate estimate, String text) {
			String word = estimate.qualification().word();
			return new Cell(estimate, estimate.isDefined() && !word.isEmpty() ? text + " (" + word + ")" : text);
		}

		/** @return whether there is a figure, or a reason why there is none */
		public boolean says() {
			return estimate.isDefined() || !estimate.qualification().note().isEmpty();
		}
	}

	/**
	 * @param index of a row
	 * @return whether its group's heading stands over it
	 */
	public boolean startsGroup(int index) {
		Key key = rows.get(index).key();
		return !key.group().isEmpty() && (index == 0 || !key.sameGroup(rows.get(index - 1).key()));
	}

	/**
	 * @return sentences for below the table: why figures and intervals are missing, and what bounds are. Each says of which
	 *         figures it is, unless of all
	 */
	public List<String> notes() {
		Map<String, Set<String>> who = new LinkedHashMap<>();
		Map<String, Set<String>> what = new LinkedHashMap<>();
		boolean several = rows.stream().map(row -> row.key().group()).distinct().count() > 1;
		Set<String> all = new LinkedHashSet<>();
		for (Row row : rows) {
			Key key = row.key();
			String name = !several || key.group().isEmpty() ? key.arm()
					: key.figure().isEmpty() ? key.arm() + " on " + TargetName.shown(key.group()) : key.group();
			all.add(name);
			for (int column = 0; column < columns.size(); column++) {
				String note = row.cells().get(column).estimate().qualification().note();
				if (!note.isEmpty()) {
					who.computeIfAbsent(note, any -> new LinkedHashSet<>()).add(name);
					what.computeIfAbsent(note, any -> new LinkedHashSet<>()).add(columns.get(column).heading());
				}
			}
		}
		List<String> notes = new ArrayList<>();
		who.forEach((note, names) -> {
			String sentence = (names.equals(all) ? "" : String.join(", ", names) + ": ")
					+ (what.get(note).size() > 2 ? "" : String.join(" and ", what.get(note)) + ": ") + note + ".";
			// a label keeps its case
			notes.add(names.equals(all) ? sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1) : sentence);
		});
		return notes;
	}
}
