package org.headstart.examples.gan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

import org.headstart.api.backbone.Backbone;
import org.headstart.api.learner.Metrics;
import org.headstart.api.network.Network;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.settings.NoSettings;
import org.headstart.nn.NetworkBuilder;
import org.junit.jupiter.api.Test;

class GanTest {

	private static final Ring RING = new Ring(8, 0.1);
	private static final int ROWS = 128;
	private static final Metrics UNREAD = (name, value) -> {
		// not looked at here
	};

	private final Map<String, Network> networks = networks(1);

	private static Map<String, Network> networks(long seed) {
		Backbone<NoSettings> none = (graph, prefix, input, observation, settings) -> {
			throw new AssertionError("neither network has a backbone");
		};
		return NetworkBuilder.build(none, new NoSettings(), Gan.networks(), Optional.empty(), new RandomStreams(seed));
	}

	/** The chain rule through both networks, against finite differences. */
	@Test
	void theGeneratorsGradientComesThroughTheDiscriminator() {
		Network generator = networks.get("generator");
		float[] weights = generator.parameter("trunk/layers/dense-1", "W");
		Network twin = networks(1).get("generator");
		new Gan(Map.of("generator", twin, "discriminator", networks.get("discriminator")), RING, ROWS, new RandomStreams(3))
				.learnToDeceive();
		twin.update(1, 1);
		// Adam's first step is the gradient's sign
		float[] stepped = twin.parameter("trunk/layers/dense-1", "W");
		int checked = 0;
		for (int i = 0; i < weights.length; i += 5) {
			double above = loss(generator, weights, i, 1e-2f);
			double below = loss(generator, weights, i, -1e-2f);
			if (Math.abs(above - below) > 1e-6) {
				assertEquals(Math.signum(above - below), Math.signum(weights[i] - stepped[i]), "weight " + i);
				checked++;
			}
		}
		assertTrue(checked > 30, "looked at " + checked);
	}

	private double loss(Network generator, float[] weights, int index, float step) {
		float[] moved = weights.clone();
		moved[index] += step;
		generator.setParameter("trunk/layers/dense-1", "W", moved);
		double loss = new Gan(networks, RING, ROWS, new RandomStreams(3)).learnToDeceive();
		generator.setParameter("trunk/layers/dense-1", "W", weights);
		return loss;
	}

	@Test
	void itFindsAllModes() {
		Gan gan = new Gan(networks, RING, ROWS, new RandomStreams(2));
		train(gan, 4000);
		int[] counted = new int[RING.modes() + 1];
		int[] all = new int[RING.modes() + 1];
		for (int batch = 0; batch < 8; batch++) {
			gan.count(ROWS, counted);
			for (int mode = 0; mode < all.length; mode++) {
				all[mode] += counted[mode];
			}
		}
		int points = 8 * ROWS;
		for (int mode = 0; mode < RING.modes(); mode++) {
			assertTrue(all[mode] > points / 40, "mode " + mode + " of " + Arrays.toString(all));
		}
		assertTrue(all[RING.modes()] < points / 4, "too many belong to none: " + Arrays.toString(all));
	}

	@Test
	void aResumedOneGoesOnToTheSameBytes() throws IOException {
		Gan gan = new Gan(networks, RING, ROWS, new RandomStreams(2));
		train(gan, 20);
		Gan resumed = new Gan(networks(7), RING, ROWS, new RandomStreams(8));
		resumed.readState(new DataInputStream(new ByteArrayInputStream(state(gan))));
		train(gan, 10);
		train(resumed, 10);
		assertArrayEquals(state(gan), state(resumed));
	}

	private static void train(Gan gan, int steps) {
		for (int step = 0; step < steps; step++) {
			gan.update(1e-3f, UNREAD);
		}
	}

	private static byte[] state(Gan gan) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		gan.writeState(new DataOutputStream(bytes));
		return bytes.toByteArray();
	}
}
