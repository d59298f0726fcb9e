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
 * What lanes are opened with: how many, for what, and their randomness. Every consumer gets a stream for each lane, derived by its name
 * and the lane's number. All of them belong to the lanes' checkpoints, so consumers ask for theirs while lanes are opened and never
 * later. Not thread-safe.
 */
public final class LaneStreams {

	/** What draws start states is called. */
	public static final String START = "start";
	/** What draws the noise of the dynamics is called. */
	public static final String DYNAMICS = "dynamics";

	private final RandomStreams root;
	private final int lanes;
	private final DataSet.Selection selection;
	private final List<RandomStream[]> given = new ArrayList<>();
	private final Map<String, Integer> consumers = new HashMap<>();

	/**
	 * The streams of fresh lanes to learn in.
	 *
	 * @param root  the root of the lanes' randomness
	 * @param lanes how many lanes
	 */
	public LaneStreams(RandomStreams root, int lanes) {
		this(root, lanes, new DataSet.Selection(DataSet.Split.TRAIN, root.under("data-set")));
	}

	/**
	 * The streams of fresh lanes.
	 *
	 * @param root      the root of the lanes' randomness
	 * @param lanes     how many lanes
	 * @param selection which examples lanes show that are made of a data set
	 */
	public LaneStreams(RandomStreams root, int lanes, DataSet.Selection selection) {
		this.root = root;
		this.lanes = lanes;
		this.selection = selection;
	}

	/** @return which examples lanes show that are made of a data set */
	public DataSet.Selection selection() {
		return selection;
	}

	/** @return how many lanes */
	public int lanes() {
		return lanes;
	}

	/**
	 * One stream a lane for a consumer. Two calls give two consumers' streams, under one name too: those of the second consumer
	 * that is called {@code noise} are {@code noise-2}'s.
	 *
	 * @param consumer whose they are: {@link #START}, {@link #DYNAMICS}, or a wrapper's id
	 * @return [lanes]; always to be drawn from through this array
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

	/** A lane's stream of the consumer that asked as the so-manieth. */
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
