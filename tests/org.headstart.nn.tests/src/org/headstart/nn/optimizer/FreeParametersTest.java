package org.headstart.nn.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

import org.headstart.api.network.Network;
import org.headstart.api.network.Optimizer;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.nn.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FreeParametersTest {

	static Optimizer[] optimizers() {
		return new Optimizer[] {new Optimizer.Adam(0.9, 0.999, 1e-5), new Optimizer.Sgd()};
	}

	private static void step(FreeParameters parameters, RandomStream random) {
		for (int i = 0; i < parameters.gradients().length; i++) {
			parameters.gradients()[i] = (float) random.nextGaussian();
		}
		parameters.update(0.5f, 0.01f);
	}

	@ParameterizedTest
	@MethodSource("optimizers")
	void areTrainedAsANetworkIsToTheBit(Optimizer optimizer) {
		Network network = Samples.policyAndValue().optimizer(optimizer).build(new RandomStreams(1));
		FreeParameters parameters = new FreeParameters(network.parameterVectorSize(), optimizer);
		network.copyParameters(parameters.values());
		RandomStream random = new RandomStream(2);
		float[] trained = new float[network.parameterVectorSize()];
		for (int i = 0; i < 20; i++) {
			step(parameters, random);
			network.setGradients(parameters.gradients());
			network.update(0.5f, 0.01f);
			network.copyParameters(trained);
			assertArrayEquals(trained, parameters.values(), "step " + i);
		}
		network.resetOptimizer();
		parameters.resetOptimizer();
		step(parameters, random);
		network.setGradients(parameters.gradients());
		network.update(0.5f, 0.01f);
		network.copyParameters(trained);
		assertArrayEquals(trained, parameters.values(), "after a reset");
	}

	/** The form at the end of section 2 of Kingma and Ba 2015: ε stands beside √v without its bias correction. */
	@Test
	void adamsFirstStep() {
		FreeParameters parameters = new FreeParameters(1, new Optimizer.Adam(0.9, 0.999, 1e-5));
		parameters.gradients()[0] = 0.01f;
		parameters.update(1, 0.1f);
		assertEquals(-0.1 * Math.sqrt(0.001) * 0.01 / (Math.sqrt(0.001) * 0.01 + 1e-5), parameters.values()[0], 1e-6);
	}

	@ParameterizedTest
	@MethodSource("optimizers")
	void stateIsComplete(Optimizer optimizer) throws IOException {
		FreeParameters first = new FreeParameters(3, optimizer);
		RandomStream random = new RandomStream(3);
		step(first, random);
		step(first, random);
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		first.writeState(new DataOutputStream(bytes));
		FreeParameters second = new FreeParameters(3, optimizer);
		second.readState(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
		assertArrayEquals(first.values(), second.values());
		step(first, new RandomStream(4));
		step(second, new RandomStream(4));
		assertArrayEquals(first.values(), second.values());
	}
}
