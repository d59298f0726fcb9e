package org.headstart.learners.ppo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.headstart.api.distribution.ActionDistribution;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.network.Network;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.settings.NoSettings;
import org.headstart.api.settings.SettingsSchema;
import org.headstart.nn.NetworkBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sequences side by side on a small LSTM: the gradient of PPO's loss through time, and what masks keep out of it. */
class MinibatchTest {

	private static final int LANES = 3;
	private static final int STEPS = 11;
	private static final int OBSERVATION = 2;
	private static final int ACTIONS = 3;

	private final RandomStream random = new RandomStream(4);
	private Network network;
	private PpoLoss loss;
	private Rollout rollout;
	private Minibatch minibatch;
	private final int[] order = new int[LANES * STEPS];

	/** A rollout of random numbers on a small network, whose sequences have five steps and a last one. */
	private void start(boolean box) {
		PpoSettings settings = (PpoSettings) SettingsSchema.of(PpoSettings.class)
				.bind(Map.of("lanes", 3L, "rollout-steps", 12L, "minibatch-size", 36L, "entropy-coefficient", 0.1)).settings();
		ActionSpace actions = box ? BoxSpace.uniform(ACTIONS, -1, 1) : new DiscreteSpace(ACTIONS);
		network = NetworkBuilder.of(new OneLstm(4), new NoSettings(),
				new Ppo().networks(settings, ObservationSpace.of(BoxSpace.uniform(OBSERVATION, -1, 1)), actions).get(0))
				.build(new RandomStreams(1));
		// beyond the small policy that an initialisation gives
		float[] parameters = parameters();
		for (int i = 0; i < parameters.length; i++) {
			parameters[i] *= 1.5f;
		}
		network.setParameters(parameters);
		network.setParameter("head/policy", "W", gaussians(4 * ACTIONS, 0.7));

		ActionDistribution distribution = ActionDistribution.of(actions);
		loss = new PpoLoss(settings, distribution, new Exploration(distribution, -0.3, Ppo.adam(settings)),
				network.headOffset(0), network.headOffset(1), network.outputStride());
		rollout = new Rollout(LANES, STEPS + 1,
				new Rollout.Sizes(OBSERVATION, 0, distribution.actionSize(), network.stateSize()), 5, 5);
		rollout.steps = STEPS;
		for (int row = 0; row < rollout.rows(); row++) {
			rollout.restarts[row] = random.nextDouble() < 0.15;
			rollout.idle[row] = random.nextDouble() < 0.15;
			rollout.advantages[row] = (float) random.nextGaussian();
			rollout.returns[row] = (float) random.nextGaussian();
			for (int i = 0; i < rollout.actionSize; i++) {
				rollout.actions[row * rollout.actionSize + i] = box ? (float) random.nextGaussian() : random.nextInt(ACTIONS);
			}
		}
		fill(rollout.observations, 1);
		fill(rollout.states, 0.5);
		ObservationInput input = new ObservationInput(network, ObservationSpace.of(BoxSpace.uniform(OBSERVATION, -1, 1)));
		minibatch = new Minibatch(input, rollout.actionSize, rollout.stateSize, network.outputStride());
		minibatch.gather(rollout, order, 0, rollout.sequences(order));
		// ratios near 1, where the loss has no corner
		minibatch.forward();
		double[] logProbabilities = new double[minibatch.rows];
		distribution.evaluate(minibatch.outputs(network), network.headOffset(0), network.outputStride(), minibatch.rows,
				minibatch.actions, 0, logProbabilities);
		for (int i = 0; i < minibatch.rows; i++) {
			minibatch.oldLogProbabilities[i] = (float) (logProbabilities[i] + 0.1 * (random.nextDouble() - 0.5));
		}
		loss.begin(settings.entropyCoefficient());
	}

	private void fill(float[] values, double deviation) {
		for (int i = 0; i < values.length; i++) {
			values[i] = (float) (deviation * random.nextGaussian());
		}
	}

	private float[] gaussians(int count, double deviation) {
		float[] values = new float[count];
		fill(values, deviation);
		return values;
	}

	private float[] parameters() {
		float[] parameters = new float[network.parameterVectorSize()];
		network.copyParameters(parameters);
		return parameters;
	}

	private double evaluate() {
		minibatch.forward();
		return loss.evaluate(minibatch, minibatch.outputs(network), minibatch.outputGradients(network));
	}

	private float[] gradients() {
		evaluate();
		minibatch.backward(network);
		float[] gradients = new float[network.parameterVectorSize()];
		network.copyGradients(gradients);
		return gradients;
	}

	/** Central differences of every parameter, among them those that act through many steps only. */
	@ParameterizedTest
	@ValueSource(booleans = {false, true})
	void theGradientThroughTimeIsThatOfFiniteDifferences(boolean box) {
		start(box);
		float[] gradients = gradients();
		float[] parameters = parameters();
		double greatest = 0;
		for (int i = 0; i < parameters.length; i++) {
			float at = parameters[i];
			float h = 1e-2f;
			parameters[i] = at + h;
			network.setParameters(parameters);
			double above = evaluate();
			parameters[i] = at - h;
			network.setParameters(parameters);
			double below = evaluate();
			parameters[i] = at;
			double expected = (above - below) / (2 * h);
			greatest = Math.max(greatest, Math.abs(expected));
			assertEquals(expected, gradients[i], 1e-3 + 5e-3 * Math.abs(expected), "parameter " + i);
		}
		assertEquals(1, greatest, 0.95, "gradients large enough to tell");
	}

	@ParameterizedTest
	@ValueSource(booleans = {false, true})
	void nothingBeforeARestartMatters(boolean box) {
		start(box);
		// lane 1 begins anew in the middle of its first sequence, and what lies before does not count
		Arrays.fill(rollout.idle, false);
		rollout.restarts[2 * LANES + 1] = true;
		rollout.idle[1] = rollout.idle[LANES + 1] = true;
		minibatch.gather(rollout, order, 0, rollout.sequences(order));
		float[] before = gradients();
		float[] outputs = Arrays.copyOf(minibatch.outputs(network), minibatch.rows * network.outputStride());
		for (int i = 0; i < OBSERVATION; i++) {
			rollout.observations[OBSERVATION + i] += 1;
			rollout.observations[(LANES + 1) * OBSERVATION + i] -= 1;
		}
		for (int i = 0; i < rollout.stateSize; i++) {
			rollout.states[rollout.stateOffset(1) + i] += 0.3f;
		}
		minibatch.gather(rollout, order, 0, rollout.sequences(order));
		assertArrayEquals(before, gradients());
		assertArrayEquals(outputs, Arrays.copyOf(minibatch.outputs(network), outputs.length));
		// while it does where nothing begins anew
		rollout.restarts[2 * LANES + 1] = false;
		minibatch.gather(rollout, order, 0, rollout.sequences(order));
		assertFalse(Arrays.equals(before, gradients()));
	}

	@ParameterizedTest
	@ValueSource(booleans = {false, true})
	void stepsThatDoNotCountAreSeenButNotLearnedFrom(boolean box) {
		start(box);
		Arrays.fill(rollout.idle, false);
		int idle = 3 * LANES + 2;
		rollout.idle[idle] = true;
		minibatch.gather(rollout, order, 0, rollout.sequences(order));
		assertEquals(rollout.rows() - 1, minibatch.rows);
		float[] gradients = gradients();
		rollout.advantages[idle] += 1;
		rollout.returns[idle] += 1;
		rollout.actions[idle * rollout.actionSize] = 2;
		minibatch.gather(rollout, order, 0, rollout.sequences(order));
		assertArrayEquals(gradients, gradients());
		rollout.observations[idle * OBSERVATION] += 1;
		minibatch.gather(rollout, order, 0, rollout.sequences(order));
		assertFalse(Arrays.equals(gradients, gradients()), "later steps remember it");
		rollout.idle[idle] = false;
		minibatch.gather(rollout, order, 0, rollout.sequences(order));
		assertEquals(rollout.rows(), minibatch.rows);
	}

	/** Sequences of five, five and one step: side by side they give what each gives alone. */
	@ParameterizedTest
	@ValueSource(booleans = {false, true})
	void sequencesDoNotDisturbEachOther(boolean box) {
		start(box);
		int sequences = rollout.sequences(order);
		assertEquals(List.of(0, 1, 2, 15, 16, 17), Arrays.stream(order).limit(6).boxed().toList());
		minibatch.gather(rollout, order, 0, sequences);
		minibatch.forward();
		int stride = network.outputStride();
		float[] together = Arrays.copyOf(minibatch.outputs(network), minibatch.rows * stride);
		int[] seen = new int[sequences];
		int row = 0;
		for (int step = 0; step < 5; step++) {
			for (int sequence = 0; sequence < sequences; sequence++) {
				if (step < rollout.length(order[sequence]) && !rollout.idle[order[sequence] + step * LANES]) {
					minibatch.gather(rollout, order, sequence, sequence + 1);
					minibatch.forward();
					float[] alone = minibatch.outputs(network);
					for (int i = 0; i < ACTIONS; i++) {
						assertEquals(alone[seen[sequence] * stride + i], together[row * stride + i], 1e-6f);
					}
					seen[sequence]++;
					row++;
				}
			}
		}
		assertEquals(together.length, row * stride);
	}
}
