package org.headstart.learners.ppo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.ObservationPart;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.random.RandomStream;
import org.junit.jupiter.api.Test;

class NormaliserTest {

	private final RandomStream random = new RandomStream(5);

	@Test
	void momentsAreThoseOfAllRows() {
		RunningMoments moments = new RunningMoments(2);
		double[] sum = new double[2];
		double[] squares = new double[2];
		int count = 0;
		for (int batch = 0; batch < 50; batch++) {
			float[] rows = new float[6];
			for (int i = 0; i < 6; i++) {
				// far from 0 beside its spread, where a sum of squares would lose its digits
				rows[i] = (float) (1000 * (i % 2) + random.nextGaussian());
				sum[i % 2] += rows[i];
				squares[i % 2] += (rows[i] - 1000.0 * (i % 2)) * (rows[i] - 1000.0 * (i % 2));
			}
			count += 3;
			moments.add(rows, 3);
		}
		for (int i = 0; i < 2; i++) {
			double mean = sum[i] / count;
			double centre = mean - 1000.0 * i;
			assertEquals(mean, moments.mean(i), 1e-9);
			assertEquals(1 / Math.sqrt(squares[i] / count - centre * centre), moments.inverseDeviation(i), 1e-6);
		}
	}

	@Test
	void observationsAreCentredScaledAndClipped() {
		ObservationNormaliser normaliser = new ObservationNormaliser(1, true);
		normaliser.add(new float[] {1, 3}, 2);
		float[] seen = new float[4];
		normaliser.apply(new float[] {2, 3, 1e6f}, 0, seen, 1, 3);
		assertArrayEquals(new float[] {0, 0, 1, 10}, seen, 1e-4f);
	}

	@Test
	void offMeansUntouched() {
		ObservationNormaliser normaliser = new ObservationNormaliser(1, false);
		normaliser.add(new float[] {1, 3}, 2);
		float[] seen = new float[2];
		normaliser.apply(new float[] {5, 1e6f}, 0, seen, 0, 2);
		assertArrayEquals(new float[] {5, 1e6f}, seen);
	}

	@Test
	void rewardsAreDividedByTheReturnsDeviation() {
		ReturnNormaliser normaliser = new ReturnNormaliser(0.5, true);
		normaliser.begin(1);
		float[] learned = new float[3];
		boolean[] no = {false};
		boolean[] yes = {true};
		normaliser.apply(new float[] {4}, no, no, learned, 0); // discounted returns so far: 0 (before any reward), 4
		normaliser.apply(new float[] {2}, no, yes, learned, 1); // and 0.5 · 4 + 2 = 4
		normaliser.apply(new float[] {1}, no, no, learned, 2); // the episode is over: and 1
		assertEquals(4 / deviation(0, 4), learned[0], 1e-6);
		assertEquals(2 / deviation(0, 4, 4), learned[1], 1e-6);
		assertEquals(1 / deviation(0, 4, 4, 1), learned[2], 1e-6);
		normaliser.apply(new float[] {1e6f}, no, no, learned, 0);
		normaliser.reset();
		normaliser.apply(new float[] {4}, no, no, learned, 1);
		assertEquals(4 / deviation(0, 4), learned[1], 1e-6, "as at first");
	}

	private static double deviation(double... values) {
		double mean = Arrays.stream(values).average().orElseThrow();
		return Math.sqrt(Arrays.stream(values).map(value -> (value - mean) * (value - mean)).average().orElseThrow());
	}

	@Test
	void statisticsOfAnotherSettingAreRefused() throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		new ObservationNormaliser(2, true).writeState(new DataOutputStream(bytes));
		assertThrows(IOException.class, () -> new ObservationNormaliser(2, false)
				.readState(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))));
		assertThrows(IOException.class, () -> new ObservationNormaliser(3, true)
				.readState(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))));
	}

	@Test
	void theGroupOfALaneStaysWhatItIs() {
		ObservationSpace space = new ObservationSpace(List.of(ObservationPart.numbers("first", BoxSpace.uniform(1, -9, 9)),
				ObservationPart.group(2), ObservationPart.numbers("last", BoxSpace.uniform(1, -9, 9))));
		ObservationNormaliser normaliser = ObservationNormaliser.of(space, 4, true);
		ObservationNormaliser plain = new ObservationNormaliser(4, true);
		float[] rows = {3, 1, 0, -2, 5, 0, 1, 6};
		normaliser.add(rows, 2);
		plain.add(rows, 2);
		float[] seen = new float[8];
		float[] without = new float[8];
		normaliser.apply(rows, 0, seen, 0, 2);
		plain.apply(rows, 0, without, 0, 2);
		assertArrayEquals(new float[] {without[0], 1, 0, without[3], without[4], 0, 1, without[7]}, seen);
	}
}
