package org.headstart.learners.ppo;

import java.util.List;

import org.headstart.api.environment.Lanes;
import org.headstart.api.environment.ObservationPart;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.network.Network;

/**
 * The network's inputs for an observation: numbers in rows of floats, an image in rows of bytes, or both. Only the numbers
 * are normalised.
 */
final class ObservationInput {

	private final Network network;
	/** Floats of a row; 0 for an observation of an image alone. */
	final int numbers;
	/** Bytes of an image; 0 without an image. */
	final int pixels;
	/** Index of the image's part in the observation space; −1 without an image. */
	private final int part;

	ObservationInput(Network network, ObservationSpace observation) {
		this.network = network;
		numbers = observation.rowSize();
		List<ObservationPart> images = observation.images();
		pixels = images.isEmpty() ? 0 : images.get(0).size();
		part = images.isEmpty() ? -1 : observation.parts().indexOf(images.get(0));
	}

	/** Copies the images of all lanes' present observations. */
	void copyImages(Lanes lanes, byte[] into, int offset) {
		if (pixels > 0) {
			System.arraycopy(lanes.bytes(part), 0, into, offset, lanes.lanes() * pixels);
		}
	}

	/** Copies the last image of a lane's ended trial. */
	void copyFinalImage(Lanes lanes, int lane, byte[] into, int offset) {
		if (pixels > 0) {
			System.arraycopy(lanes.finalBytes(part), lane * pixels, into, offset, pixels);
		}
	}

	/**
	 * Runs the network.
	 *
	 * @param rows        normalised numbers
	 * @param rowOffset   where the first row begins
	 * @param images      the images; not read without images
	 * @param imageOffset where the first one begins
	 * @param count       how many rows
	 */
	void forward(float[] rows, int rowOffset, byte[] images, int imageOffset, int count) {
		show(rows, rowOffset, images, imageOffset);
		network.forward(count);
	}

	/** Like {@link #forward}, for a recurrent network: replaces the rows' states. */
	void step(float[] rows, int rowOffset, byte[] images, int imageOffset, float[] states, int count) {
		show(rows, rowOffset, images, imageOffset);
		network.step(states, 0, count);
	}

	/** Runs sequences of rows, time-major, from the arrays' beginning on. */
	void forwardSequences(float[] rows, byte[] images, int steps, int sequences, float[] states, boolean[] restarts) {
		show(rows, 0, images, 0);
		network.forwardSequences(steps, sequences, states, restarts);
	}

	private void show(float[] rows, int rowOffset, byte[] images, int imageOffset) {
		if (pixels == 0) {
			network.input(0, rows, rowOffset, numbers);
			return;
		}
		network.input(0, images, imageOffset, pixels);
		if (numbers > 0) {
			network.input(1, rows, rowOffset, numbers);
		}
	}

	/** @return the lanes' images, not copied; null without images */
	byte[] images(Lanes lanes) {
		return pixels == 0 ? null : lanes.bytes(part);
	}
}
