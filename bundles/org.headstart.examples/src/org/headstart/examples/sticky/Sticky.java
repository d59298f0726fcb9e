package org.headstart.examples.sticky;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.LaneStreams;
import org.headstart.api.environment.Simulation;
import org.headstart.api.environment.Simulator;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.random.RandomStream;
import org.headstart.api.wrapper.Wrapper;
import org.headstart.api.wrapper.WrappingSimulation;
import org.headstart.api.wrapper.WrappingSimulator;

/**
 * Sticky actions (Machado et al. 2018, "Revisiting the Arcade Learning Environment", section 5): with probability ς the
 * environment repeats its previous action instead of taking the agent's. An episode's first action is always the agent's.
 */
public final class Sticky implements Wrapper<StickySettings> {

	@Override
	public Simulator wrap(StickySettings settings, TaskFamily family) {
		return new StickySimulator(Simulator.of(family.environment()), settings.probability());
	}

	private record StickySimulator(Simulator inner, double probability) implements WrappingSimulator {

		@Override
		public Simulation open(LaneStreams streams) {
			return new StickySimulation(inner.open(streams), probability, streams.of("sticky"),
					new ActionBatch(actionSpace(), streams.lanes()), new boolean[streams.lanes()]);
		}
	}

	/**
	 * The lanes.
	 *
	 * @param taken   the previous action
	 * @param started whether the lane's episode has a previous action
	 */
	private record StickySimulation(Simulation inner, double probability, RandomStream[] random, ActionBatch taken, boolean[] started)
			implements WrappingSimulation {

		@Override
		public void start(int lane, double[] omega, int omegaOffset) {
			started[lane] = false;
			inner.start(lane, omega, omegaOffset);
		}

		@Override
		public void step(ActionBatch actions, boolean[] moves, float[] rewards, boolean[] terminated) {
			for (int lane = 0; lane < started.length; lane++) {
				if (moves == null || moves[lane]) {
					if (!started[lane] || random[lane].nextDouble() >= probability) {
						taken.copyLane(lane, actions);
					}
					started[lane] = true;
				}
			}
			inner.step(taken, moves, rewards, terminated);
		}

		@Override
		public void writeLane(int lane, DataOutput out) throws IOException {
			out.writeBoolean(started[lane]);
			if (started[lane]) {
				taken.writeLane(lane, out);
			}
			inner.writeLane(lane, out);
		}

		@Override
		public void readLane(int lane, DataInput in) throws IOException {
			started[lane] = in.readBoolean();
			if (started[lane]) {
				taken.readLane(lane, in);
			}
			inner.readLane(lane, in);
		}
	}
}
