package org.headstart.lib.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class Nd4jStartupTest {

	@Test
	void manyThreadsStartItOnceAndWithOneThread() throws Exception {
		try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
			Callable<Boolean> first = () -> {
				// Jobs and executors run without a useful context class loader; ND4J must not depend on it.
				Thread.currentThread().setContextClassLoader(null);
				Nd4jStartup.ensure();
				return true;
			};
			for (Future<Boolean> done : threads.invokeAll(Stream.generate(() -> first).limit(4).toList())) {
				assertTrue(done.get());
			}
		}
		assertEquals(1, Nd4j.getEnvironment().maxMasterThreads());
		assertEquals(1, Nd4j.factory().blas().getMaxThreads());
	}

	@Test
	void aNetworkGivesAnOutput() {
		Nd4jStartup.ensure();
		MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder().seed(1).list()
				.layer(new OutputLayer.Builder().nIn(3).nOut(2).build()).build());
		network.init();
		// A merge runs a custom op, which needs the shaded protobuf among the bundle's jars.
		INDArray merged = Nd4j.concat(1, Nd4j.ones(4, 1), Nd4j.ones(4, 2));
		assertEquals(2, network.output(merged).columns());
	}
}
