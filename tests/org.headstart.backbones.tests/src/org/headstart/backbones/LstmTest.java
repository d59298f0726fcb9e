package org.headstart.backbones;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.headstart.api.backbone.Backbone;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.network.Head;
import org.headstart.api.network.Network;
import org.headstart.api.network.Trunk;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.backbones.MlpSettings.Activation;
import org.headstart.nn.NetworkBuilder;
import org.headstart.testkit.BackboneContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LstmTest {

	private static final LstmSettings ONE_LAYER = new LstmSettings(32, 1, List.of(), List.of(), Activation.TANH, 1);

	@Nested
	class OneLayer extends BackboneContract<LstmSettings> {
		@Override
		protected Backbone<LstmSettings> backbone() {
			return new Lstm();
		}

		@Override
		protected LstmSettings settings() {
			return ONE_LAYER;
		}

		@Override
		protected float learningRate() {
			return 3e-3f;
		}
	}

	/** Two recurrent layers of a width that is no multiple of a vector's, between dense ones. */
	@Nested
	class BetweenDenseLayers extends BackboneContract<LstmSettings> {
		@Override
		protected Backbone<LstmSettings> backbone() {
			return new Lstm();
		}

		@Override
		protected LstmSettings settings() {
			return new LstmSettings(21, 2, List.of(24), List.of(17), Activation.RELU, 0.5);
		}

		@Override
		protected float learningRate() {
			return 3e-3f;
		}
	}

	/** The first input of a sequence is to be said at its end, which takes a memory. */
	@Test
	void itLearnsToRemember() {
		Network network = NetworkBuilder.of(new Lstm(), ONE_LAYER, BoxSpace.uniform(1, -1, 1))
				.trunk(new Trunk("memory", List.of(new Head("said", Head.Role.AUXILIARY, 1, 1)))).build(new RandomStreams(1));
		assertEquals(2 * ONE_LAYER.units(), network.stateSize());
		assertTrue(network.backend().startsWith("compiled"), network.backend());
		int steps = 10;
		int sequences = 16;
		float[] input = new float[steps * sequences];
		float[] states = new float[sequences * network.stateSize()];
		boolean[] restarts = new boolean[input.length];
		RandomStream random = new RandomStream(1);
		double error = 0;
		for (int update = 0; update < 400; update++) {
			for (int s = 0; s < sequences; s++) {
				input[s] = random.nextFloat() < 0.5 ? -1 : 1;
			}
			network.forwardSequences(input, 0, steps, sequences, states, restarts);
			java.util.Arrays.fill(network.outputGradients(), 0);
			error = 0;
			for (int s = 0; s < sequences; s++) {
				int at = ((steps - 1) * sequences + s) * network.outputStride();
				float difference = network.outputs()[at] - input[s];
				error += difference * difference / sequences;
				network.outputGradients()[at] = difference / sequences;
			}
			network.backwardSequences(steps, sequences);
			network.update(1, 5e-3f);
		}
		assertTrue(error < 0.02, "mean squared error " + error);
	}

	@Test
	void nonsenseIsRefused() {
		assertThrows(IllegalArgumentException.class, () -> new LstmSettings(0, 1, List.of(), List.of(), Activation.TANH, 1));
		assertThrows(IllegalArgumentException.class, () -> new LstmSettings(8, 0, List.of(), List.of(), Activation.TANH, 1));
		assertThrows(IllegalArgumentException.class, () -> new LstmSettings(8, 1, List.of(3, 0), List.of(), Activation.TANH, 1));
	}
}
