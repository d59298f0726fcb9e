package org.headstart.strategies.maml;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.headstart.api.backbone.Backbone;
import org.headstart.api.checkpoint.Checkpointed;
import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskSampler;
import org.headstart.api.environment.Trial;
import org.headstart.api.environment.VectorEnvironment;
import org.headstart.api.environment.View;
import org.headstart.api.learner.AgentSite;
import org.headstart.api.learner.AgentView;
import org.headstart.api.learner.Metrics;
import org.headstart.api.network.Network;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.settings.NoSettings;
import org.headstart.api.settings.SettingsSchema;
import org.headstart.environments.point.PointGoalMaml;
import org.headstart.environments.point.PointGoalMamlSettings;
import org.headstart.nn.NetworkBuilder;
import org.nd4j.linalg.activations.Activation;

/** A MAML agent with one tanh layer in the 2D navigation, and the engine's loop around it. */
final class Navigation implements Checkpointed {

	static final int HORIZON = 10;
	static final Metrics UNREAD = (name, value) -> {
		// what is reported is not the test's matter
	};

	final MamlSettings settings;
	final TaskFamily family;
	final MamlAgent agent;
	final VectorEnvironment environment;
	final ActionBatch actions;
	private final AgentView view;

	Navigation(MamlSettings settings, int units, long seed) {
		this(settings, units, seed, null);
	}

	/** @param sampler gives the goals; null for the training goals */
	Navigation(MamlSettings settings, int units, long seed, TaskSampler sampler) {
		this.settings = settings;
		family = new PointGoalMaml().create((PointGoalMamlSettings) SettingsSchema.of(PointGoalMamlSettings.class)
				.bind(Map.of("max-episode-steps", (long) HORIZON)).settings());
		view = new AgentView(new View(new Trial(settings.trainedInnerSteps() + 1, settings.trajectories(), true), false, false),
				new View(new Trial(3, settings.evaluationTrajectories(), true), false, false), AgentView.Memory.TRIAL);
		MamlLearner learner = new MamlLearner();
		MamlLearner.Settings learning = new MamlLearner.Settings(settings, HORIZON);
		RandomStreams streams = new RandomStreams(seed);
		ObservationSpace observation = view.training().observationSpace(family.environment());
		var space = family.environment().actionSpace();
		Network network = NetworkBuilder.of(new OneLayer(units), new NoSettings(),
				learner.networks(learning, observation, space).get(0)).build(streams.under("network"));
		agent = (MamlAgent) learner.agent(learning,
				new AgentSite(network, observation, space, streams.under("agent"), 1_000_000, view));
		environment = family.vectorEnvironment(learner.lanes(learning),
				sampler != null ? sampler : family.taskSet("train").sampler(), streams.under("lanes"), view.training());
		actions = new ActionBatch(space, environment.lanes());
		environment.reset();
		agent.begin(environment.lanes());
	}

	/** One step of every lane, after an update if one is due. */
	void step() {
		if (agent.ready()) {
			agent.update(UNREAD);
		}
		agent.act(environment, actions);
		environment.step(actions);
		agent.observe(environment);
	}

	Navigation steps(int count) {
		for (int i = 0; i < count; i++) {
			step();
		}
		return this;
	}

	/** Until the trial is complete. */
	Navigation trial() {
		do {
			step();
		} while (!agent.ready());
		return this;
	}

	/** Lanes as it is judged in. */
	VectorEnvironment judged(int lanes, TaskSampler sampler) {
		VectorEnvironment judged = family.vectorEnvironment(lanes, sampler, new RandomStreams(5), view.evaluation());
		judged.reset();
		return judged;
	}

	byte[] bytes() throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		writeState(new DataOutputStream(bytes));
		return bytes.toByteArray();
	}

	Navigation read(byte[] bytes) throws IOException {
		readState(new DataInputStream(new ByteArrayInputStream(bytes)));
		return this;
	}

	@Override
	public void writeState(DataOutput out) throws IOException {
		agent.writeState(out);
		environment.writeState(out);
	}

	@Override
	public void readState(DataInput in) throws IOException {
		agent.readState(in);
		environment.readState(in);
	}

	private record OneLayer(int units) implements Backbone<NoSettings> {

		@Override
		public Features build(GraphBuilder graph, String prefix, String input, BoxSpace observation, NoSettings settings) {
			graph.addLayer(prefix + "hidden",
					new DenseLayer.Builder().nIn(observation.size()).nOut(units).activation(Activation.TANH).build(), input);
			return new Features(prefix + "hidden", units);
		}
	}
}
