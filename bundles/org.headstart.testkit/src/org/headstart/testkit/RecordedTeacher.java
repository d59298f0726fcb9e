package org.headstart.testkit;

import java.util.Optional;

import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.learner.ActorCritic;
import org.headstart.api.learner.AgentView;
import org.headstart.api.learner.Policy;
import org.headstart.api.network.Network;
import org.headstart.api.strategy.Teacher;

/** A teacher on a {@link StrategyContract.Recording}: a network of two actions and a value. */
record RecordedTeacher(Network network) implements Teacher {

	@Override
	public ObservationSpace observationSpace() {
		return view().training().observationSpace(StrategyContract.FAMILY.environment());
	}

	@Override
	public ActionSpace actionSpace() {
		return StrategyContract.FAMILY.environment().actionSpace();
	}

	@Override
	public AgentView view() {
		return AgentView.plain(StrategyContract.TRIAL_EPISODES);
	}

	@Override
	public Policy policy(int lanes, boolean greedy) {
		return (shown, actions) -> {
			network.forward(shown.observations(), 0, shown.lanes());
			for (int lane = 0; lane < shown.lanes(); lane++) {
				int at = lane * network.outputStride() + policy();
				actions.index[lane] = network.outputs()[at] < network.outputs()[at + 1] ? 1 : 0;
			}
		};
	}

	private int policy() {
		return network.headOffset(network.heads().indexOf("policy"));
	}

	@Override
	public Optional<ActorCritic> actorCritic(int lanes) {
		return Optional.of(new NetworkOpinion(network));
	}
}
