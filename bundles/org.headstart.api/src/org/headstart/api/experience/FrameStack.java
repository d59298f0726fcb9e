package org.headstart.api.experience;

/**
 * A part of an observation that is the last frames side by side, the oldest first; at an episode's start its first frame stands in all
 * places. A {@link ReplayBuffer} keeps one frame of it a step.
 *
 * @param offset where it begins in a row, in floats
 * @param frames how many, at least 2
 * @param size   floats of a frame
 */
public record FrameStack(int offset, int frames, int size) {

	/** Checks. */
	public FrameStack {
		if (offset < 0 || frames < 2 || size < 1) {
			throw new IllegalArgumentException("a stack of " + frames + " frames of " + size + " floats at " + offset
					+ " is none: it has at least 2 frames of at least 1 float");
		}
	}

	/** @return floats of all frames */
	public int rowSize() {
		return Math.multiplyExact(frames, size);
	}
}
