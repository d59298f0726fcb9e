package org.headstart.analysis.result;

import java.util.List;

import org.headstart.api.environment.Trace;

/**
 * Single episodes of an adaptation's last evaluation, step by step.
 *
 * @param strategy the arm's label
 * @param target   the target's label
 * @param seed     the seed's number
 * @param trace    what the numbers are, and how they are drawn
 * @param episodes the episodes, by trial, then episode
 */
public record TraceResult(String strategy, String target, int seed, Trace trace, List<Episode> episodes) {

	/** Defensive copy. */
	public TraceResult {
		episodes = List.copyOf(episodes);
	}

	/**
	 * One episode.
	 *
	 * @param trial  number of the trial, from 1; equal numbers are equal tasks in all arms
	 * @param number which episode of the trial, from 1
	 * @param steps  the steps at which the numbers were read, ascending
	 * @param values {@code [name][step]}; not to be changed
	 */
	public record Episode(int trial, int number, double[] steps, double[][] values) {}
}
