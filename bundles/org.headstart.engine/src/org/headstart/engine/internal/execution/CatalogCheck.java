package org.headstart.engine.internal.execution;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

import org.headstart.api.backbone.Backbone;
import org.headstart.api.backbone.Layers;
import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.environment.Environment;
import org.headstart.api.environment.Examples;
import org.headstart.api.environment.GivenLanes;
import org.headstart.api.environment.MemoryExamples;
import org.headstart.api.environment.MultiDiscreteSpace;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.environment.ParameterGroup;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskRole;
import org.headstart.api.environment.TaskSampler;
import org.headstart.api.environment.TaskSet;
import org.headstart.api.environment.View;
import org.headstart.api.experience.MemoryChunks;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentSite;
import org.headstart.api.learner.AgentView;
import org.headstart.api.learner.ExampleAgent;
import org.headstart.api.learner.Learner;
import org.headstart.api.loss.AppliedLoss;
import org.headstart.api.loss.Loss;
import org.headstart.api.loss.LossSite;
import org.headstart.api.loss.Windows;
import org.headstart.api.network.Head;
import org.headstart.api.network.Network;
import org.headstart.api.network.Trunk;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.settings.NoSettings;
import org.headstart.api.settings.SettingsSchema;
import org.headstart.api.strategy.Acquisition;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.wrapper.Wrapper;
import org.headstart.engine.internal.catalog.BrokenContributionException;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.catalog.Contribution;
import org.headstart.engine.internal.catalog.Problem;
import org.headstart.engine.internal.catalog.RefusedException;
import org.headstart.engine.internal.catalog.TaskFamilies;
import org.headstart.nn.NetworkBuilder;

/**
 * Checks every contribution of a catalog as far as that is cheap and needs no experiment: its settings record and the
 * default settings; an environment's family, with a few random steps; a backbone's graph; a learner's agent on a small
 * network, with one action; a strategy's acquisitions. It reports all problems at once.
 */
public final class CatalogCheck {

	private static final int LANES = 2;
	private static final int STEPS = 20;
	private static final int EXAMPLES = 8;
	private static final ObservationSpace OBSERVATION = ObservationSpace.of(BoxSpace.uniform(4, -1, 1));
	private static final List<ActionSpace> ACTIONS = List.of(new DiscreteSpace(3), BoxSpace.uniform(2, -1, 1),
			new MultiDiscreteSpace(3, 2));
	private static final TaskFamily FAMILY = new TaskFamily(new Drift(), List.of(ParameterGroup.scalar("drift", "", 0.5, 0.5, 0.5)),
			List.of(new TaskSet("tasks", "one task", TaskRole.TRAIN, TaskSampler.fixed(0.5), omega -> true)),
			new TaskFamily.ReturnShape(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NaN));
	private static final RandomStreams STREAMS = new RandomStreams(1);

	private final List<Problem> problems = new ArrayList<>();

	private final Catalog catalog;

	private CatalogCheck(Catalog catalog) {
		this.catalog = catalog;
	}

	/** Something to be checked with a contribution's default settings. */
	private interface Check {
		void with(Record settings);
	}

	/**
	 * Checks all contributions.
	 *
	 * @param catalog the catalog
	 * @return the problems, by kind and id
	 */
	public static List<Problem> check(Catalog catalog) {
		CatalogCheck check = new CatalogCheck(catalog);
		check.all(catalog.environments().values(), Environment.class, CatalogCheck::environment);
		check.all(catalog.wrappers().values(), Wrapper.class, CatalogCheck::wrapper);
		check.all(catalog.backbones().values(), Backbone.class, CatalogCheck::backbone);
		check.all(catalog.learners().values(), Learner.class, CatalogCheck::learner);
		check.all(catalog.losses().values(), Loss.class, CatalogCheck::loss);
		check.all(catalog.strategies().values(), Strategy.class, CatalogCheck::strategy);
		check.all(catalog.executors().values(), org.headstart.api.execution.Executor.class, executor -> settings -> {
			// to start one takes a run
		});
		return check.problems;
	}

	/** The check of a contribution. */
	private interface Checks<T> {
		Check of(Contribution<T> contribution);
	}

	private <T> void all(Collection<Contribution<T>> contributions, Class<?> type, Checks<T> checks) {
		for (Contribution<T> contribution : contributions) {
			Optional<SettingsSchema> schema = tried(contribution, contribution::schema);
			Optional<T> instance = tried(contribution, () -> contribution.call("instance", contribution.instance()::get));
			if (schema.isEmpty() || instance.isEmpty()) {
				continue;
			}
			Optional<Class<?>> own = settings(instance.get().getClass(), type);
			if (own.isPresent() && own.get() != schema.get().type()) {
				problem(contribution, contribution.origin() + ": its class " + instance.get().getClass().getName()
						+ " takes the settings record " + own.get().getName() + ", but 'settings' names "
						+ schema.get().type().getName());
				continue;
			}
			tried(contribution, () -> {
				Record defaults =
						contribution.call("the settings record", () -> schema.get().bind(Map.of(), List.of(), catalog)).settings();
				// some setting is required
				if (defaults != null) {
					checks.of(contribution).with(defaults);
				}
				return true;
			});
		}
	}

	private <R> Optional<R> tried(Contribution<?> contribution, Contribution.Code<R, RuntimeException> code) {
		try {
			return Optional.of(code.run());
		} catch (BrokenContributionException e) {
			problem(contribution, e.getMessage());
			return Optional.empty();
		}
	}

	private void problem(Contribution<?> contribution, String message) {
		problems.add(new Problem(contribution.bundle(), contribution.id(), message));
	}

	/** The settings record of a class: the argument of the interface that it implements. */
	private static Optional<Class<?>> settings(Class<?> implementing, Class<?> type) {
		for (Class<?> each = implementing; each != null; each = each.getSuperclass()) {
			for (Type implemented : each.getGenericInterfaces()) {
				if (implemented instanceof ParameterizedType generic && generic.getRawType() == type) {
					return generic.getActualTypeArguments()[0] instanceof Class<?> record ? Optional.of(record) : Optional.empty();
				}
			}
		}
		return Optional.empty();
	}

	private static Check environment(Contribution<Environment<?>> contribution) {
		return settings -> {
			TaskFamily family;
			try {
				family = TaskFamilies.of(contribution, settings);
			} catch (RefusedException e) {
				throw new BrokenContributionException(contribution.origin() + ": it refuses its default settings: " + e.reason(), e);
			}
			play(contribution, family);
		};
	}

	private static void play(Contribution<?> contribution, TaskFamily family) {
		AtWork atWork = new AtWork();
		try (CheckedLanes lanes = new CheckedLanes(contribution.call("open",
				() -> family.vectorEnvironment(LANES, family.taskSets().get(0).sampler(), STREAMS)), contribution, family,
				contribution.id() + "/" + family.taskSets().get(0).name(), View.PLAIN, atWork)) {
			ActionBatch actions = new ActionBatch(lanes.actionSpace(), LANES);
			lanes.reset();
			var policy = lanes.begin(new Actor(null, "",
					(rows, tasks) -> RandomPolicy.on(lanes.actionSpace(), rows, STREAMS.stream("actions"))));
			for (int step = 0; step < STEPS; step++) {
				lanes.play(policy, actions);
			}
		}
	}

	/** Around a small family of one task. */
	private static Check wrapper(Contribution<Wrapper<?>> contribution) {
		return settings -> {
			try {
				play(contribution, TaskFamilies.wrapped(FAMILY, contribution, contribution, settings));
			} catch (RefusedException e) {
				// it is made for other environments
			}
		};
	}

	/** A number that moves by ω and the action. */
	private record Drift() implements Dynamics {

		@Override
		public BoxSpace observationSpace() {
			return BoxSpace.uniform(1, -1000, 1000);
		}

		@Override
		public ActionSpace actionSpace() {
			return ACTIONS.get(0);
		}

		@Override
		public int stateSize() {
			return 1;
		}

		@Override
		public int parameterCount() {
			return 1;
		}

		@Override
		public int maxEpisodeSteps() {
			return STEPS / 2;
		}

		@Override
		public void start(double[] state, int stateOffset, double[] omega, int omegaOffset, RandomStream random) {
			state[stateOffset] = random.nextDouble();
		}

		@Override
		public void step(double[] state, double[] omega, ActionBatch actions, int lanes, RandomStream[] random, float[] rewards,
				boolean[] terminated) {
			for (int lane = 0; lane < lanes; lane++) {
				state[lane] += omega[lane] + actions.index[lane] - 1;
				rewards[lane] = (float) -Math.abs(state[lane]);
				terminated[lane] = false;
			}
		}

		@Override
		public void observe(double[] state, int stateOffset, double[] omega, int omegaOffset, float[] observation,
				int observationOffset) {
			observation[observationOffset] = (float) state[stateOffset];
		}
	}

	private static Check backbone(Contribution<Backbone<?>> contribution) {
		return settings -> {
			try {
				NetworkBuilder.of(GraphNetworks.named(contribution), settings, OBSERVATION.row())
						.trunk(new Trunk("policy", List.of(Head.policy(3, 1)))).configuration();
			} catch (RefusedException e) {
				// it reads other observations than these
			}
		};
	}

	private static Check learner(Contribution<Learner<?>> contribution) {
		return inOneSpace((settings, actions) -> learner(contribution, settings, actions));
	}

	/** A check in the first action space that the contribution does not refuse. */
	private static Check inOneSpace(BiConsumer<Record, ActionSpace> check) {
		return settings -> {
			for (ActionSpace actions : ACTIONS) {
				try {
					check.accept(settings, actions);
					return;
				} catch (RefusedException e) {
					// it is made for other spaces, or for other networks
				}
			}
		};
	}

	@SuppressWarnings("unchecked") // these are the contribution's own settings
	private static void learner(Contribution<Learner<?>> contribution, Record settings, ActionSpace actions) {
		Learner<Record> learner = (Learner<Record>) contribution.instance().get();
		int lanes = contribution.call("lanes", () -> learner.lanes(settings));
		contribution.call("experience", () -> learner.experience(settings));
		Map<String, Network> networks = NetworkBuilder.build(small(), new NoSettings(),
				contribution.call("networks", () -> List.copyOf(learner.networks(settings, OBSERVATION, actions))),
				Optional.empty(), STREAMS.under("network"));
		Agent agent = contribution.call("agent", () -> learner.agent(settings,
				new AgentSite(networks, OBSERVATION, actions, STREAMS.under("agent"), 1000, AgentView.PLAIN, new MemoryChunks(),
						List.of())));
		contribution.call("networks", agent::networks);
		AgentWorkshop.requireKind(contribution, contribution.call("unit", () -> learner.unit(settings)), agent);
		if (!(agent instanceof ExampleAgent learning)) {
			contribution.call("act", () -> {
				agent.begin(lanes);
				agent.act(new GivenLanes(OBSERVATION, actions, lanes), new ActionBatch(actions, lanes));
				return true;
			});
		} else {
			contribution.call("update", () -> {
				learning.begin(examples(actions));
				agent.update((name, value) -> {
					// it is enough that there is one
				});
				return true;
			});
		}
		contribution.call("policy", () -> agent.policy(lanes, true));
	}

	/** Examples for the checks, all with the same label. */
	private static Examples examples(ActionSpace actions) {
		ActionBatch labels = new ActionBatch(actions, EXAMPLES);
		return new MemoryExamples(OBSERVATION, Optional.of(actions), EXAMPLES, new float[EXAMPLES * OBSERVATION.rowSize()], null,
				labels.index, labels.values);
	}

	private static Check loss(Contribution<Loss<?>> contribution) {
		return inOneSpace((settings, actions) -> loss(contribution, settings, actions));
	}

	@SuppressWarnings("unchecked") // these are the contribution's own settings
	private static void loss(Contribution<Loss<?>> contribution, Record settings, ActionSpace actions) {
		Loss<Record> loss = (Loss<Record>) contribution.instance().get();
		List<Head> heads = new ArrayList<>(List.of(Head.policy(2, 1)));
		heads.addAll(contribution.call("heads", () -> loss.heads(settings, OBSERVATION, actions)));
		Network network = NetworkBuilder.of(small(), new NoSettings(), OBSERVATION.row()).trunk(new Trunk("policy", heads))
				.build(STREAMS.under("network"));
		int window = contribution.call("window", () -> loss.window(settings));
		AppliedLoss applied = contribution.call("apply",
				() -> loss.apply(settings, new LossSite(network, OBSERVATION, actions, STREAMS.under("loss"))));
		Windows windows = window == 0 ? null
				: new Windows(window, OBSERVATION, actions, 0, 2);
		if (windows != null) {
			windows.count = 2;
		}
		contribution.call("accumulate", () -> applied.accumulate(windows, 1));
	}

	/** A backbone of one layer, for the checks of learners. */
	private static Backbone<NoSettings> small() {
		return Backbone.of(Layers.tanh(8));
	}

	@SuppressWarnings("unchecked") // these are the contribution's own settings
	private static Check strategy(Contribution<Strategy<?>> contribution) {
		return settings -> {
			Strategy<Record> strategy = (Strategy<Record>) contribution.instance().get();
			try {
				for (Acquisition acquisition : contribution.call("acquisitions",
						() -> List.copyOf(strategy.acquisitions(settings, List.of(FAMILY))))) {
					if (!(acquisition instanceof Record)) {
						throw new BrokenContributionException(contribution.origin() + ": its acquisition "
								+ acquisition.getClass().getName() + " is no record", null);
					}
				}
				contribution.call("warmStart", () -> strategy.warmStart(settings));
			} catch (RefusedException e) {
				throw new BrokenContributionException(contribution.origin() + ": it refuses its default settings: " + e.reason(), e);
			}
		};
	}
}
