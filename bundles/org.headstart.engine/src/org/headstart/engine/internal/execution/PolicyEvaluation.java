package org.headstart.engine.internal.execution;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.Outcome;
import org.headstart.api.environment.View;
import org.headstart.api.learner.Policy;
import org.headstart.api.random.RandomStreams;
import org.headstart.engine.internal.results.TraceTable;

/**
 * Judges policies on lanes of its own. Every evaluation starts from the same state of these lanes, streams included, so that
 * agents are compared on the same trials as far as they act alike, and an evaluation does not affect training.
 *
 * <p>Each lane plays a fixed number of trials: taking the first trials to end would favour short ones. If lanes share tasks,
 * the number of trials is rounded up to whole groups of lanes. Thread-confined.
 */
final class PolicyEvaluation implements AutoCloseable {

	/** Lanes at most, but for a group that shares a task; part of the definition, since lanes have streams of their own. */
	private static final int MAX_LANES = 32;

	private final CheckedLanes environment;
	private final ActionBatch actions;
	private final byte[] beginning;
	private final int trials;
	private final int trialEpisodes;
	private final int[] played;
	private final int[] episode;
	/** Returns of the trials, kept so that sums do not depend on the order in which trials end; [trials]. */
	private final double[] returns;
	/** [trials × episodes of a trial]. */
	private final double[] episodeReturns;
	/** [trials × outcomes]. */
	private final double[] outcomes;
	/** Steps without those in which the lane idled, [trials]. */
	private final long[] lengths;
	/** [trials × components of ω]; null unless each trial is to be told of. */
	private final double[] omegas;
	/** One lane's. */
	private final double[] omega;

	/**
	 * The result of an evaluation.
	 *
	 * @param mean           mean return of a trial
	 * @param std            standard deviation of the returns, with divisor n
	 * @param min            lowest return
	 * @param max            highest return
	 * @param lengthMean     mean length in steps
	 * @param trials         how many trials
	 * @param outcomes       means of the environment's outcomes
	 * @param episodeReturns mean return by episode of a trial; empty when a trial is one episode
	 * @param each           each trial, in arrays that the next evaluation overwrites; null unless it is to be told of
	 */
	record Judgement(double mean, double std, double min, double max, double lengthMean, int trials,
			Map<String, Double> outcomes, List<Double> episodeReturns, TrialsFile.JudgedTrials each) {}

	/** The result of an evaluation, with the traces of its first trials, if there are any. */
	record Followed(Judgement judgement, Optional<TraceTable> trace) {}

	/** @param each whether each trial is told of */
	PolicyEvaluation(RunTask task, View view, int trials, boolean each, RandomStreams streams) throws IOException {
		int together = view.trial().lanesPerTask();
		this.trials = whole(trials, together);
		int lanes = whole(Math.min(trials, MAX_LANES), together);
		environment = task.lanes(lanes, streams, view);
		actions = new ActionBatch(environment.actionSpace(), lanes);
		played = new int[lanes];
		episode = new int[lanes];
		trialEpisodes = view.trial().episodes();
		returns = new double[this.trials];
		episodeReturns = new double[this.trials * trialEpisodes];
		outcomes = new double[this.trials * environment.outcomes().size()];
		lengths = new long[this.trials];
		omega = new double[task.family().parameterNames().size()];
		omegas = each ? new double[this.trials * omega.length] : null;
		beginning = begin();
	}

	private byte[] begin() throws IOException {
		try {
			environment.reset();
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			environment.writeState(new DataOutputStream(bytes));
			return bytes.toByteArray();
		} catch (IOException | RuntimeException | Error e) {
			environment.close();
			throw e;
		}
	}

	@Override
	public void close() {
		environment.close();
	}

	private static int whole(int count, int together) {
		return (count + together - 1) / together * together;
	}

	/** The lanes at their beginning, and the policy told of them. */
	private Policy begin(Actor actor) throws IOException {
		environment.readState(new DataInputStream(new ByteArrayInputStream(beginning)));
		Policy policy = environment.begin(actor);
		Arrays.fill(episode, 0);
		return policy;
	}

	/**
	 * Plays the trials.
	 *
	 * @param actor who
	 * @param cancel   looked at in every step
	 * @return the result, or null when cancelled
	 */
	Judgement judge(Actor actor, CancelToken cancel) throws IOException {
		return judge(begin(actor), Optional.empty(), cancel);
	}

	/**
	 * Plays the trials and follows the first ones step by step.
	 *
	 * @param actor who
	 * @param cancel   looked at in every step
	 * @return the result, or null when cancelled
	 */
	Followed judgeAndTrace(Actor actor, CancelToken cancel) throws IOException {
		Policy policy = begin(actor);
		Optional<TraceRecorder> recorder = environment.trace().map(trace -> new TraceRecorder(environment));
		Judgement judgement = judge(policy, recorder, cancel);
		return judgement == null ? null : new Followed(judgement, recorder.map(TraceRecorder::table));
	}

	private Judgement judge(Policy policy, Optional<TraceRecorder> recorder, CancelToken cancel) {
		int lanes = environment.lanes();
		Arrays.fill(played, 0);
		Arrays.fill(returns, 0);
		Arrays.fill(episodeReturns, 0);
		Arrays.fill(lengths, 0);
		for (int lane = 0; lane < lanes; lane++) {
			keepTask(lane);
		}
		int left = trials;
		float[] rewards = environment.rewards();
		boolean[] terminated = environment.terminated();
		boolean[] truncated = environment.truncated();
		boolean[] episodeEnded = environment.episodeEnded();
		boolean[] idle = environment.idle();
		while (left > 0) {
			if (cancel.isCancelled()) {
				return null;
			}
			environment.play(policy, actions);
			recorder.ifPresent(TraceRecorder::follow);
			for (int lane = 0; lane < lanes; lane++) {
				// lane l plays the trials l, l + lanes, l + 2 lanes, …
				int trial = lane + played[lane] * lanes;
				if (trial >= trials) {
					continue;
				}
				returns[trial] += rewards[lane];
				episodeReturns[trial * trialEpisodes + episode[lane]] += rewards[lane];
				if (!idle[lane]) {
					lengths[trial]++;
				}
				if (terminated[lane] || truncated[lane]) {
					int count = environment.outcomes().size();
					System.arraycopy(environment.finalOutcomes(), lane * count, outcomes, trial * count, count);
					played[lane]++;
					episode[lane] = 0;
					left--;
					// the lane has its next task
					keepTask(lane);
				} else if (episodeEnded[lane]) {
					episode[lane]++;
				}
			}
		}
		return judgement();
	}

	/** Keeps the task of a lane whose next trial has just begun. */
	private void keepTask(int lane) {
		int trial = lane + played[lane] * environment.lanes();
		if (omegas != null && trial < trials) {
			environment.task(lane, omega);
			System.arraycopy(omega, 0, omegas, trial * omega.length, omega.length);
		}
	}

	private Judgement judgement() {
		double min = Double.POSITIVE_INFINITY;
		double max = Double.NEGATIVE_INFINITY;
		for (double value : returns) {
			min = Math.min(min, value);
			max = Math.max(max, value);
		}
		double mean = mean(returns, 0, 1);
		double squares = 0;
		for (double value : returns) {
			squares += (value - mean) * (value - mean);
		}
		Map<String, Double> meanOutcomes = new LinkedHashMap<>();
		List<Outcome> named = environment.outcomes();
		for (int i = 0; i < named.size(); i++) {
			meanOutcomes.put(named.get(i).name(), mean(outcomes, i, named.size()));
		}
		List<Double> byEpisode = new ArrayList<>();
		for (int k = 0; k < trialEpisodes && trialEpisodes > 1; k++) {
			byEpisode.add(mean(episodeReturns, k, trialEpisodes));
		}
		return new Judgement(mean, Math.sqrt(squares / trials), min, max, (double) Arrays.stream(lengths).sum() / trials, trials,
				meanOutcomes, byEpisode, omegas == null ? null : new TrialsFile.JudgedTrials(omegas, returns, lengths, outcomes));
	}

	/** Over the trials, of a column of a row-major table. */
	private double mean(double[] table, int column, int columns) {
		double sum = 0;
		for (int trial = 0; trial < trials; trial++) {
			sum += table[trial * columns + column];
		}
		return sum / trials;
	}

	/**
	 * Plays the first trials again and follows them step by step.
	 *
	 * @param actor as in {@link #judge}; an equal policy does the same again
	 * @param cancel   looked at in every step
	 * @return the traces; empty without a trace; null when cancelled
	 */
	Optional<TraceTable> trace(Actor actor, CancelToken cancel) throws IOException {
		if (environment.trace().isEmpty()) {
			return Optional.empty();
		}
		Policy policy = begin(actor);
		TraceRecorder recorder = new TraceRecorder(environment);
		while (!recorder.complete()) {
			if (cancel.isCancelled()) {
				return null;
			}
			environment.play(policy, actions);
			recorder.follow();
		}
		return Optional.of(recorder.table());
	}
}
