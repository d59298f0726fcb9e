package org.headstart.strategies.maml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ActionDensityTest {

	private static final float[] OUTPUTS = { 9, 0.3f, -0.2f, 0.7f, 9 };
	private static final int AT = 1;

	static Stream<ActionSpace> spaces() {
		return Stream.of(new BoxSpace(new float[] { -1, 0, -2 }, new float[] { 1, 4, 2 }), new DiscreteSpace(3));
	}

	private static double[] logStd(ActionDensity density) {
		double[] logStd = new double[density.logStdSize()];
		for (int i = 0; i < logStd.length; i++) {
			logStd[i] = -0.5 + 0.3 * i;
		}
		return logStd;
	}

	@ParameterizedTest
	@MethodSource("spaces")
	void gradientsAreTheSlopesOfTheLogProbability(ActionSpace space) {
		ActionDensity density = ActionDensity.of(space);
		double[] logStd = logStd(density);
		density.use(logStd);
		float[] stored = new float[density.actionSize()];
		density.sample(OUTPUTS, AT, new RandomStream(3), stored, 0, new ActionBatch(space, 1), 0);
		float[] outputGradients = new float[OUTPUTS.length];
		double[] logStdGradient = new double[logStd.length];
		density.gradient(OUTPUTS, AT, stored, 0, 2, outputGradients, logStdGradient);
		assertEquals(0, outputGradients[0]);
		assertEquals(0, outputGradients[4]);
		for (int i = AT; i < AT + 3; i++) {
			float[] above = OUTPUTS.clone();
			float[] below = OUTPUTS.clone();
			above[i] += 0.01f;
			below[i] -= 0.01f;
			double slope = (density.logProbability(above, AT, stored, 0) - density.logProbability(below, AT, stored, 0))
					/ (above[i] - below[i]);
			assertEquals(2 * slope, outputGradients[i], 1e-3);
		}
		for (int i = 0; i < logStd.length; i++) {
			logStd[i] += 1e-4;
			density.use(logStd);
			double above = density.logProbability(OUTPUTS, AT, stored, 0);
			logStd[i] -= 2e-4;
			density.use(logStd);
			double below = density.logProbability(OUTPUTS, AT, stored, 0);
			logStd[i] += 1e-4;
			assertEquals(2 * (above - below) / 2e-4, logStdGradient[i], 1e-5);
		}
	}

	@ParameterizedTest
	@MethodSource("spaces")
	void theModeIsMoreLikelyThanWhatIsDrawn(ActionSpace space) {
		ActionDensity density = ActionDensity.of(space);
		density.use(logStd(density));
		RandomStream random = new RandomStream(3);
		float[] stored = new float[density.actionSize()];
		ActionBatch actions = new ActionBatch(space, 1);
		density.mode(OUTPUTS, AT, stored, 0, actions, 0);
		double best = density.logProbability(OUTPUTS, AT, stored, 0);
		for (int i = 0; i < 100; i++) {
			density.sample(OUTPUTS, AT, random, stored, 0, actions, 0);
			assertTrue(density.logProbability(OUTPUTS, AT, stored, 0) <= best);
		}
	}

	@Test
	void aGaussiansActionsAreInTheBoxesUnits() {
		BoxSpace space = new BoxSpace(new float[] { 0, -2 }, new float[] { 4, 2 });
		ActionDensity density = ActionDensity.of(space);
		ActionBatch actions = new ActionBatch(space, 2);
		density.use(new double[2]);
		float[] stored = new float[2];
		density.mode(new float[] { 0.5f, -0.5f }, 0, stored, 0, actions, 1);
		assertEquals(3, actions.values[2]);
		assertEquals(-1, actions.values[3]);
		assertEquals(-Math.log(2 * Math.PI), density.logProbability(new float[] { 0.5f, -0.5f }, 0, stored, 0), 1e-12);
	}

	@Test
	void categoricalProbabilitiesAreTheSoftmaxAndTheDrawsFollow() {
		ActionDensity density = ActionDensity.of(new DiscreteSpace(3));
		density.use(new double[0]);
		ActionBatch actions = new ActionBatch(new DiscreteSpace(3), 1);
		RandomStream random = new RandomStream(3);
		float[] stored = new float[1];
		double sum = 0;
		int[] drawn = new int[3];
		int draws = 20_000;
		for (int i = 0; i < draws; i++) {
			density.sample(OUTPUTS, AT, random, stored, 0, actions, 0);
			drawn[actions.index[0]]++;
		}
		for (int i = 0; i < 3; i++) {
			stored[0] = i;
			double probability = Math.exp(density.logProbability(OUTPUTS, AT, stored, 0));
			assertEquals(probability, (double) drawn[i] / draws, 0.015);
			sum += probability;
		}
		assertEquals(1, sum, 1e-12);
	}
}
