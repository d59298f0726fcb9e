package org.headstart.examples.columns;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headstart.api.backbone.Backbone;
import org.headstart.api.backbone.Layers;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.ObservationPart;
import org.headstart.api.network.Head;
import org.headstart.api.network.Network;
import org.headstart.api.network.NetworkDescription;
import org.headstart.api.network.Optimizer;
import org.headstart.api.network.Trunk;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.settings.NoSettings;
import org.headstart.api.strategy.Strategy;
import org.headstart.examples.convolution.Convolution;
import org.headstart.examples.convolution.ConvolutionSettings;
import org.headstart.nn.NetworkBuilder;
import org.headstart.nn.NetworkCheckpoint;
import org.headstart.nn.WarmStart;
import org.headstart.nn.internal.state.NetworkState;
import org.headstart.testkit.StrategyContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;

class TwoColumnsTest extends StrategyContract<NoSettings> {

	private static final NetworkDescription VALUE = NetworkDescription.of(BoxSpace.uniform(1, -10, 10),
			List.of(new Trunk("value", List.of(Head.value(1)))), new Optimizer.Sgd());

	@TempDir
	Path folder;

	@Override
	protected Strategy<NoSettings> strategy() {
		return new TwoColumns();
	}

	@Override
	protected List<NoSettings> settings() {
		return List.of(new NoSettings());
	}

	/** Two layers of one tanh unit each. */
	private static final class TwoUnits implements Backbone<NoSettings> {

		@Override
		public Features build(GraphBuilder graph, String prefix, String input, BoxSpace observation, NoSettings settings) {
			Features top = new Features(input, observation.size());
			for (Layers stage : stages(observation, settings)) {
				top = stage.build(graph, prefix, top);
			}
			return top;
		}

		@Override
		public List<Layers> stages(BoxSpace observation, NoSettings settings) {
			return List.of(unit("1"), unit("2"));
		}

		private static Layers unit(String name) {
			return (graph, prefix, below) -> {
				graph.addLayer(prefix + name, new DenseLayer.Builder().nIn(below.size()).nOut(1).activation(Activation.TANH).build(),
						below.vertex());
				return new Features(prefix + name, 1);
			};
		}
	}

	private static NetworkBuilder builder() {
		return NetworkBuilder.of(new TwoUnits(), new NoSettings(), VALUE);
	}

	/** The plain network's weights: 0.5 and 0.8; its head does not matter. */
	private static Network plain() {
		Network plain = builder().build(new RandomStreams(1));
		plain.setParameter("backbone/value/1", "W", new float[] {0.5f});
		plain.setParameter("backbone/value/2", "W", new float[] {0.8f});
		return plain;
	}

	private static Network columns() {
		Network columns = builder().architecture(new Columns()).build(new RandomStreams(2));
		WarmStart.apply(NetworkState.of(plain()), columns, new TwoColumns().warmStart(new NoSettings()));
		columns.setParameter("backbone/value/1", "W", new float[] {-0.3f});
		columns.setParameter("lateral/backbone/value/1", "W", new float[] {2});
		columns.setParameter("backbone/value/2", "W", new float[] {0.7f, 0.9f});
		columns.setParameter("lateral/backbone/value/2", "W", new float[] {1.5f});
		columns.setParameter("head/value", "W", new float[] {3, -2});
		columns.setParameter("head/value", "b", new float[] {0.25f});
		return columns;
	}

	/** v(x) = 3 g₂ − 2 tanh(1.5 f₂) + 0.25, with f₁ = tanh(0.5 x), f₂ = tanh(0.8 f₁), g₁ = tanh(−0.3 x), g₂ = tanh(0.7 g₁ + 0.9 tanh(2 f₁)). */
	private static double value(double x) {
		double f1 = Math.tanh(0.5 * x);
		double f2 = Math.tanh(0.8 * f1);
		double g1 = Math.tanh(-0.3 * x);
		double g2 = Math.tanh(0.7 * g1 + 0.9 * Math.tanh(2 * f1));
		return 3 * g2 - 2 * Math.tanh(1.5 * f2) + 0.25;
	}

	@Test
	void anImageOfBytesIsReadByBothColumns() {
		NetworkDescription seen = NetworkDescription.of(ObservationPart.image("field", 2, 5, 5),
				List.of(new Trunk("value", List.of(Head.value(1)))), new Optimizer.Sgd());
		Network columns = NetworkBuilder.of(new Convolution(), new ConvolutionSettings(3, 4), seen).architecture(new Columns())
				.build(new RandomStreams(2));
		assertTrue(columns.parameterVertices().stream().filter(vertex -> vertex.endsWith("convolution-1")).count() == 2,
				columns.parameterVertices()::toString);
		byte[] image = new byte[50];
		columns.input(0, image, 0, 50);
		columns.forward(1);
		float dark = columns.outputs()[0];
		image[7] = (byte) 255;
		columns.forward(1);
		assertTrue(columns.outputs()[0] != dark);
	}

	@Test
	void bothColumnsAreWhatTheHandComputes() {
		Network columns = columns();
		float[] x = {0, 1, -2, 0.4f};
		columns.forward(x, 0, x.length);
		for (int row = 0; row < x.length; row++) {
			assertEquals(value(x[row]), columns.outputs()[row * columns.outputStride()], 1e-5, "x = " + x[row]);
		}
	}

	/** ∂v / ∂(adapter's weight) = 3 (1 − g₂²) · 0.9 · (1 − tanh²(2 f₁)) · f₁ at x = 1. */
	@Test
	void theFirstColumnStaysAndTheLateralsLearn() {
		Network columns = columns();
		assertEquals(Set.of("first/backbone/value/1", "first/backbone/value/2"), columns.frozenVertices());
		columns.forward(new float[] {1}, 0, 1);
		columns.outputGradients()[0] = 1;
		columns.backward(1);
		columns.update(1, 0.01f);
		double f1 = Math.tanh(0.5);
		double lateral = Math.tanh(2 * f1);
		double g2 = Math.tanh(0.7 * Math.tanh(-0.3) + 0.9 * lateral);
		assertEquals(2 - 0.01 * 3 * (1 - g2 * g2) * 0.9 * (1 - lateral * lateral) * f1,
				columns.parameter("lateral/backbone/value/1", "W")[0], 1e-6);
		assertArrayEquals(new float[] {0.5f}, columns.parameter("first/backbone/value/1", "W"));
		assertArrayEquals(new float[] {0.8f}, columns.parameter("first/backbone/value/2", "W"));
	}

	@Test
	void theyAreAnOrdinaryGraphOfDl4jAndItsCheckpoint() throws IOException {
		Network columns = columns();
		assertTrue(columns.backend().startsWith("compiled"), columns.backend());
		NetworkCheckpoint.write(columns, folder);
		ComputationGraph graph = NetworkCheckpoint.read(folder).graph();
		assertEquals(value(1), graph.output(Nd4j.create(new float[] {1}, new long[] {1, 1}, 'c'))[0].getDouble(0), 1e-5);
		Network restored = builder().architecture(new Columns()).build(new RandomStreams(9));
		NetworkCheckpoint.read(folder).restore(restored);
		assertEquals(columns.frozenVertices(), restored.frozenVertices());
		restored.forward(new float[] {1}, 0, 1);
		assertEquals(value(1), restored.outputs()[0], 1e-5);
	}
}
