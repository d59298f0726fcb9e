package org.headstart.api.network;

import java.util.List;

/**
 * A named input of a network.
 *
 * @param name  its name in the graph, for example {@code observation}
 * @param shape the shape of one row: the size of a vector; channels, height and width of an image
 * @param bytes whether its elements are unsigned bytes, 0 to 255, which the graph reads as 0 to 1; otherwise they are floats
 */
public record Input(String name, List<Integer> shape, boolean bytes) {

	/** Checks and copies. */
	public Input {
		shape = List.copyOf(shape);
		if (shape.isEmpty() || shape.stream().anyMatch(size -> size < 1)) {
			throw new IllegalArgumentException("input '" + name + "' has shape " + shape + "; each size must be at least 1");
		}
	}

	/**
	 * A vector of floats.
	 *
	 * @param name its name
	 * @param size how many
	 * @return the input
	 */
	public static Input vector(String name, int size) {
		return new Input(name, List.of(size), false);
	}

	/** @return elements in a row */
	public int size() {
		int size = 1;
		for (int i = 0; i < shape.size(); i++) {
			size = Math.multiplyExact(size, shape.get(i));
		}
		return size;
	}
}
