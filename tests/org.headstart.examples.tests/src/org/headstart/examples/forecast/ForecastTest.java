package org.headstart.examples.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.VectorEnvironment;
import org.headstart.api.environment.View;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentSite;
import org.headstart.api.loss.Loss;
import org.headstart.api.loss.LossSite;
import org.headstart.api.loss.WeightedLoss;
import org.headstart.api.network.Head;
import org.headstart.api.network.Network;
import org.headstart.api.network.Trunk;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.settings.SettingsSchema;
import org.headstart.backbones.Lstm;
import org.headstart.backbones.LstmSettings;
import org.headstart.backbones.Mlp;
import org.headstart.backbones.MlpSettings;
import org.headstart.examples.corridor.Corridor;
import org.headstart.learners.ppo.Ppo;
import org.headstart.learners.ppo.PpoSettings;
import org.headstart.nn.NetworkBuilder;
import org.headstart.testkit.LossContract;
import org.junit.jupiter.api.Test;

class ForecastTest extends LossContract<ForecastSettings> {

	@Override
	protected Loss<ForecastSettings> loss() {
		return new Forecast();
	}

	@Override
	protected ForecastSettings settings() {
		return new ForecastSettings(2);
	}

	/** PPO in the corridor, with the forecast at a weight. */
	private static final class Run {

		private final TaskFamily family = new Corridor().create(defaults(Corridor.Settings.class, Map.of()));
		private final PpoSettings settings = defaults(PpoSettings.class, Map.of("lanes", 4, "rollout-steps", 64, "minibatch-size", 64,
				"shared-backbone", true));
		private final VectorEnvironment environment;
		private final ActionBatch actions;
		private final Agent agent;
		final List<Double> losses = new ArrayList<>();
		double returns;
		int episodes;

		Run(float weight) {
			this(weight, false);
		}

		Run(float weight, boolean memory) {
			RandomStreams streams = new RandomStreams(5);
			ObservationSpace observation = View.PLAIN.observationSpace(family.environment());
			var space = family.environment().actionSpace();
			Forecast forecast = new Forecast();
			ForecastSettings ahead = new ForecastSettings(2);
			Trunk trunk = new Ppo().networks(settings, observation, space).get(0).trunks().get(0);
			List<Head> heads = new ArrayList<>(trunk.heads());
			heads.addAll(forecast.heads(ahead, observation, space));
			NetworkBuilder builder = memory
					? NetworkBuilder.of(new Lstm(), defaults(LstmSettings.class, Map.of("units", 16)), observation.row())
					: NetworkBuilder.of(new Mlp(), defaults(MlpSettings.class, Map.of()), observation.row());
			Network network = builder.trunk(new Trunk(trunk.name(), heads)).build(streams.under("network"));
			AgentSite site = new AgentSite(network, observation, space, streams.under("agent"), 50_000);
			agent = new Ppo().agent(settings, site.with(List.of(new WeightedLoss("forecast", weight, forecast.window(ahead),
					forecast.apply(ahead, new LossSite(network, observation, space, streams.under("loss")))))));
			environment = family.vectorEnvironment(4, family.taskSet("train").sampler(), streams.under("lanes"));
			actions = new ActionBatch(space, 4);
			environment.reset();
			agent.begin(4);
		}

		private static <T extends Record> T defaults(Class<T> type, Map<String, Object> but) {
			return type.cast(SettingsSchema.of(type).bind(but).settings());
		}

		Run updates(int count) {
			for (int update = 0; update < count; update++) {
				returns = 0;
				episodes = 0;
				while (!agent.ready()) {
					agent.act(environment, actions);
					environment.step(actions);
					agent.observe(environment);
					for (int lane = 0; lane < 4; lane++) {
						returns += environment.rewards()[lane];
						episodes += environment.terminated()[lane] || environment.truncated()[lane] ? 1 : 0;
					}
				}
				agent.update((name, value) -> {
					if (name.equals("forecast-loss")) {
						losses.add(value);
					}
				});
			}
			return this;
		}

		byte[] bytes() throws IOException {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			DataOutputStream out = new DataOutputStream(bytes);
			agent.writeState(out);
			environment.writeState(out);
			return bytes.toByteArray();
		}

		Run read(byte[] bytes) throws IOException {
			DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
			agent.readState(in);
			environment.readState(in);
			assertEquals(-1, in.read());
			return this;
		}
	}

	@Test
	void itTrainsTogetherWithPpo() {
		Run run = new Run(0.5f).updates(60);
		double learned = mean(run.losses);
		assertTrue(run.returns / run.episodes > -12, "steps to the goal: " + -run.returns / run.episodes);
		Run without = new Run(0).updates(60);
		double unlearned = mean(without.losses);
		assertTrue(learned < 0.2 * unlearned, "what is not weighted is not learned: " + learned + " against " + unlearned);
	}

	/** Over all updates: how much there is to forecast changes with the policy. */
	private static double mean(List<Double> losses) {
		return losses.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
	}

	@Test
	void itTrainsANetworkThatRemembers() {
		Run run = new Run(0.5f, true).updates(60);
		double first = run.losses.get(0);
		double last = run.losses.get(run.losses.size() - 1);
		assertTrue(last < 0.3 * first, "the forecast's loss: " + first + ", then " + last);
	}

	@Test
	void aResumedAgentGoesOnToTheSameBytes() throws IOException {
		for (boolean memory : new boolean[] {false, true}) {
			byte[] half = new Run(0.5f, memory).updates(3).bytes();
			byte[] whole = new Run(0.5f, memory).updates(6).bytes();
			assertArrayEquals(whole, new Run(0.5f, memory).updates(1).read(half).updates(3).bytes());
			assertFalse(Arrays.equals(whole, new Run(0.25f, memory).updates(6).bytes()), "the weight counts");
		}
	}
}
