package org.headstart.examples.union;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.Environment;
import org.headstart.api.environment.ObservationPart;
import org.headstart.api.environment.ParameterRange;
import org.headstart.api.environment.SimulatedLanes;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskSet;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.settings.NoSettings;
import org.headstart.api.settings.Reference;
import org.headstart.api.settings.SettingsSchema;
import org.headstart.examples.beacon.Beacon;
import org.headstart.examples.beacon.BeaconSettings;
import org.headstart.examples.corridor.Corridor;
import org.headstart.testkit.EnvironmentContract;
import org.junit.jupiter.api.Test;

/** Two worlds of different spaces as one environment. */
public class UnionTest extends EnvironmentContract {

	private static final Corridor.Settings CORRIDOR = new Corridor.Settings(10, ParameterRange.of(Map.of("train",
			List.of(0.0, 0.4), "test", List.of(0.6, 1.0))), 50);

	/** @return a corridor and a hall, whose observations have two and three numbers */
	public static TaskFamily worlds() {
		return new Union().create(new UnionSettings(List.of(corridor(CORRIDOR), hall())));
	}

	private static Reference<Environment<?>> corridor(Corridor.Settings settings) {
		return new Reference<>(Environment.class, "corridor", new Corridor(), settings);
	}

	private static Reference<Environment<?>> hall() {
		return new Reference<>(Environment.class, "hall", new Hall(), new NoSettings());
	}

	@Override
	protected TaskFamily family() {
		return worlds();
	}

	@Test
	void lanesAreOfBothWorldsAndRowsSayWhich() {
		TaskFamily family = worlds();
		assertEquals(List.of("group", "corridor-state", "hall-state"),
				family.environment().observationParts().stream().map(ObservationPart::name).toList());
		assertEquals(List.of("train", "test", "corridor/train", "corridor/test", "hall/train", "hall/test"),
				family.taskSets().stream().map(TaskSet::name).toList());
		assertEquals(List.of("group", "corridor-goal", "hall-door"), family.parameterNames());
		try (SimulatedLanes lanes = family.vectorEnvironment(64, family.taskSet("train").sampler(), new RandomStreams(1))) {
			lanes.reset();
			int halls = 0;
			for (int lane = 0; lane < 64; lane++) {
				float[] row = Arrays.copyOfRange(lanes.observations(), lane * 7, lane * 7 + 7);
				boolean hall = row[1] == 1;
				halls += hall ? 1 : 0;
				assertEquals(1, row[0] + row[1]);
				assertArrayEquals(new float[hall ? 2 : 3], hall ? Arrays.copyOfRange(row, 2, 4) : Arrays.copyOfRange(row, 4, 7));
			}
			assertTrue(halls > 16 && halls < 48, halls + " of 64 lanes are halls");
		}
	}

	@Test
	void eachWorldMovesAsItDoesAlone() {
		TaskFamily family = worlds();
		TaskFamily alone = new Corridor().create(CORRIDOR);
		try (SimulatedLanes together = family.vectorEnvironment(4, family.taskSet("corridor/train").sampler(), new RandomStreams(2));
				SimulatedLanes single = alone.vectorEnvironment(4, alone.taskSet("train").sampler(), new RandomStreams(2))) {
			together.reset();
			single.reset();
			ActionBatch actions = new ActionBatch(alone.environment().actionSpace(), 4);
			for (int step = 0; step < 120; step++) {
				Arrays.fill(actions.index, step % 3 == 0 ? 0 : 1);
				together.step(actions);
				single.step(actions);
				assertArrayEquals(single.rewards(), together.rewards());
				assertArrayEquals(single.terminated(), together.terminated());
				for (int lane = 0; lane < 4; lane++) {
					assertArrayEquals(Arrays.copyOfRange(single.observations(), 2 * lane, 2 * lane + 2),
							Arrays.copyOfRange(together.observations(), 7 * lane + 2, 7 * lane + 4));
				}
			}
		}
	}

	@Test
	void worldsOfOtherActionsOrTimesAreRefused() {
		Corridor.Settings longer = new Corridor.Settings(10, CORRIDOR.goal(), 60);
		assertTrue(
				message(corridor(CORRIDOR), corridor(longer)).startsWith("of: 'corridor-2' has a time limit (60) other than 'corridor'"));
		Reference<Environment<?>> beacon = new Reference<>(Environment.class, "beacon", new Beacon(), beacon());
		assertTrue(message(corridor(CORRIDOR), beacon).startsWith("of: 'beacon' has "), message(corridor(CORRIDOR), beacon));
		assertEquals("of: a union needs at least two environments", message(hall()));
	}

	private static BeaconSettings beacon() {
		return (BeaconSettings) SettingsSchema.of(BeaconSettings.class).bind(Map.of()).settings();
	}

	@SafeVarargs
	private static String message(Reference<Environment<?>>... of) {
		return assertThrows(IllegalArgumentException.class, () -> new Union().create(new UnionSettings(List.of(of)))).getMessage();
	}
}
