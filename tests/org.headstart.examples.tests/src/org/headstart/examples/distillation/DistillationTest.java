package org.headstart.examples.distillation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import org.headstart.api.strategy.Strategy;
import org.headstart.testkit.StrategyContract;
import org.junit.jupiter.api.Test;

class DistillationTest extends StrategyContract<DistillationSettings> {

	@Override
	protected Strategy<DistillationSettings> strategy() {
		return new Distillation();
	}

	@Override
	protected List<DistillationSettings> settings() {
		return List.of(new DistillationSettings(DistillationSettings.Actor.STUDENT, 3000, 4, 16, 2, 1e-2),
				new DistillationSettings(DistillationSettings.Actor.TEACHER, 500, 2, 20, 1, 1e-2));
	}

	@Test
	void itFitsAsLongAsItsStepsLast() throws IOException {
		Recording run = adapted(settings().get(0));
		assertEquals(Map.of("distillation", 3000 / 64 + 1), run.loops());
		List<Double> losses = run.events().stream().filter(event -> event.contains("reports distillation-loss"))
				.map(event -> Double.parseDouble(event.substring(event.lastIndexOf(' ') + 1))).toList();
		assertEquals(3000 / 64, losses.size());
		assertEquals(0, losses.get(losses.size() - 1), losses.get(0) / 5, "the student comes near its teacher");
	}
}
