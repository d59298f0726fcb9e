package org.headstart.examples.supervised;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

import org.headstart.api.distribution.ActionDistribution;
import org.headstart.api.environment.Examples;
import org.headstart.api.learner.AgentSite;
import org.headstart.api.learner.Epochs;
import org.headstart.api.learner.ExampleAgent;
import org.headstart.api.learner.Metrics;
import org.headstart.api.learner.Policy;
import org.headstart.api.network.Network;
import org.headstart.api.random.RandomStream;

/** The agent of supervised learning: each update uses a minibatch of the task's examples. */
final class SupervisedAgent implements ExampleAgent {

	private final SupervisedSettings settings;
	private final AgentSite site;
	private final Network network;
	private final ActionDistribution distribution;
	private final Epochs epochs;
	private final int[] places;
	private final float[] inputs;
	private final int[] classes;
	/** The classes, in the form of the distribution's actions. */
	private final float[] labels;
	private final double[] logProbabilities;
	/** Gradients of the loss, the mean of −log p(label). */
	private final double[] gradients;
	private final double[] noLogStd = new double[0];
	private Examples examples;
	private long updates;

	SupervisedAgent(SupervisedSettings settings, AgentSite site) {
		this.settings = settings;
		this.site = site;
		network = site.network();
		distribution = ActionDistribution.of(site.actionSpace());
		epochs = new Epochs(site.streams().stream("epochs"));
		int rows = settings.minibatch();
		places = new int[rows];
		inputs = new float[rows * site.observationSpace().rowSize()];
		labels = new float[rows * distribution.actionSize()];
		classes = new int[labels.length];
		logProbabilities = new double[rows];
		gradients = new double[rows];
		Arrays.fill(gradients, -1.0 / rows);
	}

	@Override
	public Map<String, Network> networks() {
		return site.networks();
	}

	@Override
	public void begin(Examples toLearnFrom) {
		examples = toLearnFrom;
		epochs.begin(examples.size());
	}

	@Override
	public void update(Metrics metrics) {
		int rows = places.length;
		epochs.next(places, rows);
		examples.inputs(places, rows, inputs);
		examples.labels(places, rows, classes);
		for (int i = 0; i < labels.length; i++) {
			labels[i] = classes[i];
		}
		network.training(true);
		network.forward(inputs, 0, rows);
		int head = network.headOffset(0);
		int stride = network.outputStride();
		distribution.evaluate(network.outputs(), head, stride, rows, labels, 0, logProbabilities);
		distribution.gradients(network.outputs(), head, stride, rows, labels, 0, gradients, 0, network.outputGradients(), noLogStd);
		network.backward(rows);
		network.training(false);
		network.update(1, (float) settings.learningRate());
		updates++;
		double loss = 0;
		for (double each : logProbabilities) {
			loss -= each / rows;
		}
		metrics.report("cross-entropy", loss);
		metrics.report("epochs", epochs.passed());
	}

	@Override
	public Policy policy(int lanes, boolean greedy) {
		RandomStream random = site.streams().stream("evaluation/" + updates);
		return (shown, actions) -> {
			network.forward(shown.observations(), 0, shown.lanes());
			if (greedy) {
				distribution.mode(network.outputs(), network.headOffset(0), network.outputStride(), shown.lanes(), actions, 0, null, 0);
			} else {
				distribution.sample(network.outputs(), network.headOffset(0), network.outputStride(), shown.lanes(), random, actions);
			}
		};
	}

	@Override
	public void restart(boolean keepNormalisers) {
		network.resetOptimizer();
		updates = 0;
	}

	@Override
	public void readKnowledge(DataInput knowledge, boolean policy) {
		// All knowledge is in the network.
	}

	@Override
	public void writeKnowledge(DataOutput out) {
		// All knowledge is in the network.
	}

	@Override
	public void writeState(DataOutput out) throws IOException {
		network.writeState(out);
		epochs.writeState(out);
		out.writeLong(updates);
	}

	@Override
	public void readState(DataInput in) throws IOException {
		network.readState(in);
		epochs.readState(in);
		updates = in.readLong();
	}
}
