package org.headstart.environments.optimization.rate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.headstart.environments.optimization.digits.DigitImages;
import org.headstart.environments.optimization.digits.DigitStyle;
import org.headstart.environments.optimization.digits.DrawnDigits;
import org.headstart.environments.optimization.digits.IdxFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InnerTrainingTest {

	private static final long SEED = 12;

	/** Sixty times one picture, so that every batch is the same. */
	private static DigitImages one(Path folder) throws IOException {
		ByteArrayOutputStream pictures = new ByteArrayOutputStream();
		DataOutputStream out = new DataOutputStream(pictures);
		for (int number : new int[] {0x803, 60, 8, 8}) {
			out.writeInt(number);
		}
		ByteArrayOutputStream labels = new ByteArrayOutputStream();
		new DataOutputStream(labels).writeLong(0x801_0000_003CL);
		for (int i = 0; i < 60; i++) {
			for (int p = 0; p < 64; p++) {
				out.writeByte(37 * p);
			}
			labels.write(7);
		}
		Path images = Files.write(folder.resolve("images"), pictures.toByteArray());
		return IdxFiles.train(images, Files.write(folder.resolve("labels"), labels.toByteArray()), 8);
	}

	@Test
	void stepsAlongTheGradient(@TempDir Path folder) throws IOException {
		DigitImages images = one(folder);
		LearningRateControlSettings settings = RateFamilies.small("depth", 2L);
		InnerTraining training = new InnerTraining(settings, 6);
		int parameters = InnerTraining.parameters(settings);
		double[] state = new double[3 * parameters];
		training.start(state, 0, SEED);
		double[] after = state.clone();
		training.train(after, 0, SEED, images, InnerOptimizer.SGD, 1, 0, 1);
		int moved = 0;
		for (int i = 0; i < parameters; i += 5) {
			double gradient = state[i] - after[i];
			double[] shifted = state.clone();
			double h = 2e-2;
			shifted[i] = state[i] + h;
			double above = training.loss(shifted, 0, SEED, images, 3);
			shifted[i] = state[i] - h;
			double below = training.loss(shifted, 0, SEED, images, 3);
			// the rest is padding, or belongs to units that are off
			if (gradient != 0) {
				moved++;
				assertEquals((above - below) / (2 * h), gradient, 2e-3 + 0.02 * Math.abs(gradient), "parameter " + i);
			}
		}
		assertTrue(moved > 40, moved + " parameters have a gradient");
	}

	/** A quadratic's gradient is its argument: each optimizer's first three steps by hand. */
	@Test
	void optimizersStepAsTheirPapersSay() {
		assertSteps(InnerOptimizer.SGD, 1, 0.9, 0.81, 0.729);
		// v = 1, 1.8, 2.34; w = 1 − 0.1 v …
		assertSteps(InnerOptimizer.MOMENTUM, 1, 0.9, 0.72, 0.486);
		double s1 = 0.1;
		double w1 = 1 - 0.1 / Math.sqrt(s1);
		double s2 = 0.9 * s1 + 0.1 * w1 * w1;
		double w2 = w1 - 0.1 * w1 / Math.sqrt(s2);
		double s3 = 0.9 * s2 + 0.1 * w2 * w2;
		assertSteps(InnerOptimizer.RMSPROP, 1, w1, w2, w2 - 0.1 * w2 / Math.sqrt(s3));
		double m = 0;
		double v = 0;
		double w = 1;
		double[] steps = new double[4];
		for (int t = 1; t <= 3; t++) {
			m = 0.9 * m + 0.1 * w;
			v = 0.999 * v + 0.001 * w * w;
			w -= 0.1 * (m / (1 - Math.pow(0.9, t))) / Math.sqrt(v / (1 - Math.pow(0.999, t)));
			steps[t] = w;
		}
		assertSteps(InnerOptimizer.ADAM, 1, steps[1], steps[2], steps[3]);
	}

	private static void assertSteps(InnerOptimizer optimizer, double start, double... expected) {
		float[] weights = {(float) start};
		float[] first = new float[1];
		float[] second = new float[1];
		for (int t = 1; t <= expected.length; t++) {
			optimizer.update(weights, weights.clone(), first, second, 1, 0.1f, t);
			assertEquals(expected[t - 1], weights[0], 1e-5, optimizer + ", update " + t);
		}
	}

	@Test
	void updatesInOneGoOrOneByOneAreTheSame() {
		LearningRateControlSettings settings = RateFamilies.small();
		InnerTraining training = new InnerTraining(settings, 6);
		DigitImages images = DrawnDigits.train(DigitStyle.PLAIN, 8);
		double[] together = new double[3 * InnerTraining.parameters(settings)];
		training.start(together, 0, SEED);
		double[] apart = together.clone();
		training.train(together, 0, SEED, images, InnerOptimizer.ADAM, 1e-2, 0, 5);
		for (int update = 0; update < 5; update++) {
			training.train(apart, 0, SEED, images, InnerOptimizer.ADAM, 1e-2, update, 1);
		}
		for (int i = 0; i < apart.length; i++) {
			assertEquals(together[i], apart[i], "double " + i);
		}
	}

	@Test
	void learnsToRecogniseDigitsThatItHasNotSeen() {
		LearningRateControlSettings settings = RateFamilies.small("width", 24L, "batch", 16L, "evaluation-images", 50L);
		InnerTraining training = new InnerTraining(settings, 24);
		DigitImages images = DrawnDigits.train(DigitStyle.BOLD, 8);
		double[] state = new double[3 * InnerTraining.parameters(settings)];
		training.start(state, 0, SEED);
		double before = training.loss(state, 0, SEED, images, 50);
		training.train(state, 0, SEED, images, InnerOptimizer.ADAM, 5e-3, 0, 400);
		assertTrue(training.loss(state, 0, SEED, images, 50) < before / 3);
		double accuracy = training.accuracy(state, 0, DrawnDigits.test(DigitStyle.BOLD, 8), 1000);
		assertTrue(accuracy > 0.8, "accuracy " + accuracy);
	}
}
