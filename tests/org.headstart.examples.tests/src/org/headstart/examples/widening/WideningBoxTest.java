package org.headstart.examples.widening;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import org.headstart.api.environment.ParameterRange;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.random.RandomStream;
import org.headstart.api.strategy.Curriculum;
import org.headstart.examples.corridor.Corridor;
import org.headstart.testkit.CurriculumContract;
import org.junit.jupiter.api.Test;

class WideningBoxTest extends CurriculumContract {

	private final WideningSettings settings = new WideningSettings(-10, -30, 4, 0.25);

	@Override
	protected Curriculum curriculum() {
		return new WideningBox(settings, family().nominal());
	}

	@Override
	protected TaskFamily family() {
		return corridor(List.of(0.0, 0.4));
	}

	private static TaskFamily corridor(List<?> trained) {
		return new Corridor().create(new Corridor.Settings(10,
				ParameterRange.of(Map.of("train", trained, "test", List.of(0.6, 1.0))), 50));
	}

	private static double[] draws(WideningBox box, TaskFamily family) {
		RandomStream random = new RandomStream(1);
		double[] omega = new double[1];
		double[] ends = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
		for (int trial = 0; trial < 1000; trial++) {
			box.draw(random, family.taskSets().get(0), omega);
			ends[0] = Math.min(ends[0], omega[0]);
			ends[1] = Math.max(ends[1], omega[0]);
		}
		return ends;
	}

	private static void tell(WideningBox box, double... returns) {
		for (double trialReturn : returns) {
			box.ended(new double[] {0.2}, trialReturn);
		}
	}

	@Test
	void theBoxGrowsWhereItGoesWellAndShrinksWhereItGoesBadly() {
		WideningBox box = new WideningBox(settings, family().nominal());
		assertEquals(0.2, draws(box, family())[0]);
		assertEquals(0.2, draws(box, family())[1]);
		tell(box, -5, -5, -5);
		assertEquals(0, box.width(), "the mean of four trials decides");
		tell(box, -25);
		assertEquals(0.25, box.width());
		assertEquals(0.15, draws(box, family())[0], 0.001);
		assertEquals(0.25, draws(box, family())[1], 0.001);
		tell(box, -20, -20, -20, -20);
		assertEquals(0.25, box.width(), "between the bars it stays");
		for (int i = 0; i < 5; i++) {
			tell(box, -5, -5, -5, -5);
		}
		assertEquals(1, box.width());
		assertEquals(0, draws(box, family())[0], 0.001);
		assertEquals(0.4, draws(box, family())[1], 0.001);
		tell(box, -50, -50, -50, -50);
		assertEquals(0.75, box.width());
	}

	@Test
	void nothingIsDrawnFromAGap() {
		TaskFamily gap = corridor(List.of(List.of(0.0, 0.1), List.of(0.3, 0.4)));
		WideningBox box = new WideningBox(settings, gap.nominal());
		RandomStream random = new RandomStream(1);
		double[] omega = new double[1];
		for (int trial = 0; trial < 100; trial++) {
			box.draw(random, gap.taskSets().get(0), omega);
			assertTrue(omega[0] < 0.1 || omega[0] >= 0.3, "goal " + omega[0]);
		}
	}
}
