package org.headstart.engine.internal.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;

import org.headstart.engine.internal.catalog.Contribution;
import org.junit.jupiter.api.Test;

class StepWatchTest {

	private static final Contribution<?> LAVA = WalkExperiment.catalog().environments().get("walk");
	private static final Contribution<?> LEARNER = WalkExperiment.catalog().learners().get("gradient");

	private final AtWork atWork = new AtWork();
	private final StepWatch watch = new StepWatch(atWork, note -> {
		throw new AssertionError("it was never started");
	});

	private Optional<String> at(long seconds) {
		// the clock may begin anywhere
		return watch.look(Long.MAX_VALUE - 5 + Duration.ofSeconds(seconds).toNanos());
	}

	@Test
	void aStepThatDoesNotReturnIsNamedOnce() {
		assertEquals(Optional.empty(), at(0));
		atWork.moved();
		atWork.enter(new AtWork.Doing(LAVA, "step", true));
		assertEquals(Optional.empty(), at(1));
		assertEquals(Optional.empty(), at(60));
		assertEquals(Optional.of("no environment step for 60 s: step of contribution 'walk' (bundle test) is at work"), at(61));
		assertEquals(Optional.empty(), at(500));
		atWork.moved();
		assertEquals(Optional.of("goes on after 509 s without an environment step"), at(510));
		assertEquals(Optional.empty(), at(569));
		assertEquals(Optional.of("no environment step for 60 s: step of contribution 'walk' (bundle test) is at work"), at(570));
	}

	@Test
	void anUpdateMayTakeLonger() {
		atWork.enter(new AtWork.Doing(LEARNER, "update", false));
		assertEquals(Optional.empty(), at(0));
		assertEquals(Optional.empty(), at(599));
		assertEquals(Optional.of("no environment step for 600 s: update of contribution 'gradient' (bundle test) is at work"),
				at(600));
	}

	@Test
	void evaluationMovesOnToo() {
		AtWork.Doing evaluating = new AtWork.Doing(LEARNER, "act", true);
		for (int second = 0; second < 3000; second += 50) {
			atWork.enter(evaluating);
			atWork.moved();
			assertEquals(Optional.empty(), at(second));
		}
	}

	@Test
	void theEngineItselfMayTakeLongerToo() {
		assertEquals(Optional.empty(), at(0));
		assertEquals(Optional.empty(), at(599));
		assertEquals(Optional.of("no environment step for 600 s: Headstart's own code is at work"), at(600));
	}
}
