package org.headstart.api.environment;

import java.util.Optional;

import org.headstart.api.random.RandomStreams;

/**
 * The description of a task's examples, from which an agent learns without acting: their shape and their number. Its methods
 * start no process and open no file, except {@link #open}. Immutable and thread-safe.
 *
 * <p>An example has the observation space of the task's lanes, and its label is the right action: a class in a
 * {@link DiscreteSpace}, a vector in a {@link BoxSpace}, several classes at once in a {@link MultiDiscreteSpace}. So an
 * agent that learned from examples can act in lanes and is judged there like every other agent.
 */
public interface DataSet {

	/** A part of a task's examples. The two parts are disjoint. */
	enum Split {
		/** Examples to learn from. */
		TRAIN,
		/** Examples to judge by; no agent learns from them. */
		TEST
	}

	/**
	 * A selection of examples.
	 *
	 * @param split   the examples to learn from, or those to judge by
	 * @param streams the root of all random draws when a data set is opened, such as the choice of few examples of each
	 *                class. The engine gives each seed a root of its own, and all arms of a seed the same root
	 */
	record Selection(Split split, RandomStreams streams) {}

	/** @return the observation space of an example: its named parts, numbers and images */
	ObservationSpace inputs();

	/** @return the space of the labels; by default examples have no labels */
	default Optional<ActionSpace> labels() {
		return Optional.empty();
	}

	/**
	 * @param split the part of the examples
	 * @return the number of examples
	 */
	int size(Split split);

	/**
	 * Opens examples. Files are read here or when rows are gathered, never before. Equal selections give equal examples.
	 *
	 * @param selection the selection
	 * @return the examples; the caller closes them
	 * @throws java.io.UncheckedIOException when a file cannot be read; the message names it
	 */
	Examples open(Selection selection);

	/**
	 * The same data set with few examples to learn from: the given number of each class, chosen anew for each seed. The
	 * examples to judge by stay the same.
	 *
	 * @param count how many examples of each class, at least 1
	 * @return the data set
	 * @throws IllegalArgumentException when its labels are not classes, or when it has too few examples; the message says
	 *                                  which
	 */
	default DataSet perClass(int count) {
		return new PerClass(this, count);
	}
}
