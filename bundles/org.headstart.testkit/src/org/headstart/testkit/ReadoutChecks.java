package org.headstart.testkit;

import static org.headstart.testkit.LanesUnderTest.LANES;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

import org.headstart.api.environment.Outcome;
import org.headstart.api.environment.SimulatedLanes;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskSet;

/** Checks of what is read from lanes beside their observations: pictures, outcomes, references and traces. */
final class ReadoutChecks {

	private final LanesUnderTest tested;

	ReadoutChecks(LanesUnderTest tested) {
		this.tested = tested;
	}

	void everyReachedStateCanBeDrawnWithoutADisplay() {
		TaskFamily family = tested.family();
		for (TaskSet set : family.taskSets()) {
			SimulatedLanes lanes = tested.start(family, 2, 7, set.sampler());
			RandomActions actions = new RandomActions(lanes, 1);
			for (int step = 0; step < 60; step++) {
				if (step % 6 == 0) {
					int[] picture = draw(lanes, 320, 240);
					int distinct = new HashSet<>(Arrays.asList(Arrays.stream(picture).boxed().toArray(Integer[]::new)))
							.size();
					assertTrue(distinct >= 3, "tasks " + set.name() + ", step " + step + ": the picture has " + distinct
							+ " colour(s); nothing is to be seen");
					assertArrayEquals(picture, draw(lanes, 320, 240),
							"tasks " + set.name() + ", step " + step + ": two pictures of one state differ");
					draw(lanes, 16, 120);
					draw(lanes, 1, 1);
				}
				actions.draw();
				lanes.step(actions.batch);
			}
		}
	}

	void outcomesReferencesAndTracesHaveNames() {
		TaskFamily family = tested.family();
		Set<String> names = new HashSet<>();
		for (Outcome outcome : family.environment().outcomes()) {
			assertTrue(outcome.name().matches("[a-z0-9]+(-[a-z0-9]+)*"), "the outcome '" + outcome.name()
					+ "' is not in kebab case");
			assertTrue(names.add(outcome.name()), "two outcomes are named '" + outcome.name() + "'");
			assertFalse(outcome.description().isBlank(), "outcome '" + outcome.name() + "' has no description");
		}
		Set<String> algorithms = new HashSet<>();
		family.references().forEach(reference -> {
			assertTrue(reference.name().matches("[a-z0-9]+(-[a-z0-9]+)*"), "the reference algorithm '" + reference.name()
					+ "' is not in kebab case");
			assertTrue(algorithms.add(reference.name()), "two reference algorithms are named '" + reference.name() + "'");
			assertFalse(reference.description().isBlank(), "reference algorithm '" + reference.name() + "' has no description");
		});
		family.environment().trace().ifPresent(trace -> {
			SimulatedLanes lanes = tested.start(family, LANES, 7);
			RandomActions actions = new RandomActions(lanes, 1);
			double[] values = new double[trace.names().size()];
			for (int step = 0; step < tested.steps(); step++) {
				byte[] state = LaneState.of(lanes, 0);
				lanes.trace(0, values);
				assertArrayEquals(state, LaneState.of(lanes, 0), "reading the trace must not change the state");
				assertFinite("trace at step " + step, values);
				actions.draw();
				lanes.step(actions.batch);
				if (lanes.episodeEnded()[0]) {
					lanes.finalTrace(0, values);
					assertFinite("trace of the last state, step " + step, values);
				}
			}
		});
	}

	private static void assertFinite(String where, double[] values) {
		for (double value : values) {
			assertTrue(Double.isFinite(value), where + ": " + Arrays.toString(values));
		}
	}

	private static int[] draw(SimulatedLanes lanes, int width, int height) {
		BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
		Graphics2D canvas = image.createGraphics();
		byte[] before = LaneState.of(lanes, 0);
		lanes.render(0, canvas, width, height);
		canvas.dispose();
		assertArrayEquals(before, LaneState.of(lanes, 0), "drawing must not change the state");
		return image.getRGB(0, 0, width, height, null, 0, width);
	}
}
