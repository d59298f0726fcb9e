package org.headstart.learners.optimizer;

import java.util.Arrays;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.Lanes;
import org.headstart.api.learner.AgentView.Memory;
import org.headstart.api.network.Network;

/** The network's rows for a number of lanes: one for each coordinate of each lane, with its recurrent state. */
final class CoordinateLanes {

	private final Network network;
	private final int outputOffset;
	private final GradientPreprocessing preprocessing;
	private final float updateScale;
	private final Memory memory;

	final int lanes;
	/** D. */
	final int coordinates;
	final int stateSize;
	/** The preprocessed gradients of the last {@link #act}, [lanes × D × 2]. */
	final float[] inputs;
	/** [lanes × D × state size] */
	final float[] states;

	CoordinateLanes(Network network, LearnedOptimizerSettings settings, Memory memory, int lanes, int coordinates) {
		this.network = network;
		this.memory = memory;
		this.lanes = lanes;
		this.coordinates = coordinates;
		outputOffset = network.headOffset(network.heads().indexOf(LearnedOptimizer.UPDATE));
		preprocessing = new GradientPreprocessing(settings.preprocessing());
		updateScale = (float) settings.updateScale();
		stateSize = network.stateSize();
		int rows = lanes * coordinates;
		inputs = new float[rows * GradientPreprocessing.SIZE];
		states = new float[rows * stateSize];
	}

	/** Writes the network's inputs for the gradients of the first lanes. */
	void see(float[] gradients, int rows) {
		preprocessing.apply(gradients, 0, inputs, 0, rows);
		if (memory == Memory.STEP) {
			Arrays.fill(states, 0);
		}
	}

	/** Computes the updates for the present inputs and advances the recurrent states. */
	void act(ActionBatch actions, int rows) {
		network.step(inputs, 0, states, 0, rows);
		float[] outputs = network.outputs();
		int stride = network.outputStride();
		for (int row = 0, at = outputOffset; row < rows; row++, at += stride) {
			actions.values[row] = updateScale * outputs[at];
		}
	}

	/** Whether a lane's states are reset after the environment's last step. */
	boolean forgets(Lanes environment, int lane) {
		return switch (memory) {
			case STEP -> true;
			case EPISODE -> environment.episodeEnded()[lane];
			case TRIAL -> environment.terminated()[lane] || environment.truncated()[lane];
		};
	}

	void forget(int lane) {
		int size = coordinates * stateSize;
		Arrays.fill(states, lane * size, (lane + 1) * size, 0);
	}
}
