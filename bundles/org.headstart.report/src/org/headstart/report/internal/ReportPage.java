package org.headstart.report.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.headstart.analysis.TransferAnalysis;
import org.headstart.analysis.internal.Headline;
import org.headstart.analysis.section.Block;
import org.headstart.analysis.section.Section;

/** The report of one experiment as a page. */
final class ReportPage {

	/** So many steps without a result are named. */
	private static final int WAITING_SHOWN = 8;

	private final RunReport report;
	private final TransferAnalysis analysis;
	private final ChartFiles drawings;
	private final HtmlPage page;

	/** @param drawings where the charts are */
	ReportPage(RunReport report, TransferAnalysis analysis, ChartFiles drawings) {
		this.report = report;
		this.analysis = analysis;
		this.page = new HtmlPage(report.name() + " · Headstart report");
		this.drawings = drawings;
	}

	/** @param sections what stands below the findings */
	String html(List<Section> sections) {
		head();
		for (Section section : sections) {
			page.section(section.id(), section.title());
			section.blocks().forEach(this::block);
		}
		return page.toString();
	}

	private void block(Block block) {
		switch (block) {
			case Block.Paragraph paragraph when paragraph.tone() == Block.Tone.PLAIN -> page.element("p", paragraph.text());
			case Block.Paragraph paragraph -> page.paragraph(paragraph.tone().name().toLowerCase(Locale.ROOT), paragraph.text());
			case Block.Heading heading -> page.element("h3", heading.text());
			case Block.Notes notes -> page.raw("<div class=\"note\">\n").list(notes.texts()).raw("</div>\n");
			case Block.Items items -> page.list(items.items());
			case Block.Chart chart -> page.chart(chart.model().id(), drawings.element(chart.model()));
			case Block.Table table -> page.table(table.table());
			case Block.Facts facts -> {
				page.startTable("", 0, "what", "which");
				facts.facts().forEach(fact -> page.row(0, fact.name(), fact.value()));
				page.endTable();
			}
			case Block.Definitions definitions -> {
				page.raw("<dl>\n");
				definitions.terms().forEach(term -> page.element("dt", term.name()).element("dd", term.value()));
				page.raw("</dl>\n");
			}
			case Block.Preformatted text -> page.element("pre", text.text());
		}
	}

	private void head() {
		page.raw("<header>\n").element("h1", report.name());
		if (!report.description().isBlank()) {
			page.element("p", report.description());
		}
		page.element("p", report.comparison().arms().size() + " strategies, " + report.comparison().targets().size()
				+ (report.comparison().targets().size() == 1 ? " target, " : " targets, ") + report.comparison().seeds()
				+ (report.comparison().seeds() == 1 ? " seed" : " seeds") + " planned, " + report.results().adaptations().size()
				+ " adaptations finished. Baseline: " + analysis.baseline() + "."
				+ (report.state().created().isEmpty() ? "" : " Report of " + report.state().created() + "."));
		page.raw("</header>\n<div class=\"finding\">\n").element("p", Headline.of(analysis)).raw("</div>\n");
		List<String> warnings = new ArrayList<>(analysis.warnings());
		warnings.addAll(report.state().warnings());
		if (!warnings.isEmpty()) {
			page.raw("<div class=\"warning\">\n<p><strong>To keep in mind</strong></p>\n").list(warnings).raw("</div>\n");
		}
		if (!report.state().incomplete().isEmpty()) {
			page.raw("<div class=\"warning\">\n<p><strong>Missing or failed steps</strong></p>\n").list(incomplete()).raw("</div>\n");
		}
		if (!analysis.notes().isEmpty()) {
			page.raw("<div class=\"note\">\n").list(analysis.notes()).raw("</div>\n");
		}
		page.contents();
	}

	/** All that say why, and of those that only wait for their turn the first ones. */
	private List<String> incomplete() {
		List<String> lines = new ArrayList<>();
		int waiting = 0;
		for (String line : report.state().incomplete()) {
			boolean waits = line.endsWith(": " + RunReport.NO_RESULT_YET);
			if (!waits || ++waiting <= WAITING_SHOWN) {
				lines.add(line);
			}
		}
		if (waiting > WAITING_SHOWN) {
			lines.add((waiting - WAITING_SHOWN) + " more without a result yet");
		}
		return lines;
	}
}
