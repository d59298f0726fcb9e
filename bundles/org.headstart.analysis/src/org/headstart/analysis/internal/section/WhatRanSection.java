package org.headstart.analysis.internal.section;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.headstart.analysis.result.AdaptationResult;
import org.headstart.analysis.section.AnalysedRun;
import org.headstart.analysis.section.Fact;
import org.headstart.analysis.section.ReportSection;
import org.headstart.analysis.section.Section;

/** The code, machines and seeds behind the results, and the command that repeats them. */
final class WhatRanSection implements ReportSection {

	@Override
	public Optional<Section> of(AnalysedRun run) {
		AnalysedRun.Origin origin = run.origin();
		List<String> arms = run.analysis().arms();
		List<Fact> facts = new ArrayList<>();
		facts.add(new Fact("Strategies", IntStream.range(0, arms.size()).mapToObj(arm -> arms.get(arm).equals(origin.strategies().get(arm))
				? arms.get(arm) : arms.get(arm) + " (" + origin.strategies().get(arm) + ")").collect(Collectors.joining(", "))));
		facts.add(new Fact("Seeds", seeds(run.results().adaptations())));
		facts.addAll(origin.provenance());
		Section.Builder section = Section.titled("what-ran", "What ran").facts(facts);
		if (!origin.command().isEmpty()) {
			section.heading("To run it again").preformatted(origin.command());
		}
		if (!origin.experimentText().isEmpty()) {
			section.heading("The experiment, as frozen with the run").preformatted(origin.experimentText().strip());
		}
		return Optional.of(section.build());
	}

	private static String seeds(List<AdaptationResult> results) {
		TreeSet<Integer> seeds = new TreeSet<>();
		results.forEach(result -> seeds.add(result.seed()));
		if (seeds.isEmpty()) {
			return "none finished";
		}
		boolean gapless = seeds.last() - seeds.first() + 1 == seeds.size();
		return gapless && seeds.size() > 1 ? seeds.first() + " to " + seeds.last()
				: seeds.toString().replace("[", "").replace("]", "");
	}
}
