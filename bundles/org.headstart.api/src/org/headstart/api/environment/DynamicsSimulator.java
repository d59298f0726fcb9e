package org.headstart.api.environment;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Opens lanes of {@link Dynamics}: their states are one array.
 *
 * @param dynamics the dynamics
 */
record DynamicsSimulator(Dynamics dynamics) implements Simulator {

	@Override
	public List<ObservationPart> observationParts() {
		return dynamics.observationParts();
	}

	@Override
	public ActionSpace actionSpace() {
		return dynamics.actionSpace();
	}

	@Override
	public int parameterCount() {
		return dynamics.parameterCount();
	}

	@Override
	public int maxEpisodeSteps() {
		return dynamics.maxEpisodeSteps();
	}

	@Override
	public List<Outcome> outcomes() {
		return dynamics.outcomes();
	}

	@Override
	public Optional<Trace> trace() {
		return dynamics.trace();
	}

	@Override
	public Simulation open(LaneStreams streams) {
		return new DynamicsSimulation(Objects.requireNonNull(dynamics.instance(), "the dynamics' instance() gave null"), streams);
	}
}
