package org.headstart.engine.internal.catalog;

import java.awt.Graphics2D;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.LaneStreams;
import org.headstart.api.environment.Simulation;
import org.headstart.api.environment.Simulator;
import org.headstart.api.wrapper.WrappingSimulation;
import org.headstart.api.wrapper.WrappingSimulator;

/**
 * A simulator whose failures carry the name of its contribution, since in wrapped environments the code of several
 * contributions runs in one step. It allocates nothing itself.
 *
 * @param inner        the simulator
 * @param contribution whose it is
 */
record NamedSimulator(Simulator inner, Contribution<?> contribution) implements WrappingSimulator {

	@Override
	public Simulation open(LaneStreams streams) {
		return new NamedSimulation(contribution.call("open", () -> inner.open(streams)), contribution);
	}

	private record NamedSimulation(Simulation inner, Contribution<?> contribution) implements WrappingSimulation {

		@Override
		public void start(int lane, double[] omega, int omegaOffset) {
			try {
				inner.start(lane, omega, omegaOffset);
			} catch (RuntimeException | Error e) {
				throw contribution.attributed("start", e);
			}
		}

		@Override
		public void step(ActionBatch actions, boolean[] moves, float[] rewards, boolean[] terminated) {
			try {
				inner.step(actions, moves, rewards, terminated);
			} catch (RuntimeException | Error e) {
				throw contribution.attributed("step", e);
			}
		}

		@Override
		public void observe(int lane, float[] observation, int offset) {
			try {
				inner.observe(lane, observation, offset);
			} catch (RuntimeException | Error e) {
				throw contribution.attributed("observe", e);
			}
		}

		@Override
		public void draw(int image, int lane, byte[] pixels, int offset) {
			try {
				inner.draw(image, lane, pixels, offset);
			} catch (RuntimeException | Error e) {
				throw contribution.attributed("draw", e);
			}
		}

		@Override
		public void outcomes(int lane, double[] outcomes, int offset) {
			try {
				inner.outcomes(lane, outcomes, offset);
			} catch (RuntimeException | Error e) {
				throw contribution.attributed("outcomes", e);
			}
		}

		@Override
		public void trace(int lane, double[] values, int offset) {
			try {
				inner.trace(lane, values, offset);
			} catch (RuntimeException | Error e) {
				throw contribution.attributed("trace", e);
			}
		}

		@Override
		public boolean render(int lane, Graphics2D canvas, int width, int height) {
			try {
				return inner.render(lane, canvas, width, height);
			} catch (RuntimeException | Error e) {
				throw contribution.attributed("render", e);
			}
		}

		@Override
		public void writeLane(int lane, DataOutput out) throws IOException {
			try {
				inner.writeLane(lane, out);
			} catch (RuntimeException | Error e) {
				throw contribution.attributed("writeLane", e);
			}
		}

		@Override
		public void readLane(int lane, DataInput in) throws IOException {
			try {
				inner.readLane(lane, in);
			} catch (RuntimeException | Error e) {
				throw contribution.attributed("readLane", e);
			}
		}

		@Override
		public void close() {
			try {
				inner.close();
			} catch (RuntimeException | Error e) {
				throw contribution.attributed("close", e);
			}
		}
	}
}
