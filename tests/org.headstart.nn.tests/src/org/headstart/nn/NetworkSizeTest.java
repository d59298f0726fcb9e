package org.headstart.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.headstart.api.backbone.Backbone;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.network.Head;
import org.headstart.api.network.NetworkDescription;
import org.headstart.api.network.Optimizer;
import org.headstart.api.network.Trunk;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.settings.NoSettings;
import org.junit.jupiter.api.Test;

class NetworkSizeTest {

	private static final BoxSpace FOUR = BoxSpace.uniform(4, -1, 1);
	private static final List<Trunk> TRUNK = List.of(new Trunk("policy", List.of(Head.policy(2, 1))));

	/** Says nothing of its extent. */
	private record Wide(int width, boolean recurrent) implements Backbone<NoSettings> {

		@Override
		public Features build(GraphBuilder graph, String prefix, String input, BoxSpace observation, NoSettings settings) {
			graph.addLayer(prefix + "one", recurrent ? new LSTM.Builder().nIn(4).nOut(width).build()
					: new DenseLayer.Builder().nIn(4).nOut(width).build(), input);
			graph.addLayer(prefix + "two", new DenseLayer.Builder().nIn(width).nOut(width).build(), prefix + "one");
			return new Features(prefix + "two", width);
		}
	}

	private static NetworkSize size(Backbone<NoSettings> backbone) {
		return NetworkSize.of(backbone, new NoSettings(), NetworkDescription.of(FOUR, TRUNK, new Optimizer.Sgd()));
	}

	@Test
	void countsMoreThanAnArrayHolds() {
		double width = 2_000_000_000;
		assertEquals(5 * width + (width + 1) * width + 2 * (width + 1), size(new Wide(2_000_000_000, false)).parameters());
		// 4 × width × (4 + width + 1) is more than a long holds
		assertEquals(4 * width * (5 + width) + (width + 1) * width + 2 * (width + 1),
				size(new Wide(2_000_000_000, true)).parameters());
	}

	@Test
	void refusesBeforeAnythingIsAllocated() {
		String message = assertThrows(IllegalArgumentException.class,
				() -> NetworkBuilder.of(new Wide(100_000, false), new NoSettings(), FOUR).trunks(TRUNK).build(new RandomStreams(1)))
				.getMessage();
		assertEquals("the network has 10,000,800,002 parameters; at most 2,147,483,639 are possible", message);
		// fits into an array, not into this process: as many floats as it has bytes, times the optimizer's
		int width = (int) Math.sqrt(Math.min(NetworkSize.MOST_PARAMETERS * 0.9, Runtime.getRuntime().maxMemory() / 8.0));
		message = assertThrows(IllegalArgumentException.class,
				() -> NetworkBuilder.of(new Wide(width, false), new NoSettings(), FOUR).trunks(TRUNK).build(new RandomStreams(1)))
				.getMessage();
		assertTrue(message.contains("with their gradients and the optimizer's moments; this process has "), message);
	}

	@Test
	void saysWhatIsMissing() {
		NetworkSize size = size(new Wide(1000, false));
		assertEquals(5000 + 1_001_000 + 2002, size.parameters());
		assertEquals(Optional.empty(), size.refusal(16e6 + 1e6, "a step"));
		assertEquals(Optional.of("the network has 1,008,002 parameters, which take 15 MiB with their gradients and the optimizer's "
				+ "moments; a step has 15 MiB"), size.refusal(16e6, "a step"));
	}
}
