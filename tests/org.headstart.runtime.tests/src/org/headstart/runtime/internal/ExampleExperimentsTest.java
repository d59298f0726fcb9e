package org.headstart.runtime.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import org.headstart.engine.internal.experiment.ExperimentReader;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

class ExampleExperimentsTest {

	private final BundleContext context = FrameworkUtil.getBundle(ExampleExperiments.class).getBundleContext().getBundle(0)
			.getBundleContext();

	@Test
	void everyShippedExampleIsValidAndSaysWhatItShows() throws Exception {
		assertTrue(Installation.current().examples().find("point-goal-transfer").isPresent());
		for (ExampleExperiments.Example example : Installation.current().examples().all().values()) {
			ExperimentReader.Reading reading = ExperimentReader.read(example.text(), example.name(),
					Installation.current().catalog(), Map.of());
			assertEquals(List.of(), reading.problems(), example.name());
			assertEquals(example.name(), reading.experiment().orElseThrow().name());
			assertFalse(example.description().isBlank(), example.name());
		}
	}

	@Test
	void otherPeoplesBundlesShipExamplesToo() throws Exception {
		Map<String, String> files = Map.of("examples/lava.experiment.yaml", "description: 'Hot'\n", "examples/notes.txt", "no");
		try (SyntheticBundle acme = SyntheticBundle.install(context, "com.acme", "", files, "1.0.0")) {
			ExampleExperiments.Example lava = new ExampleExperiments(context).find("lava").orElseThrow();
			assertEquals("com.acme", lava.bundle());
			assertEquals("Hot", lava.description());
			assertFalse(new ExampleExperiments(context).find("notes").isPresent());
		}
	}

	@Test
	void anExampleOfHeadstartsOwnCannotBeReplaced() throws Exception {
		Map<String, String> files = Map.of("examples/point-goal-transfer.experiment.yaml", "");
		try (SyntheticBundle acme = SyntheticBundle.install(context, "com.acme", "", files, "1.0.0")) {
			assertTrue(new ExampleExperiments(context).find("point-goal-transfer").orElseThrow().bundle()
					.startsWith("org.headstart."));
		}
	}
}
