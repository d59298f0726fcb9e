package org.headstart.engine.internal.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.headstart.api.backbone.Backbone;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.environment.Environment;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.settings.NoSettings;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.catalog.Contribution;
import org.headstart.engine.internal.experiment.ExperimentReader;
import org.junit.jupiter.api.Test;

/** A backbone that cannot read what an environment shows is a problem of the experiment file, with what would fit. */
class ReadableObservationTest {

	/** The walk, its three numbers seen as an image. */
	private static final Environment<NoSettings> PICTURED = settings -> {
		TaskFamily walk = new WalkDynamics.Walk().create(settings);
		Dynamics pictured = (Dynamics) Proxy.newProxyInstance(Dynamics.class.getClassLoader(), new Class<?>[] {Dynamics.class},
				(proxy, method, arguments) -> switch (method.getName()) {
					case "observationSpace" -> BoxSpace.image(3, 1, 1, -10, 10);
					case "observationParts" -> InvocationHandler.invokeDefault(proxy, method);
					case "instance" -> proxy;
					default -> method.invoke(walk.environment(), arguments);
				});
		return new TaskFamily(pictured, walk.parameters(), walk.taskSets(), walk.shape());
	};

	/** Reads images only. */
	private static final class Pictures implements Backbone<NoSettings> {

		@Override
		public void check(BoxSpace observation, NoSettings settings) {
			if (observation.shape().size() != 3) {
				throw new IllegalArgumentException("the observation is " + observation.kind() + "; this backbone reads images");
			}
		}

		@Override
		public Features build(GraphBuilder graph, String prefix, String input, BoxSpace observation, NoSettings settings) {
			throw new UnsupportedOperationException();
		}
	}

	private static Catalog catalog(Environment<?> walk) {
		Catalog one = WalkExperiment.catalogWith(walk, new GradientLearner(), new WalkExperiment.Scratch());
		SortedMap<String, Contribution<Backbone<?>>> backbones = new TreeMap<>(one.backbones());
		for (String id : List.of("pictures", "more-pictures")) {
			backbones.put(id, new Contribution<>(id, id, "", "test", "1", () -> NoSettings.class, Pictures::new));
		}
		return new Catalog(one.environments(), one.wrappers(), backbones, one.learners(), one.losses(), one.strategies(), one.executors(),
				one.codeVersions(), List.of());
	}

	private static List<String> problems(Environment<?> walk, String backbone) {
		return ExperimentReader.read(WalkExperiment.text(1, 1000, "  - {id: warm-up}").replace("{id: none}", "{id: " + backbone + "}"),
				"test.yaml", catalog(walk), Map.of()).problems().stream().map(Object::toString).toList();
	}

	@Test
	void anImageGivenToABackboneForVectors() {
		List<String> problems = problems(PICTURED, "none");
		assertEquals(1, problems.size(), problems::toString);
		assertEquals(
				"test.yaml:5:11: backbone: bundle test, contribution 'none': the observation is an image of 3 × 1 × 1 (channels, height,"
						+ " width); this backbone reads vectors; it is read by 'more-pictures', 'pictures'",
				problems.get(0));
	}

	@Test
	void aVectorGivenToABackboneForImages() {
		List<String> problems = problems(new WalkDynamics.Walk(), "pictures");
		assertTrue(problems.get(0).endsWith("the observation is a vector of 3 floats; this backbone reads images; it is read by 'none'"),
				problems::toString);
	}
}
