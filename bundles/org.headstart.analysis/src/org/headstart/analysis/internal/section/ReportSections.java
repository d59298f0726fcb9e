package org.headstart.analysis.internal.section;

import java.util.ArrayList;
import java.util.List;

import org.headstart.analysis.section.AnalysedRun;
import org.headstart.analysis.section.ReportSection;
import org.headstart.analysis.section.Section;

/** The one list of sections: what a report shows, in the order of its page. */
public final class ReportSections {

	private static final List<ReportSection> FIGURES = List.of(new LearningCurvesSection(), new TransferSection(),
			new ImprovementSection(), new ShotsSection(), new ProfileSection(), new ReturnsSection(), new WithinTrialSection(),
			new GeneralisationSection(), new EpisodesSection(), new TrainingSection(), new CostSection());
	private static final List<ReportSection> BACKGROUND = List.of(new WhatRanSection(), new MethodSection());

	private ReportSections() {}

	/**
	 * @param run what the sections are made from
	 * @return those that have something to show: first the figures, then what ran and how figures are defined
	 */
	public static List<Section> of(AnalysedRun run) {
		List<Section> sections = new ArrayList<>();
		FIGURES.forEach(section -> section.of(run).ifPresent(sections::add));
		BACKGROUND.forEach(section -> section.of(run).ifPresent(sections::add));
		return sections;
	}
}
