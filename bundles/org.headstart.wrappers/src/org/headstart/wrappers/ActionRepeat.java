package org.headstart.wrappers;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.LaneStreams;
import org.headstart.api.environment.Simulation;
import org.headstart.api.environment.Simulator;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.wrapper.Wrapper;
import org.headstart.api.wrapper.WrappingSimulation;
import org.headstart.api.wrapper.WrappingSimulator;

/**
 * Repeats each action several times and shows the observation after the last repetition (Mnih et al. 2015, "frame
 * skipping"). Rewards are added. Id {@code action-repeat}. Episodes end as before: in the middle of a repetition, or at the
 * environment's own time limit of n steps, which is ⌈n / times⌉ actions.
 */
public final class ActionRepeat implements Wrapper<ActionRepeatSettings> {

	@Override
	public Simulator wrap(ActionRepeatSettings settings, TaskFamily family) {
		return new Repeating(Simulator.of(family.environment()), settings.times());
	}

	private record Repeating(Simulator inner, int times) implements WrappingSimulator {

		@Override
		public int maxEpisodeSteps() {
			return Math.ceilDiv(inner.maxEpisodeSteps(), times);
		}

		@Override
		public Simulation open(LaneStreams streams) {
			return new Lanes(inner.open(streams), times, inner.maxEpisodeSteps(), streams.lanes());
		}
	}

	private static final class Lanes implements WrappingSimulation {

		private final Simulation inner;
		private final int times;
		private final int limit;
		/** Environment steps of each lane's present episode. */
		private final int[] steps;
		/** Lanes that are still repeating the action. */
		private final boolean[] going;
		private final float[] once;
		private final boolean[] ended;

		Lanes(Simulation inner, int times, int limit, int lanes) {
			this.inner = inner;
			this.times = times;
			this.limit = limit;
			steps = new int[lanes];
			going = new boolean[lanes];
			once = new float[lanes];
			ended = new boolean[lanes];
		}

		@Override
		public Simulation inner() {
			return inner;
		}

		@Override
		public void start(int lane, double[] omega, int omegaOffset) {
			steps[lane] = 0;
			inner.start(lane, omega, omegaOffset);
		}

		@Override
		public void step(ActionBatch actions, boolean[] moves, float[] rewards, boolean[] terminated) {
			int left = 0;
			for (int lane = 0; lane < steps.length; lane++) {
				going[lane] = moves == null || moves[lane];
				left += going[lane] ? 1 : 0;
			}
			Arrays.fill(rewards, 0);
			for (int time = 0; time < times && left > 0; time++) {
				inner.step(actions, left == steps.length ? null : going, once, ended);
				for (int lane = 0; lane < steps.length; lane++) {
					if (going[lane]) {
						rewards[lane] += once[lane];
						terminated[lane] = ended[lane];
						if (++steps[lane] == limit || ended[lane]) {
							going[lane] = false;
							left--;
						}
					}
				}
			}
		}

		@Override
		public void writeLane(int lane, DataOutput out) throws IOException {
			out.writeInt(steps[lane]);
			inner.writeLane(lane, out);
		}

		@Override
		public void readLane(int lane, DataInput in) throws IOException {
			steps[lane] = in.readInt();
			inner.readLane(lane, in);
		}
	}
}
