package org.headstart.api.environment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.headstart.api.environment.DataSet.Selection;
import org.headstart.api.environment.DataSet.Split;
import org.headstart.api.environment.TaskFamily.LabelledTask;
import org.headstart.api.random.RandomStreams;
import org.junit.jupiter.api.Test;

class DataSetTest {

	private static final ObservationSpace INPUTS = new ObservationSpace(List.of(
			ObservationPart.numbers("number", BoxSpace.uniform(1, -1000, 1000)), ObservationPart.image("image", 1, 1, 2)));
	private static final RandomStreams STREAMS = new RandomStreams(1);
	private static final List<String> OPENED = new ArrayList<>();

	/** Example i of TRAIN shows the number first + i and the image (i, 7), of TEST 100 more; its label is i % 3, or i / 2. */
	private record Counting(int first, int size, Optional<ActionSpace> labels) implements DataSet {

		@Override
		public ObservationSpace inputs() {
			return INPUTS;
		}

		@Override
		public int size(Split split) {
			return size;
		}

		@Override
		public Examples open(Selection selection) {
			OPENED.add(selection.split() + " from " + first);
			float[] numbers = new float[size];
			byte[] images = new byte[2 * size];
			ActionBatch rows = new ActionBatch(labels.orElse(BoxSpace.uniform(0, 0, 0)), size);
			for (int i = 0; i < size; i++) {
				numbers[i] = first + i + (selection.split() == Split.TEST ? 100 : 0);
				images[2 * i] = (byte) i;
				images[2 * i + 1] = 7;
				Arrays.fill(rows.index, i * rows.choices, (i + 1) * rows.choices, i % 3);
				Arrays.fill(rows.values, i * rows.size, (i + 1) * rows.size, i / 2f);
			}
			return new MemoryExamples(INPUTS, labels, size, numbers, new byte[][] {null, images}, rows.index, rows.values);
		}
	}

	private static TaskFamily family(ActionSpace labels) {
		return TaskFamily.labelled(new LabelledTask("one", "from 0", TaskRole.TRAIN, new Counting(0, 6, Optional.of(labels))),
				new LabelledTask("other", "from 10", TaskRole.TEST, new Counting(10, 6, Optional.of(labels))));
	}

	private static SimulatedLanes lanes(TaskFamily family, String set, Split split) {
		SimulatedLanes lanes = family.vectorEnvironment(20, family.taskSet(set).sampler(), STREAMS, View.PLAIN,
				new Selection(split, STREAMS));
		lanes.reset();
		return lanes;
	}

	@Test
	void lanesShowTheTasksExamplesOfTheirSplit() {
		OPENED.clear();
		for (String set : List.of("one", "other")) {
			for (Split split : Split.values()) {
				int first = (set.equals("one") ? 0 : 10) + (split == Split.TEST ? 100 : 0);
				TaskFamily family = family(new DiscreteSpace(3));
				assertEquals(List.of(), OPENED, "to describe a family opens nothing");
				try (SimulatedLanes lanes = lanes(family, set, split)) {
					boolean[] shown = new boolean[6];
					for (int lane = 0; lane < 20; lane++) {
						int example = Math.round(lanes.observations()[lane]) - first;
						shown[example] = true;
						assertArrayEquals(new byte[] {(byte) example, 7}, Arrays.copyOfRange(lanes.bytes(1), 2 * lane, 2 * lane + 2));
					}
					assertEquals(6, count(shown), "all are drawn sometimes");
				}
				assertEquals(List.of(split + " from " + (set.equals("one") ? 0 : 10)), OPENED, "what nobody asks for stays closed");
				OPENED.clear();
			}
		}
	}

	private static int count(boolean[] shown) {
		int count = 0;
		for (boolean each : shown) {
			count += each ? 1 : 0;
		}
		return count;
	}

	@Test
	void theRightClassIsRewardedAndTheEpisodeOver() {
		try (SimulatedLanes lanes = lanes(family(new DiscreteSpace(3)), "one", Split.TRAIN)) {
			ActionBatch actions = new ActionBatch(lanes.actionSpace(), 20);
			float[] wanted = new float[20];
			for (int lane = 0; lane < 20; lane++) {
				actions.index[lane] = lane % 3;
				wanted[lane] = Math.round(lanes.observations()[lane]) % 3 == lane % 3 ? 1 : 0;
			}
			lanes.step(actions);
			assertArrayEquals(wanted, lanes.rewards());
			for (boolean ended : lanes.terminated()) {
				assertTrue(ended);
			}
		}
	}

	@Test
	void ofSeveralClassesTheShareOfTheRightOnesIsRewarded() {
		try (SimulatedLanes lanes = lanes(family(new MultiDiscreteSpace(3, 3)), "one", Split.TRAIN)) {
			ActionBatch actions = new ActionBatch(lanes.actionSpace(), 20);
			int right = Math.round(lanes.observations()[0]) % 3;
			actions.index[0] = right;
			actions.index[1] = (right + 1) % 3;
			lanes.step(actions);
			assertEquals(0.5f, lanes.rewards()[0]);
		}
	}

	@Test
	void theSquaredErrorOfAVectorIsLost() {
		TaskFamily family = family(BoxSpace.uniform(2, 0, 10));
		assertEquals(Double.NEGATIVE_INFINITY, family.shape().lowest());
		try (SimulatedLanes lanes = lanes(family, "one", Split.TRAIN)) {
			ActionBatch actions = new ActionBatch(lanes.actionSpace(), 20);
			actions.values[0] = Math.round(lanes.observations()[0]) / 2f + 1;
			actions.values[1] = Math.round(lanes.observations()[0]) / 2f - 2;
			lanes.step(actions);
			assertEquals(-2.5f, lanes.rewards()[0]);
		}
	}

	@Test
	void whatDoesNotFitTogetherIsRefused() {
		Counting unlabelled = new Counting(0, 6, Optional.empty());
		Counting three = new Counting(0, 6, Optional.of(new DiscreteSpace(3)));
		refused("without labels", () -> TaskFamily.labelled(new LabelledTask("one", "", TaskRole.TRAIN, unlabelled)));
		refused("same inputs and labels", () -> TaskFamily.labelled(new LabelledTask("one", "", TaskRole.TRAIN, three),
				new LabelledTask("other", "", TaskRole.TRAIN, new Counting(0, 6, Optional.of(new DiscreteSpace(4))))));
		refused("at least 1 example",
				() -> TaskFamily.labelled(new LabelledTask("one", "", TaskRole.TRAIN, new Counting(0, 0, three.labels()))));
		refused("are not classes", () -> unlabelled.perClass(1));
		refused("of 3 classes there cannot be 3 examples each: there are 6 in all", () -> three.perClass(3));
		TaskFamily family = family(new DiscreteSpace(3));
		refused("which is no task set", () -> family.withDataSets(Map.of("third", three)));
		refused("its label is an action", () -> family.withDataSets(Map.of("one", new Counting(0, 6, Optional.of(new DiscreteSpace(4))))));
		DataSet few = new Counting(0, 8, Optional.of(new DiscreteSpace(4))).perClass(2);
		refused("class 3 has 0 examples to learn from, not 2", () -> few.open(new Selection(Split.TRAIN, STREAMS)));
	}

	private static void refused(String message, org.junit.jupiter.api.function.Executable code) {
		String said = assertThrows(IllegalArgumentException.class, code).getMessage();
		assertTrue(said.contains(message), said);
	}

	@Test
	void unlabelledExamplesStandBesideLanes() {
		Counting unlabelled = new Counting(0, 6, Optional.empty());
		TaskFamily beside = family(new DiscreteSpace(3)).withDataSets(Map.of("one", unlabelled));
		assertEquals(Map.of("one", unlabelled), beside.dataSets());
	}

	@Test
	void examplesStayAroundAnEnvironmentThatShowsWhatTheyShow() {
		TaskFamily family = family(new DiscreteSpace(3));
		Simulator environment = Simulator.of(family.environment());
		assertEquals(family.dataSets(), family.around(environment).dataSets());
		Simulator other = Simulator.of(family(new DiscreteSpace(4)).environment());
		assertEquals(Map.of(), family.around(other).dataSets());
	}
}
