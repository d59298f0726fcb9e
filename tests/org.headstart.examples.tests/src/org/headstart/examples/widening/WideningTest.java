package org.headstart.examples.widening;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;

import org.headstart.api.environment.ParameterRange;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskFamily.Parameter;
import org.headstart.api.strategy.Strategy;
import org.headstart.examples.corridor.Corridor;
import org.headstart.testkit.StrategyContract;
import org.junit.jupiter.api.Test;

class WideningTest extends StrategyContract<WideningSettings> {

	@Override
	protected Strategy<WideningSettings> strategy() {
		return new Widening();
	}

	@Override
	protected List<WideningSettings> settings() {
		return List.of(new WideningSettings(4, 1, 5, 0.5), new WideningSettings(5, 0, 20, 1));
	}

	@Test
	void withoutNominalValueThereIsNothingToWidenFrom() {
		TaskFamily corridor = new Corridor().create(new Corridor.Settings(10, ParameterRange.of(List.of(0.0, 0.4)), 50));
		TaskFamily aimless =
				TaskFamily.sampled(corridor.environment(), -50, 0, new Parameter("goal", ParameterRange.of(List.of(0.0, 0.4))));
		assertEquals("the parameter 'goal' of the source has no nominal value to widen from", assertThrows(IllegalArgumentException.class,
				() -> strategy().acquisitions(settings().get(0), List.of(corridor, aimless))).getMessage());
		assertEquals("narrow-below 2.0 must be less than widen-above 1.0",
				assertThrows(IllegalArgumentException.class, () -> new WideningSettings(1, 2, 5, 0.5)).getMessage());
	}
}
