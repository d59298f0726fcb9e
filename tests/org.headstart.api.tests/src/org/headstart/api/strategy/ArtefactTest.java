package org.headstart.api.strategy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import org.headstart.api.strategy.Artefact.Array;
import org.headstart.api.strategy.Artefact.Picture;
import org.headstart.api.strategy.Artefact.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtefactTest {

	private static void refused(String says, Executable makes) {
		IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, makes);
		assertTrue(refused.getMessage().contains(says), refused.getMessage());
	}

	@ParameterizedTest
	@ValueSource(strings = {"", ".", "..", "../up", "a/b", "a b", "-a", ".hidden", "é", "a\n", "a:b"})
	void namesAreThoseOfFilesInOneFolder(String name) {
		refused("an artefact's name", () -> new Array(name, new float[1]));
		refused("an artefact's name", () -> new Table(name, List.of("a"), List.of()));
		refused("an artefact's name", () -> new Picture(name, 1, 1, new byte[3]));
	}

	@Test
	void namesHaveALength() {
		assertEquals(100, new Array("a".repeat(100), new float[1]).name().length());
		refused("an artefact's name", () -> new Array("a".repeat(101), new float[1]));
		assertEquals("A.1_b-c", new Array("A.1_b-c", new float[1]).name());
	}

	@Test
	void shapesHaveAsManyNumbersAsThereAre() {
		assertArrayEquals(new int[] {2, 3}, new Array("a", new double[6], 2, 3).shape());
		assertEquals(0, new Array("a", new double[0], 2, 0, 3).size());
		assertEquals(1, new Array("a", new double[1]).size());
		refused("[2, 2] has 4 numbers, and 3 are given", () -> new Array("a", new float[3], 2, 2));
		refused("[] has 1 numbers, and 3 are given", () -> new Array("a", new double[3]));
		refused("below 0", () -> new Array("a", new double[6], -2, -3));
		refused("dimensions", () -> {
			int[] shape = new int[33];
			Arrays.fill(shape, 1);
			new Array("a", new double[1], shape);
		});
		// the product of the sizes is 0 in 32 bits
		refused("numbers, and 0 are given", () -> new Array("a", new double[0], 1 << 30, 1 << 30, 16));
	}

	@Test
	void numbersAreFiniteOrMissing() {
		assertTrue(Double.isNaN(new Array("a", new float[] {Float.NaN}, 1).value(0)));
		refused("Infinity at 1", () -> new Array("a", new float[] {0, Float.POSITIVE_INFINITY}, 2));
		refused("-Infinity in row 2", () -> new Table("a", List.of("x"), List.of(List.of(1), List.of(Double.NEGATIVE_INFINITY))));
		new Table("a", List.of("x"), List.of(List.of(Double.NaN)));
	}

	@Test
	void rowsFitTheirColumns() {
		refused("2 cells in row 1 for the columns [x]", () -> new Table("a", List.of("x"), List.of(List.of(1, 2))));
		refused("needs columns", () -> new Table("a", List.of(), List.of()));
		refused("needs columns", () -> new Table("a", List.of("x", "x"), List.of()));
		refused("a java.util.ImmutableCollections", () -> new Table("a", List.of("x"), List.of(List.of(List.of()))));
		refused("has null in row 1", () -> new Table("a", List.of("x"), List.of(Collections.singletonList(null))));
		refused("needs a width, a height, and 3 bytes a pixel; 5 bytes are given", () -> new Picture("p", 1, 2, new byte[5]));
		refused("needs a width", () -> new Picture("p", 0, 2, new byte[0]));
	}

	@Test
	void whatWasGivenMayChangeAfterwards() {
		float[] values = {1, 2};
		Array array = new Array("a", values, 2);
		values[0] = 9;
		array.shape()[0] = 7;
		assertEquals(new Array("a", new float[] {1, 2}, 2), array);
		byte[] rgb = {1, 2, 3};
		Picture picture = new Picture("p", 1, 1, rgb);
		rgb[0] = 9;
		byte[] row = new byte[5];
		picture.row(0, row, 1);
		assertArrayEquals(new byte[] {0, 1, 2, 3, 0}, row);
		List<List<Object>> rows = new ArrayList<>();
		rows.add(new ArrayList<>(List.of(1)));
		Table table = new Table("t", List.of("x"), rows);
		rows.get(0).set(0, 2);
		assertEquals(new Table("t", List.of("x"), List.of(List.of(1))), table);
	}

	@Test
	void equalityIsThatOfNameAndContent() {
		Array array = new Array("a", new float[] {1, 2}, 2);
		for (Artefact other : List.of(new Array("b", new float[] {1, 2}, 2), new Array("a", new float[] {1, 3}, 2),
				new Array("a", new float[] {1, 2}, 1, 2), new Array("a", new double[] {1, 2}, 2),
				new Picture("a", 1, 1, new byte[3]))) {
			assertNotEquals(array, other);
		}
		assertEquals(array.hashCode(), new Array("a", new float[] {1, 2}, 2).hashCode());
		assertEquals(new Picture("a", 1, 1, new byte[3]), new Picture("a", 1, 1, new byte[3]));
		assertEquals(new Picture("a", 1, 1, new byte[3]).hashCode(), new Picture("a", 1, 1, new byte[3]).hashCode());
		assertNotEquals(new Picture("a", 1, 1, new byte[3]), new Picture("a", 1, 1, new byte[] {0, 0, 1}));
	}
}
