package org.headstart.api.experience;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.headstart.api.checkpoint.Checkpointed;
import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.Lanes;
import org.headstart.api.environment.ObservationPart;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.random.RandomStream;

/**
 * Experience replay (Lin 1992): a buffer of the last steps of an agent's lanes, from which samples are drawn repeatedly.
 *
 * <p>An entry holds a lane's observation at one time, the action taken then, and its reward and flags; the last observation
 * of an episode is an entry without an action. An entry is addressed by its place, 0 to {@link #capacity()} − 1, which is
 * valid until the next {@link #append}. Every frame is stored once: the entry at {@link #next} holds the next observation,
 * and of a stack of frames ({@link ObservationPart#frames()}) only the latest frame is stored; at an episode's start all
 * frames of a stack must equal the first one. Images are stored as bytes. When all places are taken, the oldest chunk is
 * dropped, a {@value #CHUNKS}th of the places.
 *
 * <p>The entries stay when {@link #begin} is called, also with another number of lanes. A checkpoint refers to full chunks
 * in the {@link ChunkStore} and itself contains less than a chunk. Memory is allocated at the first {@code begin};
 * appending, drawing and gathering allocate nothing. Thread-confined.
 */
public final class ReplayBuffer implements Checkpointed {

	private static final int CHUNKS = 32;
	private static final int MOST_LANES = 1 << 20;

	private static final int STEP = 1;
	private static final int TERMINATED = 2;
	private static final int START = 4;

	private final String name;
	private final ChunkStore store;
	private final int rowSize;
	/** Stacks of numbers, in order. Arrays, since a list may allocate iterators. */
	private final Stack[] stacks;
	/** All parts of bytes, stacks or not, in order. */
	private final Stack[] images;
	/** The number of frames of the longest stack; 1 without stacks. */
	private final int mostFrames;
	private final int[] rowOffsets;
	private final int[] storedOffsets;
	private final int[] lengths;
	private final int storedSize;
	/** Ints of a discrete action; 0 in a box. */
	private final int choiceCount;
	/** Floats of an action; 0 for a discrete one. */
	private final int actionSize;
	private final int chunkSize;
	private final int capacity;

	/** Pixels, [image][chunk][entry × frame]. Null until the first begin, like the arrays below. */
	private byte[][][] pixels;
	// [chunk][entry × …]
	private float[][] frames;
	private int[][] choices;
	private float[][] actions;
	private float[][] rewards;
	private byte[][] flags;
	/** The distance, in entries, to the lane's previous entry; 0 without one. */
	private int[][] back;
	/** The distance, in entries, to the lane's next entry; 0 while there is none. Computed from {@link #back}. */
	private int[][] forward;

	/** The number of the oldest entry. Entries are numbered consecutively; entry n is at place n mod capacity. */
	private long oldest;
	private long end;
	/** The number of entries that are steps with a known next entry. */
	private int size;
	/** The lane's last entry, −1 when an episode begins; [lanes]. */
	private long[] last = {};
	/** Whether a stack of frames begins anew, [lanes]. */
	private boolean[] starts = {};
	/** Whether actions were appended whose outcome is not known yet. */
	private boolean open;

	/**
	 * Makes an empty buffer, without allocating its memory.
	 *
	 * @param name        a prefix for the names of its chunks: lower-case words with hyphens
	 * @param observation the observation space
	 * @param actions     the action space
	 * @param capacity    the least number of entries
	 * @param store       keeps full chunks beside a checkpoint
	 */
	public ReplayBuffer(String name, ObservationSpace observation, ActionSpace actions, int capacity, ChunkStore store) {
		if (capacity < 1 || capacity > Integer.MAX_VALUE - CHUNKS) {
			throw new IllegalArgumentException("a replay buffer cannot have " + capacity + " entries");
		}
		this.name = name;
		this.store = store;
		rowSize = observation.rowSize();
		stacks = stacks(observation, false);
		images = stacks(observation, true);
		mostFrames = observation.parts().stream().mapToInt(ObservationPart::frames).max().orElse(1);
		int ranges = 2 * stacks.length + 1;
		rowOffsets = new int[ranges];
		storedOffsets = new int[ranges];
		lengths = new int[ranges];
		storedSize = layOut();
		choiceCount = actions.counts().length;
		actionSize = actions instanceof BoxSpace box ? box.size() : 0;
		chunkSize = (capacity + CHUNKS - 1) / CHUNKS;
		this.capacity = chunkSize * CHUNKS;
		long largest = Math.max(storedSize, Math.max(actionSize, Math.max(choiceCount, 1)));
		for (Stack image : images) {
			largest = Math.max(largest, image.size());
		}
		if (chunkSize * largest > Integer.MAX_VALUE - 8) {
			throw new IllegalArgumentException("a replay buffer of " + capacity + " entries of " + largest
					+ " elements does not fit its arrays: lower its capacity");
		}
	}

	/**
	 * A part that is stored frame by frame.
	 *
	 * @param part   its index
	 * @param offset where it begins in a row of floats; 0 for bytes
	 * @param frames the number of its frames
	 * @param size   elements of a frame
	 */
	private record Stack(int part, int offset, int frames, int size) {

		int rowSize() {
			return frames * size;
		}
	}

	private static Stack[] stacks(ObservationSpace observation, boolean bytes) {
		List<Stack> stacks = new ArrayList<>();
		for (int i = 0; i < observation.parts().size(); i++) {
			ObservationPart part = observation.parts().get(i);
			if (part.isBytes() == bytes && (bytes || part.frames() > 1)) {
				stacks.add(new Stack(i, bytes ? 0 : observation.offset(i), part.frames(), part.size() / part.frames()));
			}
		}
		return stacks.toArray(Stack[]::new);
	}

	/** Computes the stored ranges of a row: everything between the stacks, and the newest frame of each stack. */
	private int layOut() {
		int row = 0;
		int stored = 0;
		int range = 0;
		for (Stack stack : stacks) {
			range = range(range, row, stored, stack.offset() - row);
			stored += stack.offset() - row;
			range = range(range, stack.offset() + stack.rowSize() - stack.size(), stored, stack.size());
			stored += stack.size();
			row = stack.offset() + stack.rowSize();
		}
		range(range, row, stored, rowSize - row);
		return stored + rowSize - row;
	}

	private int range(int range, int row, int stored, int length) {
		rowOffsets[range] = row;
		storedOffsets[range] = stored;
		lengths[range] = length;
		return range + 1;
	}

	/** @return the number of places */
	public int capacity() {
		return capacity;
	}

	/** @return the number of steps to draw from: the steps whose next observation is known */
	public int size() {
		return size;
	}

	/** Removes all entries, for an agent that restarts. */
	public void clear() {
		// numbers continue at a chunk whose name has not been used
		end = (end + chunkSize - 1) / chunkSize * chunkSize;
		oldest = end;
		size = 0;
		Arrays.fill(last, -1);
		Arrays.fill(starts, true);
		open = false;
	}

	/**
	 * Prepares for the steps of the given number of lanes, each at the beginning of an episode.
	 *
	 * @param lanes how many
	 */
	public void begin(int lanes) {
		if (lanes < 1 || 2L * lanes > capacity - chunkSize) {
			throw new IllegalArgumentException("a replay buffer of " + capacity + " entries cannot keep the steps of " + lanes
					+ " lanes: it needs at least " + (2L * lanes + chunkSize));
		}
		allocate();
		if (last.length != lanes) {
			last = new long[lanes];
			starts = new boolean[lanes];
		}
		Arrays.fill(last, -1);
		Arrays.fill(starts, true);
		open = false;
	}

	private void allocate() {
		if (frames != null) {
			return;
		}
		pixels = new byte[images.length][CHUNKS][];
		for (int image = 0; image < images.length; image++) {
			for (int chunk = 0; chunk < CHUNKS; chunk++) {
				pixels[image][chunk] = new byte[chunkSize * images[image].size()];
			}
		}
		frames = new float[CHUNKS][chunkSize * storedSize];
		choices = new int[CHUNKS][chunkSize * choiceCount];
		actions = new float[CHUNKS][chunkSize * actionSize];
		rewards = new float[CHUNKS][chunkSize];
		flags = new byte[CHUNKS][chunkSize];
		back = new int[CHUNKS][chunkSize];
		forward = new int[CHUNKS][chunkSize];
	}

	// ---- Appending

	/**
	 * Appends the observations and actions of all lanes.
	 *
	 * @param lanes  read for the observations
	 * @param chosen the actions
	 */
	public void append(Lanes lanes, ActionBatch chosen) {
		if (open) {
			throw new IllegalStateException("observe() comes between two append()s");
		}
		for (int lane = 0; lane < last.length; lane++) {
			int place = add(lane, lanes, false);
			int chunk = place / chunkSize;
			int at = place % chunkSize;
			System.arraycopy(chosen.index, lane * choiceCount, choices[chunk], at * choiceCount, choiceCount);
			System.arraycopy(chosen.values, lane * actionSize, actions[chunk], at * actionSize, actionSize);
		}
		open = true;
	}

	/**
	 * Completes the appended steps by their results.
	 *
	 * @param lanes read for rewards, flags and final observations
	 */
	public void observe(Lanes lanes) {
		if (!open) {
			throw new IllegalStateException("append() comes before observe()");
		}
		open = false;
		boolean[] terminated = lanes.terminated();
		boolean[] truncated = lanes.truncated();
		for (int lane = 0; lane < last.length; lane++) {
			if (lanes.idle()[lane]) {
				last[lane] = -1;
				starts[lane] = true;
				continue;
			}
			int place = (int) (last[lane] % capacity);
			rewards[place / chunkSize][place % chunkSize] = lanes.rewards()[lane];
			flags[place / chunkSize][place % chunkSize] |= (byte) (terminated[lane] ? STEP | TERMINATED : STEP);
			starts[lane] = lanes.episodeEnded()[lane];
		}
		for (int lane = 0; lane < last.length; lane++) {
			if (last[lane] >= 0 && (terminated[lane] || truncated[lane])) {
				starts[lane] = false;
				add(lane, lanes, true);
				last[lane] = -1;
				starts[lane] = true;
			}
		}
	}

	/** Appends an entry behind the lane's last one. */
	private int add(int lane, Lanes lanes, boolean ended) {
		if (end - oldest == capacity) {
			forgetOldestChunk();
		}
		long number = end++;
		int place = (int) (number % capacity);
		int chunk = place / chunkSize;
		int at = place % chunkSize;
		float[] observations = ended ? lanes.finalObservations() : lanes.observations();
		int offset = lane * rowSize;
		for (int range = 0; range < lengths.length; range++) {
			System.arraycopy(observations, offset + rowOffsets[range], frames[chunk], at * storedSize + storedOffsets[range],
					lengths[range]);
		}
		if (starts[lane]) {
			requireFirstFrames(observations, offset);
		}
		for (int image = 0; image < images.length; image++) {
			Stack stack = images[image];
			byte[] shown = ended ? lanes.finalBytes(stack.part()) : lanes.bytes(stack.part());
			int latest = (lane + 1) * stack.rowSize() - stack.size();
			System.arraycopy(shown, latest, pixels[image][chunk], at * stack.size(), stack.size());
			if (starts[lane]) {
				requireFirstFrames(shown, lane, stack);
			}
		}
		flags[chunk][at] = (byte) (starts[lane] ? START : 0);
		rewards[chunk][at] = 0;
		back[chunk][at] = last[lane] < 0 ? 0 : (int) (number - last[lane]);
		forward[chunk][at] = 0;
		link(number);
		last[lane] = number;
		return place;
	}

	private void requireFirstFrames(float[] observations, int offset) {
		for (Stack stack : stacks) {
			int from = offset + stack.offset();
			for (int i = from + stack.size(); i < from + stack.rowSize(); i++) {
				if (Float.floatToRawIntBits(observations[i]) != Float.floatToRawIntBits(observations[i - stack.size()])) {
					throw differ(stack);
				}
			}
		}
	}

	private static void requireFirstFrames(byte[] shown, int lane, Stack stack) {
		int from = lane * stack.rowSize();
		for (int i = from + stack.size(); i < from + stack.rowSize(); i++) {
			if (shown[i] != shown[i - stack.size()]) {
				throw differ(stack);
			}
		}
	}

	private static IllegalArgumentException differ(Stack stack) {
		return new IllegalArgumentException("at an episode's start all " + stack.frames() + " frames of part " + stack.part()
				+ " of the observation must be the first one; these differ");
	}

	/** Links the lane's previous entry to this one. */
	private void link(long number) {
		int place = (int) (number % capacity);
		int distance = back[place / chunkSize][place % chunkSize];
		if (distance == 0 || number - distance < oldest) {
			return;
		}
		int before = (int) ((number - distance) % capacity);
		forward[before / chunkSize][before % chunkSize] = distance;
		if ((flags[before / chunkSize][before % chunkSize] & STEP) != 0) {
			size++;
		}
	}

	private void forgetOldestChunk() {
		int chunk = (int) (oldest % capacity) / chunkSize;
		for (int at = 0; at < chunkSize; at++) {
			if ((flags[chunk][at] & STEP) != 0 && forward[chunk][at] > 0) {
				size--;
			}
		}
		oldest += chunkSize;
	}

	// ---- Drawing and gathering

	/**
	 * Draws steps uniformly and with replacement from the steps whose next observation is known.
	 *
	 * @param random the source of the draws
	 * @param places receives their places
	 * @param count  how many
	 * @throws IllegalStateException when there is none
	 */
	public void draw(RandomStream random, int[] places, int count) {
		if (size == 0) {
			throw new IllegalStateException("the replay buffer is empty");
		}
		int entries = (int) (end - oldest);
		for (int i = 0; i < count; i++) {
			long number;
			int tries = 0;
			do {
				if (++tries > 1_000_000) {
					throw new IllegalStateException("no step of the replay buffer has all frames of its stacks: raise its capacity");
				}
				number = oldest + random.nextInt(entries);
			} while (!canBeDrawn(number));
			places[i] = (int) (number % capacity);
		}
	}

	private boolean canBeDrawn(long number) {
		int place = (int) (number % capacity);
		return (flags[place / chunkSize][place % chunkSize] & STEP) != 0 && forward[place / chunkSize][place % chunkSize] > 0
				&& isWhole(number);
	}

	/** Whether all frames of its stacks are still in the buffer. */
	private boolean isWhole(long number) {
		long at = number;
		for (int frame = 1; frame < mostFrames && !isStart(at); frame++) {
			at -= distance(at);
			if (at < oldest) {
				return false;
			}
		}
		return true;
	}

	private boolean isStart(long number) {
		int place = (int) (number % capacity);
		return (flags[place / chunkSize][place % chunkSize] & START) != 0;
	}

	private int distance(long number) {
		int place = (int) (number % capacity);
		return back[place / chunkSize][place % chunkSize];
	}

	private long number(int place) {
		long number = end - end % capacity + place;
		number = number < end ? number : number - capacity;
		if (place < 0 || place >= capacity || number < oldest) {
			throw new IndexOutOfBoundsException("there is no entry at place " + place + " of the replay buffer");
		}
		return number;
	}

	/**
	 * @param place an entry's place
	 * @return the place of the lane's next observation; −1 when it is not known
	 */
	public int next(int place) {
		long number = number(place);
		int distance = forward[place / chunkSize][place % chunkSize];
		return distance == 0 ? -1 : (int) ((number + distance) % capacity);
	}

	/**
	 * @param place an entry's place
	 * @return whether the entry is a step; false for an episode's last observation
	 */
	public boolean step(int place) {
		number(place);
		return (flags[place / chunkSize][place % chunkSize] & STEP) != 0;
	}

	/**
	 * @param place a step's place
	 * @return whether the task ended with this step, so that the value beyond is 0
	 */
	public boolean terminated(int place) {
		number(place);
		return (flags[place / chunkSize][place % chunkSize] & TERMINATED) != 0;
	}

	/**
	 * @param place a step's place
	 * @return its reward
	 */
	public float reward(int place) {
		number(place);
		return rewards[place / chunkSize][place % chunkSize];
	}

	/**
	 * @param place a step's place, of a discrete action space
	 * @return the action
	 */
	public int choice(int place) {
		return choice(place, 0);
	}

	/**
	 * @param place  a step's place, of a multi-discrete action space
	 * @param choice index of the choice
	 * @return its action
	 */
	public int choice(int place, int choice) {
		number(place);
		return choices[place / chunkSize][place % chunkSize * choiceCount + choice];
	}

	/**
	 * Copies an action.
	 *
	 * @param place  a step's place, of a box of actions
	 * @param into   receives it
	 * @param offset from where on
	 */
	public void action(int place, float[] into, int offset) {
		number(place);
		System.arraycopy(actions[place / chunkSize], place % chunkSize * actionSize, into, offset, actionSize);
	}

	/**
	 * Gathers the numbers of observations, stacks rebuilt.
	 *
	 * @param places entries' places
	 * @param count  how many
	 * @param into   receives the rows, [count × row size]
	 * @throws IllegalArgumentException when frames of an entry's stack have been dropped; drawn steps always have all their
	 *                                  frames
	 */
	public void observations(int[] places, int count, float[] into) {
		for (int i = 0; i < count; i++) {
			gather(number(places[i]), into, i * rowSize);
		}
	}

	/**
	 * Gathers the numbers of the observations that followed.
	 *
	 * @param places steps' places, as they were drawn
	 * @param count  how many
	 * @param into   receives the rows, [count × row size]
	 */
	public void nextObservations(int[] places, int count, float[] into) {
		for (int i = 0; i < count; i++) {
			gather(following(places[i]), into, i * rowSize);
		}
	}

	private long following(int place) {
		int next = next(place);
		if (next < 0) {
			throw new IllegalArgumentException("what followed the step at place " + place + " is not known");
		}
		return number(next);
	}

	/**
	 * Gathers images, stacks rebuilt.
	 *
	 * @param part   index in the observation space, of a part of bytes
	 * @param places entries' places
	 * @param count  how many
	 * @param into   receives them, [count × size of the part]
	 */
	public void images(int part, int[] places, int count, byte[] into) {
		int image = image(part);
		for (int i = 0; i < count; i++) {
			gather(number(places[i]), image, into, i * images[image].rowSize());
		}
	}

	/**
	 * Gathers the images that followed.
	 *
	 * @param part   index in the observation space, of a part of bytes
	 * @param places steps' places, as they were drawn
	 * @param count  how many
	 * @param into   receives them, [count × size of the part]
	 */
	public void nextImages(int part, int[] places, int count, byte[] into) {
		int image = image(part);
		for (int i = 0; i < count; i++) {
			gather(following(places[i]), image, into, i * images[image].rowSize());
		}
	}

	private int image(int part) {
		for (int image = 0; image < images.length; image++) {
			if (images[image].part() == part) {
				return image;
			}
		}
		throw new IllegalArgumentException("part " + part + " of the observation is not made of bytes");
	}

	private void gather(long number, int image, byte[] into, int offset) {
		Stack stack = images[image];
		long at = number;
		for (int frame = stack.frames() - 1; frame >= 0; frame--) {
			int place = (int) (at % capacity);
			System.arraycopy(pixels[image][place / chunkSize], place % chunkSize * stack.size(), into, offset + frame * stack.size(),
					stack.size());
			at = frame == 0 ? at : before(at, number);
		}
	}

	/** The entry with the previous frame; at an episode's start the entry itself. */
	private long before(long at, long number) {
		long before = isStart(at) ? at : at - distance(at);
		if (before < oldest) {
			throw new IllegalArgumentException("frames of the stack at place " + number % capacity + " are forgotten");
		}
		return before;
	}

	private void gather(long number, float[] into, int offset) {
		int place = (int) (number % capacity);
		int from = place % chunkSize * storedSize;
		for (int range = 0; range < lengths.length; range++) {
			System.arraycopy(frames[place / chunkSize], from + storedOffsets[range], into, offset + rowOffsets[range], lengths[range]);
		}
		for (int s = 0; s < stacks.length; s++) {
			gatherOlderFrames(number, stacks[s], storedOffsets[2 * s + 1], into, offset);
		}
	}

	private void gatherOlderFrames(long number, Stack stack, int stored, float[] into, int offset) {
		long at = number;
		for (int frame = stack.frames() - 2; frame >= 0; frame--) {
			at = before(at, number);
			int place = (int) (at % capacity);
			System.arraycopy(frames[place / chunkSize], place % chunkSize * storedSize + stored, into,
					offset + stack.offset() + frame * stack.size(), stack.size());
		}
	}

	// ---- State

	@Override
	public void writeState(DataOutput out) throws IOException {
		if (open) {
			throw new IllegalStateException("observe() comes between append() and writing the state");
		}
		out.writeLong(oldest);
		out.writeLong(end);
		out.writeInt(last.length);
		for (int lane = 0; lane < last.length; lane++) {
			out.writeLong(last[lane]);
			out.writeBoolean(starts[lane]);
		}
		for (long chunk = oldest / chunkSize; chunk < end / chunkSize; chunk++) {
			int index = (int) (chunk % CHUNKS);
			store.keep(name + '-' + chunk, file -> writeEntries(file, index, chunkSize));
		}
		writeEntries(out, (int) (end / chunkSize % CHUNKS), (int) (end % chunkSize));
	}

	@Override
	public void readState(DataInput in) throws IOException {
		long first = in.readLong();
		long beyond = in.readLong();
		int lanes = in.readInt();
		if (first < 0 || first % chunkSize != 0 || beyond < first || beyond - first > capacity || lanes < 0 || lanes > MOST_LANES) {
			throw new IOException("entries " + first + " to " + beyond + " of " + lanes + " lanes do not fit a replay buffer of "
					+ capacity);
		}
		long[] newLast = new long[lanes];
		boolean[] newStarts = new boolean[lanes];
		for (int lane = 0; lane < lanes; lane++) {
			newLast[lane] = in.readLong();
			newStarts[lane] = in.readBoolean();
			if (newLast[lane] < -1 || newLast[lane] >= beyond) {
				throw new IOException("entry " + newLast[lane] + " of a lane does not fit a replay buffer of entries up to " + beyond);
			}
		}
		if (lanes > 0 || beyond > first) {
			allocate();
		}
		oldest = first;
		end = beyond;
		last = newLast;
		starts = newStarts;
		open = false;
		for (long chunk = oldest / chunkSize; chunk < end / chunkSize; chunk++) {
			int index = (int) (chunk % CHUNKS);
			store.read(name + '-' + chunk, file -> readEntries(file, index, chunkSize));
		}
		readEntries(in, (int) (end / chunkSize % CHUNKS), (int) (end % chunkSize));
		size = 0;
		for (long number = oldest; number < end; number++) {
			link(number);
		}
	}

	private void writeEntries(DataOutput out, int chunk, int count) throws IOException {
		for (int image = 0; image < images.length && count > 0; image++) {
			out.write(pixels[image][chunk], 0, count * images[image].size());
		}
		for (int i = 0; i < count * storedSize; i++) {
			out.writeFloat(frames[chunk][i]);
		}
		for (int at = 0; at < count; at++) {
			for (int k = 0; k < choiceCount; k++) {
				out.writeInt(choices[chunk][at * choiceCount + k]);
			}
			for (int k = 0; k < actionSize; k++) {
				out.writeFloat(actions[chunk][at * actionSize + k]);
			}
			out.writeFloat(rewards[chunk][at]);
			out.writeByte(flags[chunk][at]);
			out.writeInt(back[chunk][at]);
		}
	}

	private void readEntries(DataInput in, int chunk, int count) throws IOException {
		for (int image = 0; image < images.length && count > 0; image++) {
			in.readFully(pixels[image][chunk], 0, count * images[image].size());
		}
		for (int i = 0; i < count * storedSize; i++) {
			frames[chunk][i] = in.readFloat();
		}
		for (int at = 0; at < count; at++) {
			for (int k = 0; k < choiceCount; k++) {
				choices[chunk][at * choiceCount + k] = in.readInt();
			}
			for (int k = 0; k < actionSize; k++) {
				actions[chunk][at * actionSize + k] = in.readFloat();
			}
			rewards[chunk][at] = in.readFloat();
			flags[chunk][at] = in.readByte();
			back[chunk][at] = in.readInt();
			forward[chunk][at] = 0;
			if (back[chunk][at] < 0 || (flags[chunk][at] & ~(STEP | TERMINATED | START)) != 0) {
				throw new IOException("an entry of the replay buffer is damaged");
			}
		}
	}
}
