package org.headstart.api.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

class ParameterGroupTest {

	@Test
	void namesOfComponentsAreDerived() {
		List<ParameterGroup> groups = List.of(ParameterGroup.scalar("gravity", "m/s²", 0, 20, 9.81),
				new ParameterGroup("goal", List.of("x", "y"), "m", -1, 1, 0), ParameterGroup.numbered("pixel", 1728, "", 0, 255, 0));
		List<String> names = ParameterGroup.names(groups);
		assertEquals(1 + 2 + 1728, names.size());
		assertEquals(List.of("gravity", "goal.x", "goal.y", "pixel.1", "pixel.2"), names.subList(0, 5));
		assertEquals("[gravity, goal.x, goal.y, pixel.1 … pixel.1728]", groups.toString(), "many names are shortened");
	}

	@Test
	void groupsThatMeanNothingAreRefused() {
		assertThrows(IllegalArgumentException.class, () -> new ParameterGroup("goal", List.of("x", "x"), "", 0, 1, 0));
		assertThrows(IllegalArgumentException.class, () -> ParameterGroup.scalar(" ", "", 0, 1, 0));
		assertThrows(IllegalArgumentException.class, () -> ParameterGroup.scalar("goal", "", Double.NaN, 1, 0));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> ParameterGroup.scalar("goal", "", 2, 1, 0)).getMessage()
				.startsWith("goal: a range needs two numbers, the lower one first"));
	}
}
