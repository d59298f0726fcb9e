package org.headstart.analysis.section;

import java.util.Optional;

/**
 * A section of a report, made from the results of a run. Equal runs must give equal sections: reports are compared byte by byte.
 *
 * <p>Called once for each report, from any thread, never from two at once.
 */
@FunctionalInterface
public interface ReportSection {

	/**
	 * @param run the results and their analysis
	 * @return the section; empty where the run has nothing that it would show
	 */
	Optional<Section> of(AnalysedRun run);
}
