package org.headstart.examples.beacon;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.List;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.environment.ObservationPart;
import org.headstart.api.random.RandomStream;

/**
 * State: the walker's row and column, the beacon's row and column. ω: whether the beacon is in the right half. Observation:
 * an image of bytes with two channels, 255 at the walker's cell in the first and at the beacon's cell in the second.
 * Actions: up, down, left, right. The reward is −1 for each step until the walker reaches the beacon.
 */
final class BeaconDynamics implements Dynamics {

	private static final int[][] STEPS = {{-1, 0}, {1, 0}, {0, -1}, {0, 1}};

	private final int size;
	private final int maxSteps;
	private final List<ObservationPart> images;

	BeaconDynamics(int size, int maxSteps) {
		this.size = size;
		this.maxSteps = maxSteps;
		images = List.of(ObservationPart.image("field", 2, size, size));
	}

	@Override
	public BoxSpace observationSpace() {
		return BoxSpace.uniform(0, 0, 0);
	}

	@Override
	public List<ObservationPart> images() {
		return images;
	}

	@Override
	public ActionSpace actionSpace() {
		return new DiscreteSpace(STEPS.length);
	}

	@Override
	public int stateSize() {
		return 4;
	}

	@Override
	public int parameterCount() {
		return 1;
	}

	@Override
	public int maxEpisodeSteps() {
		return maxSteps;
	}

	@Override
	public void start(double[] state, int stateOffset, double[] omega, int omegaOffset, RandomStream random) {
		state[stateOffset] = random.nextInt(size);
		state[stateOffset + 1] = random.nextInt(size);
		state[stateOffset + 2] = random.nextInt(size);
		int half = size / 2;
		state[stateOffset + 3] = omega[omegaOffset] == 1 ? size - half + random.nextInt(half) : random.nextInt(half);
	}

	@Override
	public void step(double[] state, double[] omega, ActionBatch actions, int lanes, RandomStream[] random, float[] rewards,
			boolean[] terminated) {
		for (int lane = 0; lane < lanes; lane++) {
			int at = lane * 4;
			int[] step = STEPS[actions.index[lane]];
			state[at] = Math.clamp(state[at] + step[0], 0, size - 1);
			state[at + 1] = Math.clamp(state[at + 1] + step[1], 0, size - 1);
			rewards[lane] = -1;
			terminated[lane] = state[at] == state[at + 2] && state[at + 1] == state[at + 3];
		}
	}

	@Override
	public void observe(double[] state, int stateOffset, double[] omega, int omegaOffset, float[] observation, int observationOffset) {
		// the observation has no numbers
	}

	@Override
	public void draw(int image, double[] state, int stateOffset, double[] omega, int omegaOffset, byte[] pixels, int pixelOffset) {
		int cells = size * size;
		Arrays.fill(pixels, pixelOffset, pixelOffset + 2 * cells, (byte) 0);
		for (int channel = 0; channel < 2; channel++) {
			int row = (int) state[stateOffset + 2 * channel];
			int column = (int) state[stateOffset + 2 * channel + 1];
			pixels[pixelOffset + channel * cells + row * size + column] = (byte) 255;
		}
	}

	@Override
	public void render(double[] state, double[] omega, Graphics2D canvas, int width, int height) {
		canvas.setColor(Color.BLACK);
		canvas.fillRect(0, 0, width, height);
		double cell = Math.min(width, height) / (double) size;
		canvas.setColor(Color.YELLOW);
		canvas.fillRect((int) (state[3] * cell), (int) (state[2] * cell), (int) cell, (int) cell);
		canvas.setColor(new Color(0x1565C0));
		canvas.fillOval((int) (state[1] * cell), (int) (state[0] * cell), (int) cell, (int) cell);
	}
}
