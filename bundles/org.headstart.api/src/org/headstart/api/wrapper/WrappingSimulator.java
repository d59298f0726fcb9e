package org.headstart.api.wrapper;

import java.util.List;
import java.util.Optional;

import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.ObservationPart;
import org.headstart.api.environment.Outcome;
import org.headstart.api.environment.Simulator;
import org.headstart.api.environment.Trace;

/** A simulator around another one, to which it delegates all methods by default. */
public interface WrappingSimulator extends Simulator {

	/** @return the inner simulator */
	Simulator inner();

	@Override
	default List<ObservationPart> observationParts() {
		return inner().observationParts();
	}

	@Override
	default ActionSpace actionSpace() {
		return inner().actionSpace();
	}

	@Override
	default int parameterCount() {
		return inner().parameterCount();
	}

	@Override
	default int maxEpisodeSteps() {
		return inner().maxEpisodeSteps();
	}

	@Override
	default List<Outcome> outcomes() {
		return inner().outcomes();
	}

	@Override
	default Optional<Trace> trace() {
		return inner().trace();
	}

	@Override
	default boolean deterministic() {
		return inner().deterministic();
	}
}
