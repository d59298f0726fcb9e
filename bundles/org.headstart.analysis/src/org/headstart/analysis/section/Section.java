package org.headstart.analysis.section;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.headstart.analysis.chart.ChartModel;
import org.headstart.analysis.figure.FigureTable;
import org.headstart.analysis.section.Block.Tone;

/**
 * What a section of a report shows: an immutable list of blocks under a title.
 *
 * @param id     names the section in links: lower case, digits and hyphens; unique in a report
 * @param title  its heading
 * @param blocks what stands below the heading, in order
 */
public record Section(String id, String title, List<Block> blocks) {

	private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

	/** Defensive copy; refuses an id of another form. */
	public Section {
		if (!ID.matcher(id).matches()) {
			throw new IllegalArgumentException("'" + id + "' is no id of a section: an id has lower-case letters, digits and hyphens");
		}
		blocks = List.copyOf(blocks);
	}

	/** @return the charts, in order */
	public List<ChartModel> charts() {
		return of(Block.Chart.class, Block.Chart::model);
	}

	/** @return the tables of figures, in order */
	public List<FigureTable> tables() {
		return of(Block.Table.class, Block.Table::table);
	}

	private <B extends Block, T> List<T> of(Class<B> type, Function<B, T> content) {
		return blocks.stream().filter(type::isInstance).map(type::cast).map(content).toList();
	}

	/**
	 * @param id    the section's id
	 * @param title the section's heading
	 * @return a builder without blocks
	 */
	public static Builder titled(String id, String title) {
		return new Builder(id, title);
	}

	/** Puts a section together, block after block. Not thread-safe. */
	public static final class Builder {

		private final String id;
		private final String title;
		private final List<Block> blocks = new ArrayList<>();

		private Builder(String id, String title) {
			this.id = id;
			this.title = title;
		}

		/**
		 * @param text of a paragraph
		 * @return this
		 */
		public Builder paragraph(String text) {
			return add(new Block.Paragraph(text, Tone.PLAIN));
		}

		/**
		 * @param text a remark
		 * @return this
		 */
		public Builder note(String text) {
			return add(new Block.Paragraph(text, Tone.NOTE));
		}

		/**
		 * @param text says that there is nothing to show, and why
		 * @return this
		 */
		public Builder muted(String text) {
			return add(new Block.Paragraph(text, Tone.MUTED));
		}

		/**
		 * @param text a heading within the section
		 * @return this
		 */
		public Builder heading(String text) {
			return add(new Block.Heading(text));
		}

		/**
		 * @param texts remarks
		 * @return this
		 */
		public Builder notes(List<String> texts) {
			return add(new Block.Notes(texts));
		}

		/**
		 * @param items of a list
		 * @return this
		 */
		public Builder items(List<String> items) {
			return add(new Block.Items(items));
		}

		/**
		 * @param charts charts, one below the other
		 * @return this
		 */
		public Builder charts(Iterable<? extends ChartModel> charts) {
			charts.forEach(chart -> add(new Block.Chart(chart)));
			return this;
		}

		/**
		 * @param tables tables of figures, one below the other
		 * @return this
		 */
		public Builder tables(Iterable<FigureTable> tables) {
			tables.forEach(table -> add(new Block.Table(table)));
			return this;
		}

		/**
		 * @param facts names and values
		 * @return this
		 */
		public Builder facts(List<Fact> facts) {
			return add(new Block.Facts(facts));
		}

		/**
		 * @param terms terms and their definitions
		 * @return this
		 */
		public Builder definitions(List<Fact> terms) {
			return add(new Block.Definitions(terms));
		}

		/**
		 * @param text keeps its lines
		 * @return this
		 */
		public Builder preformatted(String text) {
			return add(new Block.Preformatted(text));
		}

		/**
		 * @param block any block
		 * @return this
		 */
		public Builder add(Block block) {
			blocks.add(block);
			return this;
		}

		/** @return the section */
		public Section build() {
			return new Section(id, title, blocks);
		}
	}
}
