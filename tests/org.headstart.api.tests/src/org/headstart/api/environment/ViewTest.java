package org.headstart.api.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.headstart.api.environment.TaskFamily.ReturnShape;
import org.headstart.api.learner.AgentView;
import org.junit.jupiter.api.Test;

class ViewTest {

	private static final Dynamics CHOICE = new CountingDynamics(new DiscreteSpace(3));
	private static final Dynamics BOX = new CountingDynamics(new BoxSpace(new float[] {-1, 2}, new float[] {1, 4}));

	@Test
	void thePartsStandInOrder() {
		assertEquals(new View.Layout(1, 4, 5, 6, 7), new View(Trial.EPISODE, true, true).layout(CHOICE));
		assertEquals(new View.Layout(1, 3, 4, 5, 5), new View(Trial.EPISODE, true, false).layout(BOX));
		assertEquals(2, new View(Trial.EPISODE, false, true).layout(BOX).size());
		assertEquals(1, new View(Trial.EPISODE, false, true).layout(BOX).task());
		assertEquals(1, View.PLAIN.layout(CHOICE).size());
		assertEquals(new View.Layout(1, 6, 7, 8, 9),
				new View(Trial.EPISODE, true, true).layout(new CountingDynamics(new MultiDiscreteSpace(3, 2))));
	}

	@Test
	void theSpaceHoldsWhatIsShown() {
		assertEquals(ObservationSpace.of(CHOICE.observationSpace()), View.PLAIN.observationSpace(CHOICE));
		BoxSpace all = new View(Trial.of(2), true, true).observationSpace(BOX).row();
		float infinity = Float.POSITIVE_INFINITY;
		// an action is 0 at the start of a trial, even where 0 is none
		assertEquals(new BoxSpace(new float[] {0, -1, 0, -infinity, 0, -infinity},
				new float[] {3, 1, 4, infinity, 1, infinity}), all);
	}

	@Test
	void trialsAndViewsThatMakeNoSenseAreRefused() {
		assertThrows(IllegalArgumentException.class, () -> Trial.of(0));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> new Trial(1, 2, false)).getMessage().contains("aligned"));
		View history = new View(Trial.EPISODE, true, false);
		assertThrows(IllegalArgumentException.class,
				() -> new AgentView(history, View.PLAIN, AgentView.Memory.TRIAL));
		assertThrows(IllegalArgumentException.class, () -> new Trace(Trace.Kind.PLANE, List.of("x", "y", "goal")));
	}

	@Test
	void aReferenceAlgorithmIsFoundByItsName() {
		ReferenceAlgorithm one = new ReferenceAlgorithm("one", "always 1", "", Double.NaN, false, (lanes, site) -> null);
		TaskFamily family = new TaskFamily(CHOICE, List.of(ParameterGroup.scalar("length", "", 0, 9, 1)), List.of(),
				new ReturnShape(0, 99, Double.NaN), List.of(one));
		assertSame(one, family.reference("one"));
		assertEquals("no reference algorithm named 'two'; there are one",
				assertThrows(IllegalArgumentException.class, () -> family.reference("two")).getMessage());
		TaskFamily bare = new TaskFamily(CHOICE, List.of(ParameterGroup.scalar("length", "", 0, 9, 1)), List.of(),
				new ReturnShape(0, 99, Double.NaN));
		assertEquals("no reference algorithm named 'one'; this family has none",
				assertThrows(IllegalArgumentException.class, () -> bare.reference("one")).getMessage());
	}
}
