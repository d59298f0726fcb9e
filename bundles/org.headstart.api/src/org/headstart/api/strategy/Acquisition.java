package org.headstart.api.strategy;

import java.io.IOException;

/**
 * The first phase of a strategy: learn on the sources and leave knowledge. Implemented by records, so that equality and the
 * text form decide what is shared: two strategies with equal acquisitions run it once for each seed.
 */
public interface Acquisition {

	/**
	 * Learns on the sources. The agents that it trains, saved under their names, are the knowledge.
	 *
	 * @param run the sources' run
	 * @throws IOException when state cannot be read
	 */
	void run(StrategyRun run) throws IOException;
}
