package org.headstart.engine.internal.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.headstart.api.backbone.Backbone;
import org.headstart.api.backbone.Layers;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.Learner;
import org.headstart.api.network.Head;
import org.headstart.api.network.Input;
import org.headstart.api.network.NetworkDescription;
import org.headstart.api.network.Optimizer;
import org.headstart.api.network.Trunk;
import org.headstart.api.settings.NoSettings;
import org.headstart.api.strategy.Acquisition;
import org.headstart.api.strategy.Pretraining;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.strategy.StrategyRun;
import org.headstart.api.strategy.TrainingPhase;
import org.headstart.api.strategy.WarmStartRule;
import org.headstart.api.strategy.WarmStartRule.Action;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.experiment.ExperimentReader;
import org.headstart.engine.internal.plan.Plan;
import org.headstart.engine.internal.plan.Planner;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.nn.NetworkCheckpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;

/** An agent with an actor and a critic, from its description over knowledge and a warm start to what is kept of it. */
class SeveralNetworksTest {

	@TempDir
	Path temp;

	/** The actor learns; the critic judges an action in an observation, and is there. */
	private static final class ActorAndCritic extends GradientLearner {

		@Override
		public List<NetworkDescription> networks(NoSettings settings, ObservationSpace observation, ActionSpace actions) {
			NetworkDescription actor = super.networks(settings, observation, actions).get(0);
			return List.of(
					new NetworkDescription("actor", actor.observation(), List.of(), actor.trunks(), new Optimizer.Sgd()),
					new NetworkDescription("critic", actor.observation(), List.of(Input.vector("action", 2)),
							List.of(new Trunk("features", List.of()), new Trunk("judgement", new Layers.Dense(List.of(4), Activation.TANH),
									List.of("features", "action"), List.of(new Head("q", Head.Role.VALUE, 1, 1)))),
							new Optimizer.Adam(0.9, 0.999, 1e-8)));
		}
	}

	/** Takes the critic over as it is, of the actor all but its head. */
	private static final class CriticKept implements Strategy<NoSettings> {

		@Override
		public List<Acquisition> acquisitions(NoSettings settings, List<TaskFamily> sources) {
			return List.of(new Pretraining());
		}

		@Override
		public List<WarmStartRule> warmStart(NoSettings settings) {
			return List.of(new WarmStartRule("", Action.LOAD_AND_FREEZE).in("critic"),
					new WarmStartRule(Head.PART, Action.RESET).leadingTo(Head.Role.POLICY), new WarmStartRule("", Action.LOAD));
		}

		@Override
		public void adapt(NoSettings settings, StrategyRun run) throws IOException {
			Agent agent = run.agent("agent");
			run.warmStart(agent, Pretraining.AGENT, warmStart(settings), new StrategyRun.Keep(true, true));
			run.train(agent, TrainingPhase.whole("target"));
		}
	}

	/** A layer of 5 units. */
	private static final class OneLayer implements Backbone<NoSettings> {

		@Override
		public Features build(GraphBuilder graph, String prefix, String input, BoxSpace observation, NoSettings settings) {
			graph.addLayer(prefix + "hidden", new DenseLayer.Builder().nIn(observation.size()).nOut(5).activation(Activation.TANH).build(),
					input);
			return new Features(prefix + "hidden", 5);
		}
	}

	@Test
	void theyAreKeptAndTakenOverEachByItself() throws IOException {
		Catalog catalog = WalkExperiment.catalogWith(new WalkDynamics.Walk(), new ActorAndCritic(), new CriticKept(), new OneLayer());
		Plan plan = Planner.plan(ExperimentReader.read(WalkExperiment.text(1, 1000, "  - {id: scratch}"), "test.yaml", catalog, Map.of())
				.experiment().orElseThrow(), catalog);
		ResultStore store = new ResultStore(temp);
		for (int step = 0; step < 2; step++) {
			String key = plan.steps().get(step).key();
			Files.createDirectories(store.step(key).getParent());
			new StepRunner(store, plan, catalog, new GraphNetworks()).run(key, StepRunnerTest.DEAF, new CancelToken());
		}
		Path knowledge = store.step(plan.steps().get(0).key()).resolve("checkpoint/" + Pretraining.AGENT);
		assertFalse(Files.exists(knowledge.resolve(NetworkCheckpoint.STATE)), "only a network called 'network' lies here");
		NetworkCheckpoint critic = NetworkCheckpoint.read(knowledge.resolve("critic"));
		assertEquals(List.of("q"), critic.manifest().heads());
		assertEquals(List.of("backbone/features/hidden", "trunk/judgement/dense-1", "head/q"), critic.state().tensors().stream()
				.map(tensor -> tensor.vertex()).distinct().toList());
		Path left = store.step(plan.steps().get(1).key()).resolve("checkpoint/final");
		NetworkCheckpoint kept = NetworkCheckpoint.read(left.resolve("critic"));
		assertEquals(critic.manifest().tensors(), kept.manifest().tensors());
		assertEquals(3, kept.manifest().frozen().size());
		assertEquals(List.of("policy"), NetworkCheckpoint.read(left.resolve("actor")).manifest().heads());
		List<String> tensors = store.provenance(plan.steps().get(1).key()).warmStarts().get(0).tensors();
		assertTrue(tensors.contains("actor: backbone/shared/hidden W [3, 5]: loaded"), tensors::toString);
		assertTrue(tensors.contains("actor: head/policy b [2]: reset (the rule for 'head/' says so)"), tensors::toString);
		assertTrue(tensors.contains("critic: trunk/judgement/dense-1 W [7, 4]: loaded, frozen"), tensors::toString);
	}

	/** Each alone is possible, both together are more parameters than can be. */
	@Test
	void theirSizeIsThatOfAll() {
		Learner<NoSettings> twins = new GradientLearner() {
			@Override
			public List<NetworkDescription> networks(NoSettings settings, ObservationSpace observation, ActionSpace actions) {
				NetworkDescription one = super.networks(settings, observation, actions).get(0);
				Trunk large = new Trunk("large", new Layers.Dense(List.of(35_000, 35_000), Activation.TANH),
						List.of(NetworkDescription.OBSERVATION), List.of(Head.policy(2, 1)));
				return List.of(new NetworkDescription("one", one.observation(), List.of(), List.of(large), one.optimizer()),
						new NetworkDescription("two", one.observation(), List.of(), List.of(large), one.optimizer()));
			}
		};
		List<String> problems = ExperimentReader.read(WalkExperiment.text(1, 1000, "  - {id: scratch}"), "test.yaml",
				WalkExperiment.catalogWith(new WalkDynamics.Walk(), twins, new WalkExperiment.Scratch(), new OneLayer()), Map.of())
				.problems().stream().map(Object::toString).toList();
		// each: (3 + 1) · 35,000 + 35,001 · 35,000 + 35,001 · 2
		assertTrue(problems.get(0).contains("the network has 2,450,490,004 parameters; at most"), problems::toString);
	}
}
