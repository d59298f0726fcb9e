package org.headstart.api.learner;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

import org.headstart.api.checkpoint.Checkpointed;
import org.headstart.api.random.RandomStream;

/**
 * The order in which an agent learns from examples: each epoch visits all examples once, in a new random order. Its state
 * belongs to the agent's state and is small for any number of examples. Thread-confined; only {@link #begin} allocates.
 */
public final class Epochs implements Checkpointed {

	private final RandomStream random;
	/** The state of the stream at the beginning of the epoch. */
	private final RandomStream before = new RandomStream(0);
	private int[] order = {};
	private int next;
	private long epoch;

	/**
	 * Makes an order over no examples; {@link #begin} sets their number.
	 *
	 * @param random draws each epoch's order; it must have no other consumer
	 */
	public Epochs(RandomStream random) {
		this.random = random;
	}

	/**
	 * Begins the first epoch over some examples.
	 *
	 * @param size how many examples there are
	 */
	public void begin(int size) {
		if (size < 1) {
			throw new IllegalArgumentException("there are no examples to learn from");
		}
		order = new int[size];
		epoch = 0;
		shuffle();
	}

	private void shuffle() {
		before.goOnAs(random);
		for (int i = 0; i < order.length; i++) {
			order[i] = i;
		}
		random.shuffle(order, order.length);
		next = 0;
	}

	/**
	 * Gives the next examples; if the epoch ends among them, the next epoch begins.
	 *
	 * @param examples receives their numbers
	 * @param count    how many
	 */
	public void next(int[] examples, int count) {
		for (int i = 0; i < count; i++) {
			if (next == order.length) {
				epoch++;
				shuffle();
			}
			examples[i] = order[next++];
		}
	}

	/** @return the number of completed epochs, with the present epoch's fraction */
	public double passed() {
		return epoch + (double) next / order.length;
	}

	@Override
	public void writeState(DataOutput out) throws IOException {
		before.writeState(out);
		out.writeInt(order.length);
		out.writeInt(next);
		out.writeLong(epoch);
	}

	/** {@inheritDoc} It must have begun with the same number of examples. */
	@Override
	public void readState(DataInput in) throws IOException {
		random.readState(in);
		int size = in.readInt();
		int at = in.readInt();
		long epochs = in.readLong();
		if (size != order.length || at < 0 || at > size) {
			throw new IOException("the state is of " + size + " examples, at number " + at + "; there are " + order.length);
		}
		if (size > 0) {
			shuffle();
		} else {
			before.goOnAs(random);
		}
		next = at;
		epoch = epochs;
	}
}
