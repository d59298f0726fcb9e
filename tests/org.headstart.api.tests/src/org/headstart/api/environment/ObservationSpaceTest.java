package org.headstart.api.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

class ObservationSpaceTest {

	private static final ObservationPart POSE = ObservationPart.numbers("pose", BoxSpace.uniform(3, -1, 1));
	private static final ObservationPart IMAGE = ObservationPart.image("image", 3, 24, 24);
	private static final ObservationPart GOAL = ObservationPart.numbers("goal", BoxSpace.uniform(2, 0, 5));

	@Test
	void numbersStandSideBySideInARow() {
		ObservationSpace space = new ObservationSpace(List.of(POSE, IMAGE, GOAL));
		assertEquals(5, space.rowSize());
		assertEquals(0, space.offset(space.index("pose")));
		assertEquals(3, space.offset(space.index("goal")));
		assertEquals(new BoxSpace(new float[] {-1, -1, -1, 0, 0}, new float[] {1, 1, 1, 5, 5}), space.row());
		assertTrue(space.hasBytes());
		assertEquals(3 * 24 * 24, space.parts().get(space.index("image")).size());
	}

	@Test
	void imagesAloneHaveAnEmptyRow() {
		ObservationSpace space = new ObservationSpace(List.of(IMAGE));
		assertEquals(0, space.rowSize());
		assertFalse(space.equals(ObservationSpace.of(BoxSpace.uniform(1, 0, 1))));
	}

	@Test
	void whatIsAskedForAndNotThereIsNamed() {
		ObservationSpace space = new ObservationSpace(List.of(POSE, IMAGE));
		assertEquals("the observation has no part 'goal'; there are pose, image",
				assertThrows(IllegalArgumentException.class, () -> space.index("goal")).getMessage());
		assertEquals("part 'image' is made of bytes and in no row",
				assertThrows(IllegalArgumentException.class, () -> space.offset(1)).getMessage());
		assertEquals("it reads numbers only, and would not see the image 'image' (image: 3 × 24 × 24 bytes)",
				assertThrows(IllegalArgumentException.class, space::numbers).getMessage());
	}

	@Test
	void partsAreChecked() {
		assertThrows(IllegalArgumentException.class, () -> new ObservationSpace(List.of()));
		assertThrows(IllegalArgumentException.class, () -> new ObservationSpace(List.of(POSE, POSE)));
		assertThrows(IllegalArgumentException.class, () -> ObservationPart.image("Image", 1, 2, 3));
		assertThrows(IllegalArgumentException.class, () -> ObservationPart.image("image", 0, 2, 3));
		assertThrows(IllegalArgumentException.class,
				() -> new ObservationPart("a", List.of(2, 2), Optional.of(BoxSpace.uniform(3, 0, 1)), 1));
		assertThrows(IllegalArgumentException.class, () -> new ObservationPart("a", List.of(5, 8, 8), Optional.empty(), 4));
	}

	@Test
	void boundsArePrintedAsASummary() {
		assertEquals("box of 1728, each in -1.0 to 1.0", BoxSpace.uniform(1728, -1, 1).toString());
		assertEquals("box of 2 in [0.0, -1.0] to [1.0, 1.0]",
				new BoxSpace(new float[] {0, -1}, new float[] {1, 1}).toString());
		float[] low = new float[100];
		float[] high = new float[100];
		for (int i = 0; i < 100; i++) {
			low[i] = -i;
			high[i] = 2 * i;
		}
		assertEquals("box of 100 with different bounds within -99.0 to 198.0", new BoxSpace(low, high).toString());
		assertEquals("pose: box of 3, each in -1.0 to 1.0; image: 3 × 24 × 24 bytes",
				new ObservationSpace(List.of(POSE, IMAGE)).toString());
		assertEquals("frames: 4 × 84 × 84 bytes, a stack of 4 frames",
				new ObservationPart("frames", List.of(4, 84, 84), Optional.empty(), 4).toString());
	}
}
