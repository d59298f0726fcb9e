package org.headstart.engine.internal.execution;

import java.util.Optional;

import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DataSet;
import org.headstart.api.environment.Examples;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.engine.internal.catalog.BrokenContributionException;
import org.headstart.engine.internal.catalog.Contribution;

/**
 * Examples whose numbers are all checked when they are read: a number that is not finite, is outside of its space or is not
 * a class ends the step with an error that names the contribution, the example and the component. Images are not checked,
 * since every byte is valid. A check without a finding allocates nothing.
 */
final class CheckedExamples implements Examples {

	private final Examples examples;
	private final Contribution<?> environment;
	private final String task;
	private final AtWork atWork;
	private final AtWork.Doing reading;
	private final ObservationSpace inputs;
	private final Optional<ActionSpace> labels;
	private final BoxSpace space;
	private final int size;

	/**
	 * Opens examples.
	 *
	 * @param task the task's name in the metrics
	 */
	CheckedExamples(DataSet dataSet, DataSet.Selection selection, Contribution<?> environment, String task, AtWork atWork) {
		this.environment = environment;
		this.task = task;
		this.atWork = atWork;
		reading = new AtWork.Doing(environment, "reading examples", false);
		examples = atWork.call(environment, "open", () -> dataSet.open(selection));
		inputs = dataSet.inputs();
		labels = dataSet.labels();
		space = inputs.row();
		size = dataSet.size(selection.split());
		if (examples.size() != size || size < 1) {
			int found = examples.size();
			close();
			throw fault("the data set of " + task + " has " + found + " examples, and said " + size
					+ (size < 1 ? "; it needs at least 1" : ""));
		}
	}

	private BrokenContributionException fault(String what) {
		return new BrokenContributionException(environment.origin() + ": " + what, null);
	}

	@Override
	public ObservationSpace inputs() {
		return inputs;
	}

	@Override
	public Optional<ActionSpace> labels() {
		return labels;
	}

	@Override
	public int size() {
		return size;
	}

	@Override
	public void inputs(int[] numbers, int count, float[] into) {
		AtWork.Doing before = enter(numbers, count);
		try {
			examples.inputs(numbers, count, into);
		} catch (RuntimeException | Error e) {
			throw atWork.attributed(e);
		}
		atWork.enter(before);
		check("component", space, numbers, count, into);
	}

	@Override
	public void images(int part, int[] numbers, int count, byte[] into) {
		AtWork.Doing before = enter(numbers, count);
		try {
			examples.images(part, numbers, count, into);
		} catch (RuntimeException | Error e) {
			throw atWork.attributed(e);
		}
		atWork.enter(before);
	}

	@Override
	public void labels(int[] numbers, int count, int[] into) {
		AtWork.Doing before = enter(numbers, count);
		try {
			examples.labels(numbers, count, into);
		} catch (RuntimeException | Error e) {
			throw atWork.attributed(e);
		}
		atWork.enter(before);
		int[] counts = labels.orElseThrow().counts();
		for (int i = 0; i < count * counts.length; i++) {
			int label = into[i];
			if (label < 0 || label >= counts[i % counts.length]) {
				throw fault("the label of example " + numbers[i / counts.length] + " of " + task + " is " + label
						+ "; there are the classes 0 to " + (counts[i % counts.length] - 1));
			}
		}
	}

	@Override
	public void labels(int[] numbers, int count, float[] into) {
		AtWork.Doing before = enter(numbers, count);
		try {
			examples.labels(numbers, count, into);
		} catch (RuntimeException | Error e) {
			throw atWork.attributed(e);
		}
		atWork.enter(before);
		check("label's component", (BoxSpace) labels.orElseThrow(), numbers, count, into);
	}

	/** That numbers are those of examples is the reader's matter, whose code is at work until here. */
	private AtWork.Doing enter(int[] numbers, int count) {
		for (int i = 0; i < count; i++) {
			if (numbers[i] < 0 || numbers[i] >= size) {
				throw new IndexOutOfBoundsException("there is no example " + numbers[i] + " of " + task + ", only 0 to " + (size - 1));
			}
		}
		AtWork.Doing before = atWork.now();
		atWork.enter(reading);
		return before;
	}

	private void check(String what, BoxSpace bounds, int[] numbers, int count, float[] rows) {
		for (int row = 0; row < count; row++) {
			int component = bounds.outside(rows, row * bounds.size());
			if (component >= 0) {
				throw fault(what + " " + component + " of example " + numbers[row] + " of " + task + " is "
						+ rows[row * bounds.size() + component] + ", outside of its space from " + bounds.low()[component] + " to "
						+ bounds.high()[component]);
			}
		}
	}

	@Override
	public void close() {
		atWork.run(environment, "close", examples::close);
	}
}
