package org.headstart.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.LaneStreams;
import org.headstart.api.environment.SimulatedLanes;
import org.headstart.api.environment.Simulation;
import org.headstart.api.environment.Simulator;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.wrapper.WrappingSimulation;
import org.headstart.api.wrapper.WrappingSimulator;
import org.junit.jupiter.api.Test;

/**
 * What every wrapper must keep, as tests: extend this class, wrap, and JUnit runs them, those of {@link EnvironmentContract} on the
 * wrapped environment among them.
 *
 * <pre>{@code
 * class MyWrapperTest extends WrapperContract {
 * 	@Override
 * 	protected Simulator wrap(TaskFamily family) {
 * 		return new MyWrapper().wrap(new MySettings(...), family);
 * 	}
 * }
 * }</pre>
 */
public abstract class WrapperContract extends EnvironmentContract {

	private static final int LANES = 4;

	/**
	 * Wraps, always with the same settings.
	 *
	 * @param family what is wrapped
	 * @return the wrapped environment
	 */
	protected abstract Simulator wrap(TaskFamily family);

	/**
	 * The actions of the environment that is wrapped here.
	 *
	 * @return by default a choice of three; a box of one number from −1 to 1 is the other that there is
	 */
	protected ActionSpace actions() {
		return new DiscreteSpace(3);
	}

	@Override
	protected TaskFamily family() {
		return around(Wander.family(actions()));
	}

	private TaskFamily around(TaskFamily family) {
		return new TaskFamily(wrap(family), family.parameters(), family.taskSets(), family.shape());
	}

	/** A world that does not save its lanes, and tells what is open of it. */
	private record Unsaved(Simulator inner, List<Simulation> open) implements WrappingSimulator {

		@Override
		public Simulation open(LaneStreams streams) {
			UnsavedSimulation simulation = new UnsavedSimulation(inner.open(streams), open);
			open.add(simulation);
			return simulation;
		}
	}

	private record UnsavedSimulation(Simulation inner, List<Simulation> open) implements WrappingSimulation {

		@Override
		public boolean savesLanes() {
			return false;
		}

		@Override
		public void close() {
			open.removeIf(each -> each == this);
			inner.close();
		}
	}

	private SimulatedLanes lanes(TaskFamily family, long seed) {
		return family.vectorEnvironment(LANES, family.taskSets().get(0).sampler(), new RandomStreams(seed));
	}

	private static void draw(RandomStream random, ActionBatch actions) {
		for (int i = 0; i < actions.index.length; i++) {
			actions.index[i] = random.nextInt(3);
		}
		for (int i = 0; i < actions.values.length; i++) {
			actions.values[i] = (float) random.uniform(-1, 1);
		}
	}

	@Test
	void aroundLanesThatAreNotSavedEpisodesAreRepeated() throws IOException {
		TaskFamily bare = Wander.family(actions());
		List<Simulation> open = new ArrayList<>();
		TaskFamily unsaved = around(new TaskFamily(new Unsaved(Simulator.of(bare.environment()), open), bare.parameters(),
				bare.taskSets(), bare.shape()));
		assertEquals(List.of(), open, "to wrap starts nothing");
		try (SimulatedLanes saved = lanes(family(), 7); SimulatedLanes one = lanes(unsaved, 7); SimulatedLanes other = lanes(unsaved, 99)) {
			assertEquals(2, open.size());
			RandomStream random = new RandomStreams(1).stream("actions");
			ActionBatch actions = new ActionBatch(saved.actionSpace(), LANES);
			saved.reset();
			one.reset();
			for (int step = 0; step < 40; step++) {
				draw(random, actions);
				saved.step(actions);
				one.step(actions);
			}
			ByteArrayOutputStream checkpoint = new ByteArrayOutputStream();
			one.writeState(new DataOutputStream(checkpoint));
			other.readState(new DataInputStream(new ByteArrayInputStream(checkpoint.toByteArray())));
			for (int step = 0; step < 2 * Wander.LIMIT; step++) {
				assertArrayEquals(saved.observations(), other.observations(), "step " + step + ": observations");
				draw(random, actions);
				saved.step(actions);
				other.step(actions);
				assertArrayEquals(saved.rewards(), other.rewards(), "step " + step + ": rewards");
				assertArrayEquals(saved.terminated(), other.terminated(), "step " + step + ": terminated");
				assertArrayEquals(saved.truncated(), other.truncated(), "step " + step + ": truncated");
			}
		}
		assertEquals(List.of(), open, "what is within is closed, too");
	}

	@Test
	void itCanBeDescribedBeforeAnythingRuns() {
		Simulator wrapped = wrap(Wander.family(actions()));
		assertEquals(wrapped.observationParts(), wrapped.observationParts());
		assertEquals(wrapped.observationParts(), wrap(Wander.family(actions())).observationParts());
		assertEquals(2, wrapped.parameterCount(), "tasks are the family's");
	}

	/**
	 * The other kind of actions.
	 *
	 * @return a box of one number from −1 to 1
	 */
	protected static ActionSpace oneNumber() {
		return BoxSpace.uniform(1, -1, 1);
	}
}
