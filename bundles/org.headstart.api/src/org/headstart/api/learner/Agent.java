package org.headstart.api.learner;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

import org.headstart.api.checkpoint.Checkpointed;
import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.Lanes;
import org.headstart.api.network.Network;

/**
 * A running learner: it acts, collects experience and updates its networks. The engine owns the loop:
 *
 * <pre>
 * agent.begin(lanes);
 * while (…) {
 *   do {
 *     agent.act(lanes, actions);
 *     // the engine steps the lanes
 *     agent.observe(lanes);
 *   } while (!agent.ready());
 *   agent.update(metrics);
 * }
 * </pre>
 *
 * <p>An agent whose budget is not counted in environment steps ({@link Learner#unit}) acts in no lanes while it learns: it
 * is an {@link ExampleAgent}.
 *
 * <p>{@code act} and {@code observe} allocate nothing. Thread-confined. The written state is complete: networks, optimizer,
 * normalisers, counters, random streams, and experience that was collected and not yet learned from. Large parts that no
 * longer change are kept in {@link AgentSite#chunks()}.
 */
public interface Agent extends Checkpointed {

	/** @return its networks by name, as given by the site; always the same map */
	Map<String, Network> networks();

	/**
	 * @return the only network
	 * @throws IllegalStateException when there are several
	 */
	default Network network() {
		if (networks().size() != 1) {
			throw new IllegalStateException("this agent has the networks " + networks().keySet() + ": ask for one of them");
		}
		return networks().values().iterator().next();
	}

	/**
	 * Prepares for experience from the given number of lanes. Experience that was not learned from is dropped; replay stays.
	 *
	 * @param lanes the environment's number of lanes
	 */
	void begin(int lanes);

	/**
	 * Chooses actions with exploration.
	 *
	 * @param environment read for the observations
	 * @param actions     receives the actions
	 */
	void act(Lanes environment, ActionBatch actions);

	/**
	 * Records the results of the step that followed the last {@link #act}.
	 *
	 * @param environment read for rewards, flags, final and next observations
	 */
	void observe(Lanes environment);

	/** @return whether it has collected enough experience for an update */
	boolean ready();

	/**
	 * Sets the weight of each step in the next {@link #update}, which follows at once: the policy loss and the value loss of
	 * the step are multiplied by it. Without this call all weights are 1.
	 *
	 * @param weights one for each step collected since the last update, [steps × lanes]; the array may be longer. Finite,
	 *                not negative; read only during the call
	 * @throws UnsupportedOperationException when the learner does not {@linkplain Learner#weighsTrials() weigh trials}
	 */
	default void weigh(float[] weights) {
		throw new UnsupportedOperationException(getClass().getSimpleName() + " cannot weigh trials; a strategy must declare that it"
				+ " weighs trials (Training.weighing), so that the experiment is refused when it is read");
	}

	/**
	 * Learns from the experience collected since the last update, at least one step, even if it is not {@link #ready}.
	 *
	 * @param metrics receives numbers to report, for example losses
	 */
	void update(Metrics metrics);

	/**
	 * A policy for evaluation that does not change the agent: its normalisers are frozen, and it has random streams of its
	 * own. The engine asks for a new policy for every evaluation; equal agents give policies with equal streams, so that a
	 * resumed run has the same evaluations.
	 *
	 * @param lanes  the largest number of rows in a call
	 * @param greedy whether to take the most likely action instead of sampling
	 * @return the policy; it uses the agent's present weights while the agent learns
	 */
	Policy policy(int lanes, boolean greedy);

	/**
	 * The agent's distribution over actions and its values, as in an evaluation.
	 *
	 * @param lanes the largest number of rows in a call
	 * @return by default empty: the agent has none, or they depend on a recurrent state
	 */
	default Optional<ActorCritic> actorCritic(int lanes) {
		return Optional.empty();
	}

	/**
	 * The agent's distribution and values, for training by a loss other than its learner's.
	 *
	 * @param rows the largest number of rows in a call
	 * @return by default empty: the agent has none
	 */
	default Optional<TrainableActorCritic> trainable(int rows) {
		return Optional.empty();
	}

	/**
	 * Restarts the agent for a new task, as a warm start does: the weights stay; optimizer, counters, schedules and
	 * normalisers are reset.
	 *
	 * @param keepNormalisers whether to keep the observation statistics
	 */
	void restart(boolean keepNormalisers);

	/**
	 * Raises or lowers the policy's entropy: the new policy is proportional to the old one to the power 1 / temperature.
	 * Logits are divided by the temperature; a Gaussian's standard deviations are multiplied by its square root.
	 *
	 * @param temperature positive; above 1 explores more, 1 changes nothing
	 * @throws UnsupportedOperationException when this learner's policy has no temperature; the message says so
	 */
	default void temper(double temperature) {
		throw new UnsupportedOperationException(getClass().getSimpleName() + " has no policy whose temperature can be set");
	}

	/**
	 * Loads the part of another agent's knowledge that is outside of its networks, for example observation statistics and
	 * the log standard deviations of the policy.
	 *
	 * @param knowledge written by {@link #writeKnowledge} of an agent with the same learner and spaces
	 * @param policy    whether to load the policy's part, for example log standard deviations
	 * @throws IOException when it does not fit
	 */
	void readKnowledge(DataInput knowledge, boolean policy) throws IOException;

	/**
	 * Writes the knowledge that {@link #readKnowledge} reads.
	 *
	 * @param out where to write
	 * @throws IOException from {@code out}
	 */
	void writeKnowledge(DataOutput out) throws IOException;
}
