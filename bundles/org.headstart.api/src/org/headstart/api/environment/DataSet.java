package org.headstart.api.environment;

import java.util.Optional;

import org.headstart.api.random.RandomStreams;

/**
 * Examples of a task, to learn from without acting: what they look like and how many there are. Asking starts nothing and opens no file;
 * {@link #open} does. Immutable and thread-safe.
 *
 * <p>An example shows what the task's lanes show, and its label is the action that is right there: a class is a {@link DiscreteSpace},
 * a vector a {@link BoxSpace}, several classes at once a {@link MultiDiscreteSpace}. So who learned from examples acts in lanes, and
 * is judged there as everybody else is.
 */
public interface DataSet {

	/** Which of a task's examples. The two have none in common. */
	enum Split {
		/** To learn from. */
		TRAIN,
		/** To be judged by: nobody learns from them. */
		TEST
	}

	/**
	 * Which examples are meant.
	 *
	 * @param split   to learn from, or to be judged by
	 * @param streams the root of whatever is drawn when a data set is opened, such as the few of each class; by it the engine tells seeds
	 *                apart, and no arm from another
	 */
	record Selection(Split split, RandomStreams streams) {}

	/** @return what an example shows: its named parts, numbers and images */
	ObservationSpace inputs();

	/** @return what a label is; by default there are none */
	default Optional<ActionSpace> labels() {
		return Optional.empty();
	}

	/**
	 * @param split which examples
	 * @return how many there are
	 */
	int size(Split split);

	/**
	 * Opens examples: files are read here, or while rows are, and not before. Equal selections give equal examples.
	 *
	 * @param selection which
	 * @return the examples, to be closed
	 * @throws java.io.UncheckedIOException when a file cannot be read; the message names it
	 */
	Examples open(Selection selection);

	/**
	 * The same data set with few examples to learn from: as many of each class, chosen anew for each seed. Those to be judged by stay.
	 *
	 * @param count how many examples of each class, at least 1
	 * @return the data set
	 * @throws IllegalArgumentException when its labels are no classes, or there cannot be as many; the message says so
	 */
	default DataSet perClass(int count) {
		return new PerClass(this, count);
	}
}
