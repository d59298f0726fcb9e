package org.headstart.environments.optimization.problems;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import org.headstart.environments.optimization.digits.DigitStyle;
import org.headstart.environments.optimization.problems.DigitNetworkSettings.Activation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ObjectiveTest {

	private static DigitNetwork digits(Activation activation, Integer... hidden) {
		return new DigitNetwork(new DigitNetworkSettings(DigitStyle.PLAIN, 8, List.of(hidden), activation, 16));
	}

	/** A function of a seed, at θ₀. */
	private static final class Drawn {

		final Objective objective;
		final long seed;
		final double[] function;
		final double[] theta;
		final double[] gradient;

		Drawn(Objective objective, long seed) {
			this.objective = objective.instance();
			this.seed = seed;
			function = new double[objective.size()];
			theta = new double[objective.dimension()];
			gradient = new double[objective.dimension()];
			this.objective.draw(seed, function, 0, theta, 0);
		}

		double loss(int step) {
			return objective.evaluate(seed, step, function, 0, theta, 0, gradient, 0);
		}
	}

	/** The largest coordinates' central differences. */
	private static void assertGradient(Objective objective, double width, double tolerance) {
		Drawn drawn = new Drawn(objective, 3);
		drawn.loss(5);
		double[] gradient = drawn.gradient.clone();
		double largest = Arrays.stream(gradient).map(Math::abs).max().getAsDouble();
		assertTrue(largest > 0);
		int compared = 0;
		for (int i = 0; i < gradient.length; i++) {
			if (gradient.length > 50 && Math.abs(gradient[i]) < 0.3 * largest) {
				continue;
			}
			double theta = drawn.theta[i];
			drawn.theta[i] = theta + width;
			double above = drawn.loss(5);
			drawn.theta[i] = theta - width;
			double below = drawn.loss(5);
			drawn.theta[i] = theta;
			assertEquals(gradient[i], (above - below) / (2 * width), tolerance * largest, "coordinate " + i);
			compared++;
		}
		assertTrue(compared >= 5, compared + " coordinates compared");
	}

	@Test
	void aQuadraticsGradientIsThatOfItsValues() {
		assertGradient(new Quadratic(new QuadraticSettings(6)), 1e-4, 1e-8);
	}

	@ParameterizedTest
	@EnumSource
	void aNetworksGradientIsThatOfItsLoss(Activation activation) {
		// single precision: differences of losses have about 1e-7 / width of noise
		assertGradient(digits(activation, 7, 5), 1e-3, 0.02);
	}

	@Test
	void aQuadraticIsOfTheClassOfThePaper() {
		int dimension = 20;
		double elements = 0;
		double squares = 0;
		double startSquares = 0;
		double loss = 0;
		int functions = 200;
		for (int seed = 0; seed < functions; seed++) {
			Drawn drawn = new Drawn(new Quadratic(new QuadraticSettings(dimension)), seed);
			for (double element : drawn.function) {
				elements += element;
				squares += element * element;
			}
			for (double coordinate : drawn.theta) {
				startSquares += coordinate * coordinate;
			}
			loss += drawn.loss(0);
		}
		int count = functions * (dimension * dimension + dimension);
		assertEquals(0, elements / count, 0.02, "mean of W and y");
		assertEquals(1, squares / count, 0.02, "variance of W and y");
		assertEquals(1e-4, startSquares / (functions * dimension), 1e-5, "variance of θ₀");
		assertEquals(dimension, loss / functions, 0.1 * dimension, "f(θ₀), about ‖y‖²");
	}

	@Test
	void theSeedDecidesAll() {
		for (Objective objective : List.of(new Quadratic(new QuadraticSettings(4)), digits(Activation.SIGMOID, 3))) {
			Drawn one = new Drawn(objective, 7);
			Drawn same = new Drawn(objective, 7);
			Drawn other = new Drawn(objective, 8);
			assertArrayEquals(one.theta, same.theta);
			assertEquals(one.loss(4), same.loss(4));
			assertArrayEquals(one.gradient, same.gradient);
			assertFalse(Arrays.equals(one.theta, other.theta));
			assertNotEquals(one.loss(4), other.loss(4));
		}
	}

	@Test
	void eachStepOfADigitNetworkHasAMinibatchOfItsOwn() {
		Drawn drawn = new Drawn(digits(Activation.SIGMOID, 3), 7);
		double first = drawn.loss(0);
		assertNotEquals(first, drawn.loss(1));
		assertEquals(first, drawn.loss(0));
		// ln 10 at a start that knows nothing
		assertEquals(Math.log(10), first, 0.5);
	}

	@Test
	void aDigitNetworkHasTheParametersOfItsLayers() {
		assertEquals(64 * 20 + 20 + 20 * 10 + 10, digits(Activation.SIGMOID, 20).dimension());
		assertEquals(64 * 7 + 7 + 7 * 5 + 5 + 5 * 10 + 10, digits(Activation.SIGMOID, 7, 5).dimension());
	}

	@Test
	void layersAreChecked() {
		assertThrows(IllegalArgumentException.class, () -> digits(Activation.RELU));
		assertThrows(IllegalArgumentException.class, () -> digits(Activation.RELU, 20, 0));
	}
}
