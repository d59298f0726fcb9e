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
 * A learner at work: acts, remembers, updates. The engine owns the loop:
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
 * <p>One whose budget is counted in something else than environment steps ({@link Learner#unit}) acts in no lanes while it learns: it
 * is an {@link ExampleAgent}.
 *
 * <p>{@code act} and {@code observe} allocate nothing. Thread-confined. The state that is written is everything the next
 * moment depends on: network, optimizer, normalisers, counters, random streams; experience collected but not yet learned
 * from is part of it too. Large parts that do not change any more lie in {@link AgentSite#chunks()}.
 */
public interface Agent extends Checkpointed {

	/** @return its networks by name, as the site gave them; the map stays the same */
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
	 * Gets ready for experience from that many lanes; experience not learned from is dropped, replay stays.
	 *
	 * @param lanes how many lanes the environment has
	 */
	void begin(int lanes);

	/**
	 * Chooses exploring actions.
	 *
	 * @param environment read for the observations
	 * @param actions     receives the actions
	 */
	void act(Lanes environment, ActionBatch actions);

	/**
	 * Remembers what the step did that followed the last {@link #act}.
	 *
	 * @param environment read for rewards, flags, final and next observations
	 */
	void observe(Lanes environment);

	/** @return whether enough is collected for an update */
	boolean ready();

	/**
	 * Says how much each step counts in the next {@link #update}, which follows at once: its policy loss and its value loss are
	 * multiplied by its weight. Without it all count alike, as with ones.
	 *
	 * @param weights for all that was collected since the last update, [steps × lanes], and perhaps more behind; finite, not negative;
	 *                read during the call only
	 * @throws UnsupportedOperationException when the learner does not {@linkplain Learner#weighsTrials() weigh trials}
	 */
	default void weigh(float[] weights) {
		throw new UnsupportedOperationException(getClass().getSimpleName() + " cannot weigh trials; a strategy says beforehand that it"
				+ " needs it (Training.weighing), so that the experiment is refused when it is read");
	}

	/**
	 * Learns from what was collected since the last update, whether {@link #ready} or not; at least one step.
	 *
	 * @param metrics receives what there is to report, for example losses
	 */
	void update(Metrics metrics);

	/**
	 * A view for evaluation that leaves the agent as it is: normalisers frozen, random streams of its own. The engine asks for
	 * a new one for every evaluation; equal agents give policies with equal streams, so that a resumed run judges alike.
	 *
	 * @param lanes  how many rows it is given at most
	 * @param greedy whether to take the most likely action instead of sampling
	 * @return the policy; it follows the agent as it learns
	 */
	Policy policy(int lanes, boolean greedy);

	/**
	 * Its distribution over actions and its values, as they are at evaluation.
	 *
	 * @param lanes how many rows it is given at most
	 * @return unless the learner says otherwise, empty: it has none, or none without the memory of what came before
	 */
	default Optional<ActorCritic> actorCritic(int lanes) {
		return Optional.empty();
	}

	/**
	 * Its distribution and values to be trained by a loss that is not its learner's.
	 *
	 * @param rows how many rows it is given at most
	 * @return unless the learner says otherwise, empty: it has none
	 */
	default Optional<TrainableActorCritic> trainable(int rows) {
		return Optional.empty();
	}

	/**
	 * Starts anew for a new task, as a warm start does: optimizer, counters, schedules and normalisers are fresh; weights stay.
	 *
	 * @param keepNormalisers whether the observation statistics stay
	 */
	void restart(boolean keepNormalisers);

	/**
	 * Raises or lowers the policy's entropy: it becomes proportional to its power 1 / temperature. Logits are divided by the
	 * temperature, a Gaussian's standard deviations multiplied by its root. 1 changes nothing.
	 *
	 * @param temperature positive; above 1 explores more
	 * @throws UnsupportedOperationException when this learner's policy has no temperature; the message says so
	 */
	default void temper(double temperature) {
		throw new UnsupportedOperationException(getClass().getSimpleName() + " has no policy whose temperature can be set");
	}

	/**
	 * Takes over what of another agent's knowledge is not in its network, for example observation statistics and the
	 * exploration's log standard deviations.
	 *
	 * @param knowledge a {@link #writeKnowledge} of an agent of the same learner and spaces
	 * @param policy    whether the policy's part is taken, for example log standard deviations
	 * @throws IOException when it does not fit
	 */
	void readKnowledge(DataInput knowledge, boolean policy) throws IOException;

	/**
	 * Writes what {@link #readKnowledge} takes over.
	 *
	 * @param out where to write
	 * @throws IOException from {@code out}
	 */
	void writeKnowledge(DataOutput out) throws IOException;
}
