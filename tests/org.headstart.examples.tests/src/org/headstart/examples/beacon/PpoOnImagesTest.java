package org.headstart.examples.beacon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ObservationPart;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.environment.SimulatedLanes;
import org.headstart.api.environment.TaskSampler;
import org.headstart.api.environment.Trial;
import org.headstart.api.environment.View;
import org.headstart.api.experience.MemoryChunks;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentSite;
import org.headstart.api.learner.AgentView;
import org.headstart.api.learner.Policy;
import org.headstart.api.network.Input;
import org.headstart.api.network.Network;
import org.headstart.api.random.RandomStreams;
import org.headstart.examples.convolution.Convolution;
import org.headstart.examples.convolution.ConvolutionSettings;
import org.headstart.learners.ppo.Ppo;
import org.headstart.learners.ppo.PpoSettings;
import org.headstart.learners.ppo.PpoSettings.Schedule;
import org.headstart.nn.NetworkBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PPO with convolutions on what the field shows: an image of bytes, and numbers beside it. */
class PpoOnImagesTest {

	private static final PpoSettings SETTINGS = new PpoSettings(16, 16, 0, 64, 4, 3e-3, Schedule.CONSTANT, 0.95, 0.9, 0.2, 0, 0.5, 0.01,
			Schedule.CONSTANT, 0.5, 0, true, true, true, -1, 1e-5);
	private static final BeaconDynamics FIELD = new BeaconDynamics(5, 20);
	private static final View HISTORY = new View(Trial.EPISODE, true, false);

	/** An agent on lanes, and the engine's loop around it. */
	private static final class Run {

		private final Network network;
		private final Agent agent;
		private final SimulatedLanes lanes;
		private final ActionBatch actions;

		Run(View view, long seed) {
			ObservationSpace observation = view.observationSpace(FIELD);
			RandomStreams streams = new RandomStreams(seed);
			network = NetworkBuilder.of(new Convolution(), new ConvolutionSettings(4, 16),
					new Ppo().networks(SETTINGS, observation, FIELD.actionSpace()).get(0)).build(streams.under("initialisation"));
			agent = new Ppo().agent(SETTINGS, new AgentSite(Map.of("network", network), observation, FIELD.actionSpace(),
					streams.under("agent"), 1_000_000, AgentView.same(view, AgentView.Memory.TRIAL), new MemoryChunks(), List.of()));
			lanes = new SimulatedLanes(FIELD, SETTINGS.lanes(), TaskSampler.fixed(0), streams.under("training"), view);
			lanes.reset();
			actions = new ActionBatch(FIELD.actionSpace(), SETTINGS.lanes());
			agent.begin(SETTINGS.lanes());
		}

		Run steps(int count) {
			for (int step = 0; step < count; step++) {
				if (agent.ready()) {
					agent.update((name, value) -> {
						// not this test's matter
					});
				}
				agent.act(lanes, actions);
				lanes.step(actions);
				agent.observe(lanes);
			}
			return this;
		}

		byte[] bytes() throws IOException {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			DataOutputStream out = new DataOutputStream(bytes);
			agent.writeState(out);
			lanes.writeState(out);
			return bytes.toByteArray();
		}

		Run read(byte[] state) throws IOException {
			DataInputStream in = new DataInputStream(new ByteArrayInputStream(state));
			agent.readState(in);
			lanes.readState(in);
			assertEquals(-1, in.read());
			return this;
		}

		/** Steps until the beacon is reached, 20 at most, of the policy as it draws. */
		double meanLength() {
			SimulatedLanes fresh = new SimulatedLanes(FIELD, 50, TaskSampler.fixed(0), new RandomStreams(99));
			fresh.reset();
			Policy policy = agent.policy(50, false);
			policy.begin(fresh);
			ActionBatch batch = new ActionBatch(FIELD.actionSpace(), 50);
			int ended = 0;
			for (int step = 0; step < 100; step++) {
				policy.act(fresh, batch);
				fresh.step(batch);
				policy.observe(fresh);
				for (boolean each : fresh.episodeEnded()) {
					ended += each ? 1 : 0;
				}
			}
			return 100.0 * 50 / ended;
		}
	}

	@Tag("nightly")
	@ParameterizedTest
	@ValueSource(longs = {2, 3})
	void theWayToTheBeaconIsLearnedWithFurtherSeeds(long seed) {
		theWayToTheBeaconIsLearned(seed);
	}

	@ParameterizedTest
	@ValueSource(longs = 1)
	void theWayToTheBeaconIsLearned(long seed) {
		Run run = new Run(View.PLAIN, seed);
		double before = run.meanLength();
		run.steps(16 * 120);
		double after = run.meanLength();
		assertTrue(after < 0.5 * before, "mean steps to the beacon before " + before + ", after " + after);
	}

	/** Where a rollout is under way, with the history as numbers beside the image. */
	@Test
	void aResumedRunIsTheRunToTheByte() throws IOException {
		for (View view : List.of(View.PLAIN, HISTORY)) {
			byte[] checkpoint = new Run(view, 1).steps(40).bytes();
			byte[] resumed = new Run(view, 2).read(checkpoint).steps(40).bytes();
			assertArrayEquals(new Run(view, 1).steps(80).bytes(), resumed, view.toString());
		}
	}

	@Test
	void numbersAreReadBesideTheImage() {
		Run run = new Run(HISTORY, 1);
		assertEquals(List.of(new Input("observation", List.of(2, 5, 5), true), Input.vector("numbers", 6)), run.network.inputs());
		assertTrue(run.network.parameterVertices().containsAll(List.of("backbone/shared-image/convolution-1", "trunk/shared/dense-1")),
				run.network.parameterVertices()::toString);
		run.steps(1);
		float[] before = run.network.outputs().clone();
		run.steps(1);
		float[] weights = run.network.parameter("trunk/shared/dense-1", "W");
		assertEquals((16 + 6) * 64, weights.length);
		assertTrue(before[0] != run.network.outputs()[0], "what is seen counts");
	}

	@Test
	void aSecondImageIsRefused() {
		ObservationSpace two = new ObservationSpace(
				List.of(ObservationPart.image("left-eye", 1, 5, 5), ObservationPart.image("right-eye", 1, 5, 5)));
		String message = assertThrows(IllegalArgumentException.class,
				() -> new Ppo().networks(SETTINGS, two, FIELD.actionSpace())).getMessage();
		assertEquals("PPO reads one image, and numbers beside it; the observation has the images 'left-eye', 'right-eye'", message);
	}
}
