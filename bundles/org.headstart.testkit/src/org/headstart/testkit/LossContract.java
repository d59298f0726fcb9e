package org.headstart.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.headstart.api.backbone.Backbone;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.MultiDiscreteSpace;
import org.headstart.api.environment.ObservationSpace;
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
import org.headstart.nn.NetworkBuilder;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.nd4j.linalg.activations.Activation;

/**
 * What every loss must keep, as tests: extend this class, return the loss with its settings, and JUnit runs them, once for each action
 * space, on a network without memory and on one with it. Its gradients are compared with finite differences of its value on a small
 * network of tanh units, so both must be of the same function.
 *
 * @param <S> the settings record
 */
public abstract class LossContract<S extends Record> {

	private static final int WINDOWS = 6;
	private static final float NUDGE = 1e-2f;
	private static final ObservationSpace OBSERVATION = ObservationSpace.of(BoxSpace.uniform(3, -1, 1));

	/** @return the loss under test */
	protected abstract Loss<S> loss();

	/** @return its settings */
	protected abstract S settings();

	/**
	 * @return the action spaces that the loss can be had in, of the three: one of 2 actions, a box of two components, and two choices
	 *         of 2 actions
	 */
	protected List<ActionSpace> actionSpaces() {
		return List.of(new DiscreteSpace(2), BoxSpace.uniform(2, -1, 1), new MultiDiscreteSpace(2, 2));
	}

	private Stream<DynamicTest> inEachCase(ThrowingConsumer<Case> test) {
		return actionSpaces().stream().flatMap(space -> Stream.of(false, true).map(memory -> DynamicTest.dynamicTest(
				space + (memory ? ", on a network with memory" : ""), () -> test.accept(new Case(space, memory)))));
	}

	@TestFactory
	Stream<DynamicTest> gradientsAreTheValues() {
		return inEachCase(each -> {
			each.network.zeroGradients();
			double value = each.applied().accumulate(each.windows, 1);
			assertTrue(Double.isFinite(value), "the loss is " + value);
			float[] gradients = each.gradients();
			float[] parameters = new float[gradients.length];
			each.network.copyParameters(parameters);
			int compared = 0;
			for (int i = 0; i < parameters.length; i++) {
				if (gradients[i] == 0 && i % 7 != 0) {
					continue;
				}
				float[] nudged = parameters.clone();
				nudged[i] = parameters[i] + NUDGE;
				double above = each.value(nudged);
				nudged[i] = parameters[i] - NUDGE;
				double slope = (above - each.value(nudged)) / (2 * NUDGE);
				assertEquals(slope, gradients[i], 2e-3 + 0.03 * Math.abs(slope), "∂loss/∂ of parameter " + i);
				compared += gradients[i] == 0 ? 0 : 1;
			}
			assertTrue(compared > 0 || each.applied().addsReward(), "it neither has a gradient nor adds reward");
		});
	}

	@TestFactory
	Stream<DynamicTest> weightedGradientsAreAddedToThoseThatAreThere() {
		return inEachCase(each -> {
			each.network.zeroGradients();
			each.applied().accumulate(each.windows, 1);
			float[] alone = each.gradients();
			float[] before = new float[alone.length];
			Arrays.fill(before, 0.25f);
			each.network.setGradients(before);
			float[] set = each.gradients();
			each.applied().accumulate(each.windows, 0.5f);
			float[] sum = each.gradients();
			for (int i = 0; i < alone.length; i++) {
				assertEquals(set[i] + 0.5f * alone[i], sum[i], 1e-5 + 1e-4 * Math.abs(alone[i]), "parameter " + i);
			}
		});
	}

	@TestFactory
	Stream<DynamicTest> aNetworkThatRemembersBeginsAWindowWithItsState() {
		return actionSpaces().stream().map(space -> DynamicTest.dynamicTest(space.toString(), () -> {
			Case each = new Case(space, true);
			each.network.zeroGradients();
			double value = each.applied().accumulate(each.windows, 1);
			boolean runsTheNetwork = false;
			for (float gradient : each.gradients()) {
				runsTheNetwork |= gradient != 0;
			}
			if (each.windows != null && runsTheNetwork) {
				Arrays.fill(each.windows.states, 0.9f);
				assertNotEquals(value, each.applied().accumulate(each.windows, 1),
						"the windows' states must count: run the network by windows.forward");
			}
		}));
	}

	@TestFactory
	Stream<DynamicTest> aResumedLossGoesOnAlike() {
		return inEachCase(each -> {
			AppliedLoss whole = each.applied();
			whole.accumulate(each.windows, 1);
			byte[] state = bytes(whole);
			AppliedLoss resumed = each.applied();
			DataInputStream in = new DataInputStream(new ByteArrayInputStream(state));
			resumed.readState(in);
			assertEquals(-1, in.read(), "the state is read to its end");
			assertArrayEquals(state, bytes(resumed), "what is read is what is written");
			assertEquals(whole.accumulate(each.windows, 1), resumed.accumulate(each.windows, 1));
			assertArrayEquals(bytes(whole), bytes(resumed));
		});
	}

	@TestFactory
	Stream<DynamicTest> rewardsAreFinite() {
		return inEachCase(each -> {
			AppliedLoss applied = each.applied();
			if (applied.addsReward()) {
				float[] rewards = new float[WINDOWS];
				applied.rewards(each.windows, rewards);
				for (float reward : rewards) {
					assertTrue(Float.isFinite(reward), "a reward is " + reward);
				}
			}
		});
	}

	@TestFactory
	Stream<DynamicTest> itDoesNotAllocate() {
		return inEachCase(each -> {
			AppliedLoss applied = each.applied();
			Allocation.assertNone("windows of 20 calls", () -> {
				for (int i = 0; i < 20; i++) {
					applied.accumulate(each.windows, 0.5f);
				}
			});
		});
	}

	private static byte[] bytes(AppliedLoss loss) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		loss.writeState(new DataOutputStream(bytes));
		return bytes.toByteArray();
	}

	/** The loss on a network, with windows of noise. */
	private final class Case {

		private final ActionSpace space;
		private final Network network;
		/** Null where the loss needs none. */
		private final Windows windows;

		Case(ActionSpace space, boolean memory) {
			this.space = space;
			List<Head> heads = new ArrayList<>(List.of(Head.policy(2, 1), Head.value(1)));
			heads.addAll(loss().heads(settings(), OBSERVATION, space));
			Backbone<NoSettings> backbone = (graph, prefix, input, observation, none) -> {
				if (memory) {
					graph.addLayer(prefix + "lstm",
							new LSTM.Builder().nIn(observation.size()).nOut(4).activation(Activation.TANH).build(), input);
					graph.addVertex(prefix + "rows", new PreprocessorVertex(new RnnToFeedForwardPreProcessor()), prefix + "lstm");
					return new Backbone.Features(prefix + "rows", 4);
				}
				graph.addLayer(prefix + "hidden",
						new DenseLayer.Builder().nIn(observation.size()).nOut(5).activation(Activation.TANH).build(), input);
				return new Backbone.Features(prefix + "hidden", 5);
			};
			network = NetworkBuilder.of(backbone, new NoSettings(), OBSERVATION.row()).trunk(new Trunk("shared", heads))
					.build(new RandomStreams(3));
			int steps = loss().window(settings());
			windows = steps == 0 ? null
					: new Windows(steps, OBSERVATION, space, network.stateSize(), WINDOWS);
			if (windows != null) {
				fill();
			}
		}

		private void fill() {
			RandomStream random = new RandomStream(4);
			windows.count = WINDOWS;
			for (int i = 0; i < windows.observations.length; i++) {
				windows.observations[i] = (float) random.uniform(-1, 1);
			}
			for (int i = 0; i < windows.actions.length; i++) {
				windows.actions[i] = space instanceof BoxSpace ? (float) random.uniform(-1, 1) : random.nextInt(2);
			}
			for (int i = 0; i < windows.rewards.length; i++) {
				windows.rewards[i] = (float) random.uniform(-1, 1);
			}
			for (int i = 0; i < windows.states.length; i++) {
				windows.states[i] = (float) random.uniform(-1, 1);
			}
			for (int i = WINDOWS; i < windows.restarts.length; i++) {
				windows.restarts[i] = random.nextInt(5) == 0;
			}
		}

		/** A fresh one each time; all draw the same. */
		AppliedLoss applied() {
			return loss().apply(settings(), new LossSite(network, OBSERVATION, space, new RandomStreams(5)));
		}

		double value(float[] parameters) {
			float[] before = new float[parameters.length];
			network.copyParameters(before);
			network.setParameters(parameters);
			double value = applied().accumulate(windows, 1);
			network.setParameters(before);
			return value;
		}

		float[] gradients() {
			float[] gradients = new float[network.parameterVectorSize()];
			network.copyGradients(gradients);
			return gradients;
		}
	}
}
