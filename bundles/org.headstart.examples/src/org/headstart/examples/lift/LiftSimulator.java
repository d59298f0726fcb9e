package org.headstart.examples.lift;

import java.util.List;

import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.LaneStreams;
import org.headstart.api.environment.ObservationPart;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.environment.Simulation;
import org.headstart.api.environment.Simulator;

/**
 * The description of the lift; its process starts with the lanes. ω: the floor to reach. Observation: the lift's floor and
 * the way to the target floor, as shares of the house. Actions: down, stay, up. The reward is −1 for each step until the
 * floor is reached.
 *
 * @param floors          floors of the house
 * @param failures        probability that the motor fails in a step
 * @param maxEpisodeSteps the time limit
 */
record LiftSimulator(int floors, double failures, int maxEpisodeSteps) implements Simulator {

	@Override
	public List<ObservationPart> observationParts() {
		return List.of(ObservationPart.numbers(ObservationSpace.STATE, BoxSpace.uniform(2, -1, 1)));
	}

	@Override
	public ActionSpace actionSpace() {
		return new DiscreteSpace(3);
	}

	@Override
	public int parameterCount() {
		return 1;
	}

	@Override
	public Simulation open(LaneStreams streams) {
		return new LiftSimulation(floors, failures, streams);
	}
}
