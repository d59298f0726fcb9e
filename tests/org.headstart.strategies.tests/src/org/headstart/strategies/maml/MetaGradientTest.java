package org.headstart.strategies.maml;

import static org.headstart.strategies.maml.MamlTest.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;

import org.headstart.api.network.Network;
import org.headstart.api.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The meta-gradient against differences of the outer loss, which is computed with the inner steps made anew. */
class MetaGradientTest {

	private static final int UNITS = 4;
	private static final double REACH = 3e-3;
	private static final int DIRECTIONS = 6;

	/** A trial, and parameters away from those that played it, none of them 0 but the padding. */
	private static final class Played {

		final MamlAgent agent;
		final PolicyVector parameters;
		final PolicyVector gradient;

		Played(Map<String, Object> yaml) {
			agent = new Navigation(settings(yaml), UNITS, 3).trial().agent;
			RandomStream random = new RandomStream(11);
			Network network = agent.network();
			for (String vertex : network.parameterVertices()) {
				for (String tensor : network.parameters(vertex)) {
					float[] values = network.parameter(vertex, tensor);
					for (int i = 0; i < values.length; i++) {
						values[i] += (float) (0.2 * random.nextGaussian());
					}
					network.setParameter(vertex, tensor, values);
				}
			}
			parameters = agent.parameters().another();
			parameters.set(agent.parameters());
			for (int i = 0; i < parameters.logStd.length; i++) {
				parameters.logStd[i] += 0.1 * random.nextGaussian();
			}
			gradient = parameters.another();
			agent.differentiate(parameters, 1, gradient);
		}

		/** A direction of length 1 that leaves the padding alone. */
		PolicyVector direction(RandomStream random) {
			PolicyVector direction = parameters.another();
			for (int i = 0; i < direction.network.length; i++) {
				direction.network[i] = parameters.network[i] == 0 ? 0 : (float) random.nextGaussian();
			}
			for (int i = 0; i < direction.logStd.length; i++) {
				direction.logStd[i] = random.nextGaussian();
			}
			PolicyVector unit = direction.another();
			unit.add(1 / Math.sqrt(direction.squaredNorm()), direction);
			return unit;
		}

		double difference(PolicyVector direction) {
			PolicyVector shifted = parameters.another();
			PolicyVector unread = parameters.another();
			shifted.setSum(parameters, REACH, direction);
			double above = agent.differentiate(shifted, 1, unread);
			shifted.setSum(parameters, -REACH, direction);
			double below = agent.differentiate(shifted, 1, unread);
			return (above - below) / (2 * REACH);
		}

		/** The root mean square of what the gradient's slopes miss the differences by, in units of the differences'. */
		double error() {
			RandomStream random = new RandomStream(5);
			double missed = 0;
			double all = 0;
			for (int i = 0; i < DIRECTIONS; i++) {
				PolicyVector direction = direction(random);
				double expected = difference(direction);
				double error = dot(gradient, direction) - expected;
				missed += error * error;
				all += expected * expected;
			}
			return Math.sqrt(missed / all);
		}
	}

	private static double dot(PolicyVector one, PolicyVector other) {
		double sum = 0;
		for (int i = 0; i < one.network.length; i++) {
			sum += (double) one.network[i] * other.network[i];
		}
		for (int i = 0; i < one.logStd.length; i++) {
			sum += one.logStd[i] * other.logStd[i];
		}
		return sum;
	}

	@ParameterizedTest
	@CsvSource({"1, all", "2, all", "3, all", "1, last", "2, last"})
	void exactIsTheSlopeOfTheOuterLossThroughTheInnerSteps(long innerSteps, String innerLayers) {
		double error = new Played(Map.of("inner-steps", innerSteps, "inner-layers", innerLayers, "clip", 1.0)).error();
		assertTrue(error < 5e-4, "relative error " + error);
	}

	@Test
	void soItIsWhenAllAdaptedEpisodesCount() {
		double error = new Played(Map.of("inner-steps", 3L, "outer-episodes", "adapted", "clip", 1.0)).error();
		assertTrue(error < 5e-4, "relative error " + error);
	}

	@Test
	void firstOrderIsNot() {
		Played first = new Played(Map.of("meta-gradient", "first-order", "clip", 1.0));
		assertTrue(first.error() > 0.05, "relative error " + first.error());
	}

	@Test
	void withoutAnInnerRateBothAreThePlainGradient() {
		Played exact = new Played(Map.of("inner-rate", 0.0, "clip", 1.0));
		Played first = new Played(Map.of("inner-rate", 0.0, "clip", 1.0, "meta-gradient", "first-order"));
		double whole = Math.sqrt(dot(exact.gradient, exact.gradient));
		exact.gradient.add(-1, first.gradient);
		assertEquals(0, Math.sqrt(dot(exact.gradient, exact.gradient)) / whole, 1e-6);
		assertTrue(first.error() < 0.005, "relative error " + first.error());
	}
}
