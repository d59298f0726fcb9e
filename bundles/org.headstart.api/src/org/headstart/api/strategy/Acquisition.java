package org.headstart.api.strategy;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The first phase of a strategy: learn on sources and leave knowledge. Implemented by records, so that equality and the
 * text form decide what is shared: acquisitions that are equal, on the same sources, are run once for each seed, whichever arms and
 * targets they serve.
 *
 * <p>A strategy may have several, which may build on each other: the columns of a progressive network, each of which reads those
 * before it, are the same for all targets that share a beginning.
 */
public interface Acquisition {

	/**
	 * The acquisitions that this one builds on: their agents can be warm-started from in {@link #run}.
	 *
	 * @return unless the acquisition says otherwise, none
	 */
	default List<Acquisition> needs() {
		return List.of();
	}

	/**
	 * The sources that it learns on, which are the tasks of its run, in that order.
	 *
	 * @param count how many sources the arm has for the target
	 * @return different indices from 0, at least one; unless the acquisition says otherwise, all
	 */
	default List<Integer> sources(int count) {
		return IntStream.range(0, count).boxed().toList();
	}

	/**
	 * Learns on the sources. The agents that it trains, saved under their names, are the knowledge.
	 *
	 * @param run the sources' run
	 * @throws IOException when state cannot be read
	 */
	void run(StrategyRun run) throws IOException;
}
