package org.headstart.api.strategy;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The first phase of a strategy: it learns on sources and leaves knowledge. Implement it as a record, since equality and the
 * text form decide what is shared: equal acquisitions on the same sources are run once for each seed and serve all arms and
 * targets that need them.
 *
 * <p>A strategy may have several acquisitions that build on each other. Example: each column of a progressive network reads
 * the columns before it, so targets whose lists of sources begin alike share the first columns.
 */
public interface Acquisition {

	/**
	 * The acquisitions on which this one builds; {@link #run} may warm-start from their agents.
	 *
	 * @return by default none
	 */
	default List<Acquisition> needs() {
		return List.of();
	}

	/**
	 * The sources on which it learns; these are the tasks of its run, in the same order.
	 *
	 * @param count the arm's number of sources for the target
	 * @return different indices from 0, at least one; by default all
	 */
	default List<Integer> sources(int count) {
		return IntStream.range(0, count).boxed().toList();
	}

	/**
	 * Learns on the sources. The agents that it saves are the knowledge.
	 *
	 * @param run the run on the sources
	 * @throws IOException when state cannot be read
	 */
	void run(StrategyRun run) throws IOException;
}
