package org.headstart.api.environment;

import java.util.Optional;

/**
 * Examples in memory.
 *
 * @param inputs  the observation space of an example
 * @param labels  the space of the labels; empty when there are none
 * @param size    the number of examples
 * @param numbers the numbers of their observations, [size × row size]
 * @param images  by part of the inputs, the images, [size × size of the part]; null for a part of numbers; null altogether
 *                if there are no images
 * @param classes the labels, [size × choices]; null unless these are classes
 * @param vectors the labels, [size × size of the box]; null unless these are vectors
 */
public record MemoryExamples(ObservationSpace inputs, Optional<ActionSpace> labels, int size, float[] numbers, byte[][] images,
		int[] classes, float[] vectors) implements Examples {

	/** Checks the arrays' lengths; they are not copied. */
	public MemoryExamples {
		check("numbers", size * (long) inputs.rowSize(), numbers.length);
		for (int part = 0; part < inputs.parts().size(); part++) {
			ObservationPart each = inputs.parts().get(part);
			if (each.isBytes()) {
				check("image '" + each.name() + "'", size * (long) each.size(), images[part].length);
			}
		}
		if (labels.isPresent() && labels.get() instanceof BoxSpace box) {
			check("vectors", size * (long) box.size(), vectors.length);
		} else if (labels.isPresent()) {
			check("classes", size * (long) labels.get().counts().length, classes.length);
		}
	}

	private static void check(String what, long wanted, int length) {
		if (wanted != length) {
			throw new IllegalArgumentException("the examples need " + wanted + " of " + what + ", not " + length);
		}
	}

	/**
	 * Makes examples of numbers, each with a class.
	 *
	 * @param inputs  the observation space of an example, numbers only
	 * @param labels  the classes
	 * @param numbers the numbers of their observations, [size × row size]
	 * @param classes each example's class, [size]
	 * @return the examples
	 */
	public static MemoryExamples of(ObservationSpace inputs, DiscreteSpace labels, float[] numbers, int[] classes) {
		return new MemoryExamples(inputs, Optional.of(labels), classes.length, numbers, null, classes, null);
	}

	@Override
	public void inputs(int[] examples, int count, float[] into) {
		gather(numbers, inputs.rowSize(), examples, count, into);
	}

	@Override
	public void images(int part, int[] examples, int count, byte[] into) {
		gather(images[part], inputs.parts().get(part).size(), examples, count, into);
	}

	@Override
	public void labels(int[] examples, int count, int[] into) {
		gather(classes, classes.length / Math.max(1, size), examples, count, into);
	}

	@Override
	public void labels(int[] examples, int count, float[] into) {
		gather(vectors, vectors.length / Math.max(1, size), examples, count, into);
	}

	/** Gathers rows from one array into another of the same type; rows are contiguous. */
	private static void gather(Object rows, int length, int[] examples, int count, Object into) {
		for (int i = 0; i < count; i++) {
			System.arraycopy(rows, examples[i] * length, into, i * length, length);
		}
	}

	@Override
	public void close() {
		// arrays
	}
}
