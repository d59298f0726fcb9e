package org.headstart.analysis.section;

import java.util.List;

import org.headstart.analysis.chart.ChartModel;
import org.headstart.analysis.figure.FigureTable;

/** A piece of a section. All texts are plain; who shows them escapes them. */
public sealed interface Block {

	/** How a paragraph is set. */
	enum Tone {
		/** As running text. */
		PLAIN,
		/** As a remark below a table or chart. */
		NOTE,
		/** As the statement that there is nothing to show. */
		MUTED
	}

	/**
	 * A paragraph.
	 *
	 * @param text the text
	 * @param tone how it is set
	 */
	record Paragraph(String text, Tone tone) implements Block {}

	/**
	 * A heading within the section.
	 *
	 * @param text the heading
	 */
	record Heading(String text) implements Block {}

	/**
	 * Several remarks below a table or chart.
	 *
	 * @param texts one sentence or more each
	 */
	record Notes(List<String> texts) implements Block {

		/** Defensive copy. */
		public Notes {
			texts = List.copyOf(texts);
		}
	}

	/**
	 * A list of items.
	 *
	 * @param items the items
	 */
	record Items(List<String> items) implements Block {

		/** Defensive copy. */
		public Items {
			items = List.copyOf(items);
		}
	}

	/**
	 * A chart, which stands in files of its own too.
	 *
	 * @param model the chart
	 */
	record Chart(ChartModel model) implements Block {}

	/**
	 * A table of figures, which stands in a CSV file too.
	 *
	 * @param table the table
	 */
	record Table(FigureTable table) implements Block {}

	/**
	 * A table of names and values.
	 *
	 * @param facts the rows
	 */
	record Facts(List<Fact> facts) implements Block {

		/** Defensive copy. */
		public Facts {
			facts = List.copyOf(facts);
		}
	}

	/**
	 * Terms and their definitions.
	 *
	 * @param terms the terms
	 */
	record Definitions(List<Fact> terms) implements Block {

		/** Defensive copy. */
		public Definitions {
			terms = List.copyOf(terms);
		}
	}

	/**
	 * Text that keeps its lines, for example a file or a command.
	 *
	 * @param text the text
	 */
	record Preformatted(String text) implements Block {}
}
