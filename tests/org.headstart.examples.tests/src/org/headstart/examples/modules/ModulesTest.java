package org.headstart.examples.modules;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.headstart.api.environment.Environment;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.environment.View;
import org.headstart.api.network.Head;
import org.headstart.api.network.Network;
import org.headstart.api.network.Trunk;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.settings.NoSettings;
import org.headstart.api.settings.SettingsSchema;
import org.headstart.backbones.Mlp;
import org.headstart.backbones.MlpSettings;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.catalog.Contribution;
import org.headstart.engine.internal.execution.CancelToken;
import org.headstart.engine.internal.execution.SavedAgent;
import org.headstart.engine.internal.execution.StepListener;
import org.headstart.engine.internal.execution.StepRunner;
import org.headstart.engine.internal.experiment.ExperimentReader;
import org.headstart.engine.internal.plan.Plan;
import org.headstart.engine.internal.plan.Planner;
import org.headstart.engine.internal.results.MetricsRow;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.examples.corridor.Corridor;
import org.headstart.examples.sequential.Sequential;
import org.headstart.examples.union.Hall;
import org.headstart.examples.union.Union;
import org.headstart.examples.union.UnionSettings;
import org.headstart.examples.union.UnionTest;
import org.headstart.learners.ppo.Ppo;
import org.headstart.learners.ppo.PpoSettings;
import org.headstart.nn.NetworkBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modules hear their group's rows alone, and one agent learns in two worlds of different spaces. */
class ModulesTest {

	private static final ObservationSpace SPACE = View.PLAIN.observationSpace(UnionTest.worlds().environment());
	private static final int ROW = 7;

	@TempDir
	Path temp;

	private static Network network() {
		MlpSettings settings = (MlpSettings) SettingsSchema.of(MlpSettings.class).bind(Map.of("hidden", List.of(8L))).settings();
		return NetworkBuilder.of(new Mlp(), settings, SPACE.row()).trunk(new Trunk("policy", List.of(Head.policy(2, 1))))
				.architecture(Modules.of(SPACE)).build(new RandomStreams(1));
	}

	/** Two rows of a corridor, two of a hall. */
	private static float[] rows() {
		return new float[] {1, 0, 0.3f, 0.2f, 0, 0, 0, 1, 0, 0.7f, -0.2f, 0, 0, 0, 0, 1, 0, 0, 0.5f, -0.5f, 0.1f, 0, 1, 0, 0, -0.5f, 0.5f,
				0.4f};
	}

	private static SortedMap<String, List<Float>> parameters(Network network) {
		SortedMap<String, List<Float>> all = new TreeMap<>();
		for (String vertex : network.parameterVertices()) {
			List<Float> values = new ArrayList<>();
			for (String parameter : network.parameters(vertex)) {
				for (float value : network.parameter(vertex, parameter)) {
					values.add(value);
				}
			}
			all.put(vertex, values);
		}
		return all;
	}

	private static void learn(Network network, float[] rows, int count) {
		network.forward(rows, 0, count);
		Arrays.fill(network.outputGradients(), 0, count * network.outputStride(), 0.5f);
		network.backward(count);
		network.update(1, 0.1f);
	}

	@Test
	void aGroupsRowsLeaveOtherModulesAsTheyAre() {
		Network network = network();
		SortedMap<String, List<Float>> before = parameters(network);
		learn(network, rows(), 2);
		SortedMap<String, List<Float>> after = parameters(network);
		assertTrue(before.keySet().stream().anyMatch(vertex -> vertex.startsWith("module-0/"))
				&& before.keySet().stream().anyMatch(vertex -> vertex.startsWith("module-1/")), before.keySet().toString());
		for (String vertex : before.keySet()) {
			assertEquals(vertex.startsWith("module-1/"), before.get(vertex).equals(after.get(vertex)), vertex);
		}
		learn(network, Arrays.copyOfRange(rows(), 2 * ROW, 4 * ROW), 2);
		SortedMap<String, List<Float>> last = parameters(network);
		for (String vertex : before.keySet()) {
			assertFalse(vertex.startsWith("module-1/") && after.get(vertex).equals(last.get(vertex)), vertex);
		}
	}

	@Test
	void aModuleHearsNothingOfOtherGroups() {
		Network network = network();
		float[] rows = rows();
		network.forward(rows, 0, 4);
		float[] outputs = network.outputs().clone();
		// numbers of the hall in rows of the corridor
		rows[4] = 7;
		rows[ROW + 6] = -3;
		network.forward(rows, 0, 4);
		assertArrayEquals(Arrays.copyOf(outputs, 4 * network.outputStride()), Arrays.copyOf(network.outputs(), 4 * network.outputStride()));
		rows[2] = 7;
		network.forward(rows, 0, 4);
		assertFalse(outputs[0] == network.outputs()[0] && outputs[1] == network.outputs()[1]);
	}

	@Test
	void whatHasNoGroupsIsRefused() {
		String message = assertThrows(IllegalArgumentException.class,
				() -> new GroupModules().check(new NoSettings(), new Hall().create(new NoSettings()))).getMessage();
		assertEquals("it has no groups, and each module belongs to a group", message);
	}

	private static <T> Contribution<T> contribution(String id, Class<? extends Record> settings, T instance) {
		return new Contribution<>(id, id, "", "test", "1", () -> settings, () -> instance);
	}

	private static <T> SortedMap<String, Contribution<T>> only(Contribution<T> contribution) {
		return new TreeMap<>(Map.of(contribution.id(), contribution));
	}

	private static Catalog catalog() {
		SortedMap<String, Contribution<Environment<?>>> environments = new TreeMap<>();
		environments.put("corridor", contribution("corridor", Corridor.Settings.class, new Corridor()));
		environments.put("hall", contribution("hall", NoSettings.class, new Hall()));
		environments.put("union", contribution("union", UnionSettings.class, new Union()));
		return new Catalog(environments, new TreeMap<>(), only(contribution("mlp", MlpSettings.class, new Mlp())),
				only(contribution("ppo", PpoSettings.class, new Ppo())), new TreeMap<>(),
				only(contribution("group-modules", NoSettings.class, new GroupModules())),
				only(contribution("local", NoSettings.class, new Sequential())), new TreeMap<>(Map.of("engine", "1")), List.of());
	}

	@Tag("nightly")
	@Test
	void oneAgentLearnsInTwoWorlds() throws IOException {
		ExperimentReader.Reading reading = ExperimentReader.read("""
				headstart: 1
				name: worlds
				seeds: 1
				backbone: {id: mlp, hidden: [16]}
				learner: {id: ppo, lanes: 8, rollout-steps: 64}
				target: [{environment: union, of: [{id: corridor}, {id: hall}], task: train, steps: 16384}]
				strategies: [{id: group-modules}]
				evaluation: {every: 8192, episodes: 20}
				""", "f", catalog(), Map.of());
		Plan plan = Planner.plan(reading.experiment().orElseThrow(() -> new AssertionError(reading.problems().toString())), catalog());
		Files.createDirectories(temp.resolve("steps"));
		ResultStore store = new ResultStore(temp);
		String key = plan.steps().get(0).key();
		new StepRunner(store, plan, catalog()).run(key, new StepListener() {
			@Override
			public void progress(long done, long all) {
				// nobody watches
			}

			@Override
			public void note(String message) {
				throw new AssertionError(message);
			}
		}, new CancelToken());
		List<MetricsRow> rows = store.metrics(key).orElseThrow().rows();
		double first = rows.get(0).returnMean();
		double last = rows.get(rows.size() - 1).returnMean();
		// −50 to 0 in a corridor, 0 to 50 in a hall, half of each
		assertTrue(last > first + 10 && last > 0, "from " + first + " to " + last);
		SavedAgent agent = SavedAgent.open(store.step(key).resolve(ResultStore.CHECKPOINT).resolve("final"), catalog());
		assertEquals(SPACE, agent.observationSpace());
	}
}
