package org.headstart.api.wrapper;

import java.awt.Graphics2D;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.Simulation;

/**
 * A simulation around another one, to which it delegates all methods by default. A wrapper with a state overrides
 * {@link #writeLane} and {@link #readLane} and keeps {@link #savesLanes}: if the inner lanes are not saved, whole episodes
 * are repeated, and with them all states.
 */
public interface WrappingSimulation extends Simulation {

	/** @return the inner simulation */
	Simulation inner();

	@Override
	default void start(int lane, double[] omega, int omegaOffset) {
		inner().start(lane, omega, omegaOffset);
	}

	@Override
	default void step(ActionBatch actions, boolean[] moves, float[] rewards, boolean[] terminated) {
		inner().step(actions, moves, rewards, terminated);
	}

	@Override
	default void observe(int lane, float[] observation, int offset) {
		inner().observe(lane, observation, offset);
	}

	@Override
	default void draw(int image, int lane, byte[] pixels, int offset) {
		inner().draw(image, lane, pixels, offset);
	}

	@Override
	default void outcomes(int lane, double[] outcomes, int offset) {
		inner().outcomes(lane, outcomes, offset);
	}

	@Override
	default void trace(int lane, double[] values, int offset) {
		inner().trace(lane, values, offset);
	}

	@Override
	default boolean render(int lane, Graphics2D canvas, int width, int height) {
		return inner().render(lane, canvas, width, height);
	}

	@Override
	default boolean savesLanes() {
		return inner().savesLanes();
	}

	@Override
	default void writeLane(int lane, DataOutput out) throws IOException {
		inner().writeLane(lane, out);
	}

	@Override
	default void readLane(int lane, DataInput in) throws IOException {
		inner().readLane(lane, in);
	}

	@Override
	default void close() {
		inner().close();
	}
}
