package org.headstart.api.learner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

import org.headstart.api.random.RandomStream;
import org.junit.jupiter.api.Test;

class EpochsTest {

	private static Epochs over(int size, long seed) {
		Epochs epochs = new Epochs(new RandomStream(seed));
		epochs.begin(size);
		return epochs;
	}

	private static int[] next(Epochs epochs, int count) {
		int[] examples = new int[count];
		epochs.next(examples, count);
		return examples;
	}

	private static byte[] state(Epochs epochs) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		epochs.writeState(new DataOutputStream(bytes));
		return bytes.toByteArray();
	}

	private static Epochs read(Epochs into, byte[] state) throws IOException {
		into.readState(new DataInputStream(new ByteArrayInputStream(state)));
		return into;
	}

	@Test
	void eachEpochPassesOverAllInAnOrderOfItsOwn() {
		Epochs epochs = over(10, 1);
		int[] first = next(epochs, 10);
		int[] second = next(epochs, 10);
		assertFalse(Arrays.equals(first, second));
		assertEquals(2, epochs.passed());
		int[] all = new int[10];
		Arrays.setAll(all, i -> i);
		Arrays.sort(first);
		Arrays.sort(second);
		assertArrayEquals(all, first);
		assertArrayEquals(all, second);
	}

	@Test
	void batchesGoOverTheEndsOfEpochs() {
		int[] together = next(over(7, 3), 21);
		Epochs epochs = over(7, 3);
		for (int batch = 0; batch < 7; batch++) {
			assertArrayEquals(Arrays.copyOfRange(together, 3 * batch, 3 * batch + 3), next(epochs, 3));
		}
	}

	@Test
	void whatIsReadGoesOnAlike() throws IOException {
		for (int before : new int[] {0, 3, 7, 10, 20}) {
			Epochs epochs = over(7, 3);
			next(epochs, before);
			byte[] state = state(epochs);
			Epochs other = read(over(7, 99), state);
			assertArrayEquals(state, state(other));
			assertEquals(epochs.passed(), other.passed());
			assertArrayEquals(next(epochs, 30), next(other, 30), "after " + before);
		}
		assertTrue(state(over(1_000_000, 1)).length < 100, "however many there are");
	}

	@Test
	void theStateOfOtherExamplesIsRefused() throws IOException {
		byte[] state = state(over(7, 3));
		assertThrows(IOException.class, () -> read(over(8, 3), state));
		assertThrows(IllegalArgumentException.class, () -> over(0, 3));
	}
}
