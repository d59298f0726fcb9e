package org.headstart.engine.internal.execution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.MultiDiscreteSpace;
import org.headstart.api.environment.ObservationPart;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.VectorEnvironment;
import org.headstart.api.experience.MemoryChunks;
import org.headstart.api.learner.ActorCritic;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentView;
import org.headstart.api.learner.Learner;
import org.headstart.api.learner.Policy;
import org.headstart.api.network.Head.Role;
import org.headstart.api.random.RandomStreams;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.catalog.Contribution;
import org.headstart.engine.internal.experiment.Experiment;
import org.headstart.engine.internal.experiment.ExperimentReader;
import org.headstart.engine.internal.results.ResultsException;
import org.headstart.learners.ppo.PpoSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A saved agent that is opened alone acts as the agent that was saved. */
class SavedAgentTest {

	private static final String TEXT = """
			headstart: 1
			name: saved
			seeds: 1
			backbone: %s
			learner: {id: ppo, lanes: 4, rollout-steps: 32, minibatch-size: 32, normalise-observations: true, shared-backbone: true}
			target: [{environment: point-goal, actions: %s, task: test, steps: 1000}]
			strategies: [{id: scratch}]
			""";

	@TempDir
	Path temp;

	/** An agent that has learned a little. */
	private final class Trained {

		final Catalog catalog = ShippedContributionsTest.catalog();
		final Path folder = temp.resolve("agents").resolve("one");
		final VectorEnvironment environment;
		final Agent agent;
		final TaskFamily family;

		Trained(String backbone, String actions) throws IOException {
			ExperimentReader.Reading reading = ExperimentReader.read(TEXT.formatted(backbone, actions), "saved.yaml", catalog, Map.of());
			Experiment experiment = reading.experiment().orElseThrow(() -> new AssertionError(reading.problems().toString()));
			AtWork atWork = new AtWork();
			RunTask task = RunTask.of(experiment.tasks().target().get(0), 1, atWork);
			AgentWorkshop workshop = new AgentWorkshop(experiment, experiment.strategies().get(0), new GraphNetworks(), atWork);
			AgentWorkshop.Made made = workshop.agent(task, AgentView.PLAIN, Optional.empty(), new RandomStreams(3), 1000,
					new MemoryChunks());
			agent = made.agent();
			family = task.family();
			environment = lanes(4);
			ActionBatch batch = new ActionBatch(environment.actionSpace(), 4);
			agent.begin(4);
			for (int update = 0; update < 3; update++) {
				while (!agent.ready()) {
					agent.act(environment, batch);
					environment.step(batch);
					agent.observe(environment);
				}
				agent.update((name, value) -> {
					// not looked at
				});
			}
			Files.createDirectories(folder.getParent());
			workshop.save(made, folder);
		}

		VectorEnvironment lanes(int lanes) {
			VectorEnvironment fresh = family.vectorEnvironment(lanes, family.taskSets().get(0).sampler(), new RandomStreams(7));
			fresh.reset();
			return fresh;
		}

		/** What a policy does in 60 steps of 5 lanes. */
		int[] deeds(Policy policy) {
			VectorEnvironment played = lanes(5);
			ActionBatch batch = new ActionBatch(played.actionSpace(), 5);
			int[] deeds = new int[60];
			policy.begin(played);
			for (int step = 0; step < deeds.length; step++) {
				policy.act(played, batch);
				deeds[step] = Arrays.hashCode(batch.index) ^ Arrays.hashCode(batch.values);
				played.step(batch);
				policy.observe(played);
			}
			return deeds;
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = {"{id: mlp, hidden: [16, 8]};discrete", "{id: mlp, hidden: [16]};continuous"})
	void itActsAndJudgesToTheBit(String backbone, String actions) throws IOException {
		Trained trained = new Trained(backbone, actions);
		Catalog noStrategies = new Catalog(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), trained.catalog.learners(), new TreeMap<>(),
				new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), List.of());
		SavedAgent opened = SavedAgent.open(trained.folder, noStrategies);
		assertEquals("ppo", opened.learner());
		assertEquals(trained.environment.observationSpace(), opened.observationSpace());
		assertEquals(trained.environment.actionSpace(), opened.actionSpace());
		assertEquals(AgentView.PLAIN, opened.view());
		assertArrayEquals(trained.deeds(trained.agent.policy(5, true)), trained.deeds(opened.policy(5, true)));
		assertEquals(trained.agent.network().verticesLeadingTo(Role.VALUE), opened.networks().get("network").verticesLeadingTo(Role.VALUE));

		VectorEnvironment shown = trained.lanes(5);
		ActorCritic expected = trained.agent.actorCritic(5).orElseThrow();
		ActorCritic found = opened.actorCritic(5).orElseThrow();
		int size = opened.actionSpace() instanceof DiscreteSpace discrete ? discrete.count() : 4;
		assertEquals(size, found.distributionSize());
		float[][] all = {new float[5 * size], new float[5], new float[5 * size], new float[5]};
		expected.evaluate(shown, all[0], all[1]);
		found.evaluate(shown, all[2], all[3]);
		assertArrayEquals(all[0], all[2]);
		assertArrayEquals(all[1], all[3]);
		assertTrue(all[1][0] != all[1][1], "values are of states");
	}

	@Test
	void spacesComeBack() {
		for (ActionSpace space : List.of(new DiscreteSpace(3), new MultiDiscreteSpace(4, 2), BoxSpace.image(3, 4, 5, 0, 255),
				new BoxSpace(new float[] {Float.NEGATIVE_INFINITY, 0.1f}, new float[] {1e30f, Float.POSITIVE_INFINITY}))) {
			assertEquals(space, AgentDescription.Space.of(space).space());
		}
		ObservationSpace seen = new ObservationSpace(List.of(ObservationPart.image("image", 3, 8, 9),
				ObservationPart.numbers("state", BoxSpace.uniform(4, -1, 2)), new ObservationPart("past", List.of(6), Optional.of(
						BoxSpace.uniform(6, 0, 1)), 3)));
		assertEquals(seen, new ObservationSpace(AgentDescription.Part.of(seen).stream().map(AgentDescription.Part::part).toList()));
	}

	@Test
	void whatIsMissingIsSaid() throws IOException {
		Trained trained = new Trained("{id: mlp, hidden: [8]}", "discrete");
		SortedMap<String, Contribution<Learner<?>>> others = new TreeMap<>();
		others.put("gradient", new Contribution<>("gradient", "", "", "test", "1", () -> PpoSettings.class, GradientLearner::new));
		Catalog without = new Catalog(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), others, new TreeMap<>(), new TreeMap<>(),
				new TreeMap<>(), new TreeMap<>(), List.of());
		String missing = assertThrows(ResultsException.class, () -> SavedAgent.open(trained.folder, without)).getMessage();
		assertTrue(missing.contains("needs the learner 'ppo' of bundle test, which is not installed; there are: gradient"), missing);
		String none = assertThrows(ResultsException.class, () -> SavedAgent.open(temp, trained.catalog)).getMessage();
		assertTrue(none.contains("agent.json is missing"), none);

		Path file = trained.folder.resolve(AgentDescription.FILE);
		String text = Files.readString(file);
		for (String damaged : List.of("", "null", "[]", "{}", text.replace("\"settings\"", "\"other\""),
				text.replace("\"shape\": [", "\"shape\": [0, "), text.replace("\"choices\": 9", "\"choices\": 8"),
				text.replaceFirst("(?s)(\"observation\": .*?\"shape\": \\[)\\s*4", "$1 9, 4"), text.replace("\"policy\"", "\"politics\""),
				text.replace("\"format\": 1", "\"format\": 2"))) {
			Files.writeString(file, damaged);
			assertThrows(ResultsException.class, () -> SavedAgent.open(trained.folder, trained.catalog), damaged);
		}
	}
}
