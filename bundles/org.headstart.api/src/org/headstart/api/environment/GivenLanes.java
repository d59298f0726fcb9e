package org.headstart.api.environment;

import java.util.List;

/**
 * Lanes without an environment: their observations come from a file, a person or another program, and a policy chooses
 * actions for them. The owner writes into {@link #observations()} and {@link #bytes}; rewards and flags stay zero.
 */
public final class GivenLanes implements Lanes {

	private final ObservationSpace observationSpace;
	private final ActionSpace actionSpace;
	private final int lanes;
	private final float[] observations;
	private final float[] finalObservations;
	/** By part; null for a part of numbers. */
	private final byte[][] bytes;
	private final float[] rewards;
	private final boolean[] never;

	/**
	 * Allocates.
	 *
	 * @param observationSpace the observation space
	 * @param actionSpace      the action space
	 * @param lanes            how many
	 */
	public GivenLanes(ObservationSpace observationSpace, ActionSpace actionSpace, int lanes) {
		this.observationSpace = observationSpace;
		this.actionSpace = actionSpace;
		this.lanes = lanes;
		observations = new float[lanes * observationSpace.rowSize()];
		finalObservations = new float[observations.length];
		bytes = new byte[observationSpace.parts().size()][];
		for (int part = 0; part < bytes.length; part++) {
			bytes[part] = observationSpace.parts().get(part).isBytes()
					? new byte[lanes * observationSpace.parts().get(part).size()]
					: null;
		}
		rewards = new float[lanes];
		never = new boolean[lanes];
	}

	/**
	 * Makes lanes that show the given observations.
	 *
	 * @param observationSpace the observation space
	 * @param actionSpace      the action space
	 * @param rows             the observations, one after the other
	 * @return as many lanes as there are rows
	 */
	public static GivenLanes of(ObservationSpace observationSpace, ActionSpace actionSpace, float... rows) {
		GivenLanes lanes = new GivenLanes(observationSpace, actionSpace, rows.length / observationSpace.rowSize());
		System.arraycopy(rows, 0, lanes.observations, 0, lanes.observations.length);
		return lanes;
	}

	@Override
	public int lanes() {
		return lanes;
	}

	@Override
	public ObservationSpace observationSpace() {
		return observationSpace;
	}

	@Override
	public ActionSpace actionSpace() {
		return actionSpace;
	}

	@Override
	public float[] observations() {
		return observations;
	}

	@Override
	public float[] finalObservations() {
		return finalObservations;
	}

	@Override
	public byte[] bytes(int part) {
		return bytes[part];
	}

	@Override
	public float[] rewards() {
		return rewards;
	}

	@Override
	public boolean[] terminated() {
		return never;
	}

	@Override
	public boolean[] truncated() {
		return never;
	}

	@Override
	public boolean[] episodeEnded() {
		return never;
	}

	@Override
	public boolean[] idle() {
		return never;
	}

	@Override
	public double[] finalOutcomes() {
		return new double[0];
	}

	@Override
	public List<Outcome> outcomes() {
		return List.of();
	}
}
