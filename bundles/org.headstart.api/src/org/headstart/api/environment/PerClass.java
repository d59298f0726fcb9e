package org.headstart.api.environment;

import java.util.Arrays;
import java.util.Optional;

import org.headstart.api.random.RandomStreams;

/**
 * A data set with few examples of each class to learn from.
 *
 * @param all   the data set with all examples
 * @param count how many of each class
 */
record PerClass(DataSet all, int count) implements DataSet {

	/** The number of labels that are read at once. */
	private static final int ROWS = 1024;

	PerClass {
		if (!(all.labels().orElse(null) instanceof DiscreteSpace classes)) {
			throw new IllegalArgumentException("the labels are not classes, so " + count + " examples of each class cannot be chosen");
		}
		if (count < 1 || (long) count * classes.count() > all.size(Split.TRAIN)) {
			throw new IllegalArgumentException("of " + classes.count() + " classes there cannot be " + count + " examples each: there are "
					+ all.size(Split.TRAIN) + " in all");
		}
	}

	@Override
	public ObservationSpace inputs() {
		return all.inputs();
	}

	@Override
	public Optional<ActionSpace> labels() {
		return all.labels();
	}

	private int classes() {
		return ((DiscreteSpace) all.labels().orElseThrow()).count();
	}

	@Override
	public int size(Split split) {
		return split == Split.TRAIN ? count * classes() : all.size(split);
	}

	@Override
	public Examples open(Selection selection) {
		Examples opened = all.open(selection);
		if (selection.split() != Split.TRAIN) {
			return opened;
		}
		try {
			return new Few(opened, choose(opened, selection.streams()), new int[1][]);
		} catch (RuntimeException | Error e) {
			opened.close();
			throw e;
		}
	}

	/** In the order of their numbers. */
	private int[] choose(Examples opened, RandomStreams streams) {
		int[] order = new int[opened.size()];
		Arrays.setAll(order, i -> i);
		streams.stream("per-class").shuffle(order, order.length);
		int[] found = new int[classes()];
		int[] chosen = new int[count * found.length];
		int[] rows = new int[ROWS];
		int[] labels = new int[ROWS];
		int total = 0;
		for (int from = 0; from < order.length && total < chosen.length; from += ROWS) {
			int length = Math.min(ROWS, order.length - from);
			System.arraycopy(order, from, rows, 0, length);
			opened.labels(rows, length, labels);
			for (int i = 0; i < length; i++) {
				if (found[labels[i]] < count) {
					found[labels[i]]++;
					chosen[total++] = rows[i];
				}
			}
		}
		for (int label = 0; label < found.length; label++) {
			if (found[label] < count) {
				throw new IllegalArgumentException("class " + label + " has " + found[label] + " examples to learn from, not " + count);
			}
		}
		Arrays.sort(chosen);
		return chosen;
	}

	/**
	 * Some of the examples.
	 *
	 * @param all    all of them
	 * @param chosen their numbers among all
	 * @param rows   scratch: numbers to be read, an array that grows
	 */
	private record Few(Examples all, int[] chosen, int[][] rows) implements Examples {

		@Override
		public ObservationSpace inputs() {
			return all.inputs();
		}

		@Override
		public Optional<ActionSpace> labels() {
			return all.labels();
		}

		@Override
		public int size() {
			return chosen.length;
		}

		private int[] among(int[] examples, int count) {
			if (rows[0] == null || rows[0].length < count) {
				rows[0] = new int[count];
			}
			for (int i = 0; i < count; i++) {
				rows[0][i] = chosen[examples[i]];
			}
			return rows[0];
		}

		@Override
		public void inputs(int[] examples, int count, float[] into) {
			all.inputs(among(examples, count), count, into);
		}

		@Override
		public void images(int part, int[] examples, int count, byte[] into) {
			all.images(part, among(examples, count), count, into);
		}

		@Override
		public void labels(int[] examples, int count, int[] into) {
			all.labels(among(examples, count), count, into);
		}

		@Override
		public void labels(int[] examples, int count, float[] into) {
			all.labels(among(examples, count), count, into);
		}

		@Override
		public void close() {
			all.close();
		}
	}
}
