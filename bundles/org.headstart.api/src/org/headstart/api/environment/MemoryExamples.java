package org.headstart.api.environment;

import java.util.Optional;

/**
 * Examples that lie in memory.
 *
 * @param inputs  what an example shows
 * @param labels  what a label is; empty when there are none
 * @param size    how many there are
 * @param numbers the numbers that they show, [size × row size]
 * @param images  by part of the inputs, the images, [size × size of the part]; null where a part is of numbers, or if all are
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
	 * Examples of numbers, each with a class.
	 *
	 * @param inputs  what an example shows, numbers alone
	 * @param labels  the classes
	 * @param numbers the numbers that they show, [size × row size]
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

	/** Arrays of one type, rows one behind the other. */
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
