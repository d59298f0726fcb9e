package org.headstart.analysis.section;

import java.util.List;

import org.headstart.analysis.TransferAnalysis;
import org.headstart.analysis.result.AcquisitionResult;
import org.headstart.analysis.result.AdaptationResult;
import org.headstart.analysis.result.TraceResult;

/**
 * What a section is made from. Immutable.
 *
 * @param analysis the figures, with the labels of arms and targets in their order
 * @param results  what the steps have left
 * @param origin   where the results come from
 */
public record AnalysedRun(TransferAnalysis analysis, Results results, Origin origin) {

	/**
	 * What the finished steps of a run have left.
	 *
	 * @param adaptations  returns on the targets
	 * @param acquisitions curves of training on the sources
	 * @param traces       single episodes to draw
	 * @param outcomes     what each outcome of an environment means, by its name
	 */
	public record Results(List<AdaptationResult> adaptations, List<AcquisitionResult> acquisitions, List<TraceResult> traces,
			List<Fact> outcomes) {

		/** Defensive copies. */
		public Results {
			adaptations = List.copyOf(adaptations);
			acquisitions = List.copyOf(acquisitions);
			traces = List.copyOf(traces);
			outcomes = List.copyOf(outcomes);
		}
	}

	/**
	 * Where the results of a run come from.
	 *
	 * @param strategies     id of each arm's strategy, in the order of the arms
	 * @param provenance     what ran: versions of bundles, backends of networks, Java, processor …
	 * @param experimentText the experiment file as frozen with the run; may be empty
	 * @param command        the command that runs it again; may be empty
	 */
	public record Origin(List<String> strategies, List<Fact> provenance, String experimentText, String command) {

		/** Defensive copies. */
		public Origin {
			strategies = List.copyOf(strategies);
			provenance = List.copyOf(provenance);
		}
	}
}
