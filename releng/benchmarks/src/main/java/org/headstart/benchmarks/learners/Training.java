package org.headstart.benchmarks.learners;

import java.util.List;
import java.util.function.BiConsumer;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskSampler;
import org.headstart.api.environment.VectorEnvironment;
import org.headstart.api.environment.View;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentSite;
import org.headstart.api.learner.Policy;
import org.headstart.api.network.Network;
import org.headstart.api.network.NetworkDescription;
import org.headstart.api.random.RandomStreams;
import org.headstart.backbones.Lstm;
import org.headstart.backbones.LstmSettings;
import org.headstart.backbones.Mlp;
import org.headstart.backbones.MlpSettings;
import org.headstart.backbones.MlpSettings.Activation;
import org.headstart.learners.ppo.Ppo;
import org.headstart.learners.ppo.PpoSettings;
import org.headstart.nn.NetworkBuilder;

/** PPO on one task set without the engine: what its loop does, and no more. */
final class Training {

	private static final int EVALUATION_LANES = 20;

	private final TaskFamily family;
	private final TaskSampler tasks;
	private final RandomStreams streams;
	final Agent agent;
	final VectorEnvironment environment;
	private final ActionBatch actions;
	private long steps;

	/** What the networks are made of. */
	enum Layers {
		/** Two layers of tanh units. */
		DENSE,
		/** One layer of long short-term memory. */
		RECURRENT
	}

	Training(TaskFamily family, TaskSampler tasks, PpoSettings settings, Layers layers, int units, long plannedSteps, long seed) {
		this(family, tasks, settings, network(family, settings, layers, units, new RandomStreams(seed)), plannedSteps, seed);
	}

	/** With a network that was made by {@link #network}, or one around it. */
	Training(TaskFamily family, TaskSampler tasks, PpoSettings settings, Network network, long plannedSteps, long seed) {
		this.family = family;
		this.tasks = tasks;
		streams = new RandomStreams(seed);
		agent = new Ppo().agent(settings, new AgentSite(network, View.PLAIN.observationSpace(family.environment()),
				family.environment().actionSpace(), streams.under("agent"), plannedSteps));
		environment = family.vectorEnvironment(settings.lanes(), tasks, streams.under("training"));
		environment.reset();
		actions = new ActionBatch(environment.actionSpace(), settings.lanes());
		agent.begin(settings.lanes());
	}

	static Network network(TaskFamily family, PpoSettings settings, Layers layers, int units, RandomStreams streams) {
		Ppo ppo = new Ppo();
		NetworkDescription network =
				ppo.networks(settings, View.PLAIN.observationSpace(family.environment()), family.environment().actionSpace()).get(0);
		NetworkBuilder builder = switch (layers) {
			case DENSE -> NetworkBuilder.of(new Mlp(), new MlpSettings(List.of(units, units), Activation.TANH), network);
			case RECURRENT -> NetworkBuilder.of(new Lstm(), new LstmSettings(units, 1, List.of(), List.of(), Activation.TANH, 1), network);
		};
		return builder.build(streams.under("initialisation"));
	}

	/** Trains until so many steps were made in all, with whole updates. */
	void run(long untilSteps, BiConsumer<String, Double> metrics) {
		while (steps < untilSteps) {
			do {
				agent.act(environment, actions);
				environment.step(actions);
				agent.observe(environment);
				steps += environment.lanes();
			} while (!agent.ready());
			agent.update(metrics::accept);
		}
	}

	long steps() {
		return steps;
	}

	/** Mean return over fresh episodes, as many from each lane. */
	double evaluate(int episodes, boolean greedy) {
		int lanes = Math.min(EVALUATION_LANES, episodes);
		int each = episodes / lanes;
		VectorEnvironment fresh = family.vectorEnvironment(lanes, tasks, streams.under("evaluation"));
		Policy policy = agent.policy(lanes, greedy);
		ActionBatch batch = new ActionBatch(fresh.actionSpace(), lanes);
		fresh.reset();
		policy.begin(fresh);
		double sum = 0;
		int[] done = new int[lanes];
		int left = lanes;
		while (left > 0) {
			policy.act(fresh, batch);
			fresh.step(batch);
			policy.observe(fresh);
			for (int lane = 0; lane < lanes; lane++) {
				if (done[lane] < each) {
					sum += fresh.rewards()[lane];
					if ((fresh.terminated()[lane] || fresh.truncated()[lane]) && ++done[lane] == each) {
						left--;
					}
				}
			}
		}
		return sum / (each * lanes);
	}
}
