package org.headstart.api.environment;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;

/**
 * The number, the purpose and the random streams of lanes that are about to be opened. Every consumer gets a stream for each
 * lane, derived from the consumer's name and the lane's number. All streams belong to the lanes' checkpoints, so a consumer
 * asks for its streams while the lanes are opened, never later. Not thread-safe.
 */
public final class LaneStreams {

	/** The consumer that draws start states. */
	public static final String START = "start";
	/** The consumer that draws the noise of the dynamics. */
	public static final String DYNAMICS = "dynamics";

	private final RandomStreams root;
	private final int lanes;
	private final DataSet.Selection selection;
	private final List<RandomStream[]> given = new ArrayList<>();
	private final Map<String, Integer> consumers = new HashMap<>();

	/**
	 * Makes the streams of fresh lanes to learn in.
	 *
	 * @param root  the root of the lanes' randomness
	 * @param lanes how many lanes
	 */
	public LaneStreams(RandomStreams root, int lanes) {
		this(root, lanes, new DataSet.Selection(DataSet.Split.TRAIN, root.under("data-set")));
	}

	/**
	 * Makes the streams of fresh lanes.
	 *
	 * @param root      the root of the lanes' randomness
	 * @param lanes     how many lanes
	 * @param selection the examples to show, for lanes made of a data set
	 */
	public LaneStreams(RandomStreams root, int lanes, DataSet.Selection selection) {
		this.root = root;
		this.lanes = lanes;
		this.selection = selection;
	}

	/** @return the examples to show, for lanes made of a data set */
	public DataSet.Selection selection() {
		return selection;
	}

	/** @return how many lanes */
	public int lanes() {
		return lanes;
	}

	/**
	 * One stream a lane for a consumer. Two calls give different streams even with the same name: the second call with
	 * {@code noise} gives the streams of {@code noise-2}.
	 *
	 * @param consumer the name of the consumer: {@link #START}, {@link #DYNAMICS}, or a wrapper's id
	 * @return the streams, [lanes]; the caller keeps the array and draws from its elements, and does not keep the elements
	 */
	public RandomStream[] of(String consumer) {
		int count = consumers.merge(consumer, 1, Integer::sum);
		String name = count == 1 ? consumer : consumer + '-' + count;
		RandomStream[] streams = new RandomStream[lanes];
		for (int lane = 0; lane < lanes; lane++) {
			streams[lane] = root.stream(name + "/lane-" + lane);
		}
		given.add(streams);
		return streams;
	}

	int consumers() {
		return given.size();
	}

	/** A lane's stream of a consumer, by the order in which consumers asked. */
	RandomStream stream(int consumer, int lane) {
		return given.get(consumer)[lane];
	}

	void writeLane(int lane, DataOutput out) throws IOException {
		for (RandomStream[] streams : given) {
			streams[lane].writeState(out);
		}
	}

	void readLane(int lane, DataInput in) throws IOException {
		for (RandomStream[] streams : given) {
			streams[lane].readState(in);
		}
	}
}
