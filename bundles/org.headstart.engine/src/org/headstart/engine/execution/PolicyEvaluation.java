package org.headstart.engine.execution;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.function.IntFunction;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.VectorEnvironment;
import org.headstart.api.learner.Policy;
import org.headstart.api.random.RandomStreams;

/**
 * Judges policies on lanes of its own. Every evaluation starts from the same state of these lanes, streams included, so that
 * agents are compared on the same episodes as far as they act alike, and training does not notice that it was judged.
 *
 * <p>Each lane plays a fixed number of episodes: taking whichever end first would favour short ones. Thread-confined.
 */
final class PolicyEvaluation {

	/** Lanes at most; part of the definition, since lanes have streams of their own. */
	private static final int MAX_LANES = 32;

	private final VectorEnvironment environment;
	private final ActionBatch actions;
	private final byte[] beginning;
	private final int episodes;
	private final int[] played;
	private final double[] laneReturn;
	private final double[] returns;

	/**
	 * What an evaluation found.
	 *
	 * @param mean       mean return
	 * @param std        standard deviation of the returns, with divisor n
	 * @param min        lowest return
	 * @param max        highest return
	 * @param lengthMean mean length in steps
	 * @param episodes   how many episodes
	 */
	record Judgement(double mean, double std, double min, double max, double lengthMean, int episodes) {
	}

	PolicyEvaluation(TaskSite task, int episodes, RandomStreams streams) throws IOException {
		this.episodes = episodes;
		int lanes = Math.min(episodes, MAX_LANES);
		environment = task.lanes(lanes, streams);
		actions = new ActionBatch(environment.actionSpace(), lanes);
		played = new int[lanes];
		laneReturn = new double[lanes];
		returns = new double[episodes];
		environment.reset();
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		environment.writeState(new DataOutputStream(bytes));
		beginning = bytes.toByteArray();
	}

	/**
	 * Plays the episodes.
	 *
	 * @param policies makes the policy for a number of lanes
	 * @param cancel   looked at in every step
	 * @return what was found, or null when cancelled
	 */
	Judgement judge(IntFunction<Policy> policies, CancelToken cancel) throws IOException {
		int lanes = environment.lanes();
		environment.readState(new DataInputStream(new ByteArrayInputStream(beginning)));
		Policy policy = policies.apply(lanes);
		long length = 0;
		for (int lane = 0; lane < lanes; lane++) {
			played[lane] = 0;
			laneReturn[lane] = 0;
		}
		int left = episodes;
		float[] rewards = environment.rewards();
		boolean[] terminated = environment.terminated();
		boolean[] truncated = environment.truncated();
		while (left > 0) {
			if (cancel.isCancelled()) {
				return null;
			}
			policy.act(environment.observations(), actions);
			environment.step(actions);
			for (int lane = 0; lane < lanes; lane++) {
				// lane l plays the episodes l, l + lanes, l + 2 lanes, …
				int episode = lane + played[lane] * lanes;
				if (episode >= episodes) {
					continue;
				}
				laneReturn[lane] += rewards[lane];
				length++;
				if (terminated[lane] || truncated[lane]) {
					returns[episode] = laneReturn[lane];
					laneReturn[lane] = 0;
					played[lane]++;
					left--;
				}
			}
		}
		return judgement(length);
	}

	private Judgement judgement(long length) {
		double sum = 0;
		double min = Double.POSITIVE_INFINITY;
		double max = Double.NEGATIVE_INFINITY;
		for (double value : returns) {
			sum += value;
			min = Math.min(min, value);
			max = Math.max(max, value);
		}
		double mean = sum / episodes;
		double squares = 0;
		for (double value : returns) {
			squares += (value - mean) * (value - mean);
		}
		return new Judgement(mean, Math.sqrt(squares / episodes), min, max, (double) length / episodes, episodes);
	}
}
