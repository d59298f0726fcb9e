package org.headstart.api.environment;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A named part of an observation: numbers, or an image of bytes.
 *
 * @param name its name: lower-case words with hyphens, unique in its observation, for example {@code state}, {@code image}
 * @param shape  sizes of its axes, channels first: {@code [channels, height, width]} of an image, {@code [size]} of a vector
 * @param bounds bounds of its numbers in row-major order; empty for unsigned bytes, which are 0 to 255
 * @param frames the number of time steps that are stacked on its first axis, the latest last; 1 for a part that is no stack.
 *               In each step only the latest frame of a stack is new
 */
public record ObservationPart(String name, List<Integer> shape, Optional<BoxSpace> bounds, int frames) {

	/** Checks and copies. */
	public ObservationPart {
		shape = List.copyOf(shape);
		if (!name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
			throw new IllegalArgumentException("a part's name is made of lower-case words with hyphens, not '" + name + "'");
		}
		if (shape.isEmpty() || shape.stream().anyMatch(size -> size < 1)) {
			throw new IllegalArgumentException("part '" + name + "' needs axes of at least 1 each, not " + shape);
		}
		int size = size(shape);
		if (bounds.isPresent() && bounds.get().size() != size) {
			throw new IllegalArgumentException("part '" + name + "' has " + size + " numbers and bounds of "
					+ bounds.get().size());
		}
		if (frames < 1 || shape.get(0) % frames != 0) {
			throw new IllegalArgumentException("part '" + name + "' cannot be " + frames + " frames of equal size: its first axis has "
					+ shape.get(0));
		}
	}

	/**
	 * Makes a part of numbers.
	 *
	 * @param name   its name
	 * @param bounds their bounds and shape
	 * @return the part
	 */
	public static ObservationPart numbers(String name, BoxSpace bounds) {
		return new ObservationPart(name, bounds.shape(), Optional.of(bounds), 1);
	}

	/**
	 * Makes the part that names a lane's group, if lanes of different worlds run side by side: one-hot, 1 at the group's
	 * index. It is a category and not a quantity, so learners do not normalise it, and an
	 * {@link org.headstart.api.network.Architecture} may route rows by it.
	 *
	 * @param groups the number of groups
	 * @return the part, called {@value ObservationSpace#GROUP}
	 */
	public static ObservationPart group(int groups) {
		return numbers(ObservationSpace.GROUP, BoxSpace.uniform(groups, 0, 1));
	}

	/**
	 * Makes an image of bytes.
	 *
	 * @param name     its name
	 * @param channels 1 for grey, 3 for red, green and blue
	 * @param height   pixels
	 * @param width    pixels
	 * @return the part
	 */
	public static ObservationPart image(String name, int channels, int height, int width) {
		return new ObservationPart(name, List.of(channels, height, width), Optional.empty(), 1);
	}

	/** @return whether it is made of unsigned bytes, not of floats */
	public boolean isBytes() {
		return bounds.isEmpty();
	}

	/** @return the number of elements */
	public int size() {
		return size(shape);
	}

	private static int size(List<Integer> shape) {
		int size = 1;
		for (int axis : shape) {
			size = Math.multiplyExact(size, axis);
		}
		return size;
	}

	@Override
	public String toString() {
		String what = isBytes() ? shape.stream().map(String::valueOf).collect(Collectors.joining(" × ")) + " bytes"
				: bounds.get().toString();
		return name + ": " + what + (frames > 1 ? ", a stack of " + frames + " frames" : "");
	}
}
