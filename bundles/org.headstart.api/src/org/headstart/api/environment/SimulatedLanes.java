package org.headstart.api.environment;

import java.awt.Graphics2D;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;

/**
 * Lanes of an environment: they move a {@link Simulation} and add time limits, resets within the step, trials, views, random
 * streams and checkpoints.
 */
public final class SimulatedLanes implements VectorEnvironment {

	private final Simulation simulation;
	private final ActionSpace actionSpace;
	private final TaskSampler tasks;
	private final int lanes;
	private final int parameterCount;
	private final int maxEpisodeSteps;
	private final int episodesPerTrial;
	private final boolean aligned;
	private final boolean history;
	private final boolean task;
	private final ObservationSpace observationSpace;
	private final int observationSize;
	private final View.Layout layout;
	/** The number of actions of each choice, [choices]. */
	private final int[] counts;
	/** Bounds of continuous actions, to which the actions in the history are clipped; empty for discrete actions. */
	private final float[] lowestAction;
	private final float[] highestAction;
	private final List<Outcome> outcomes;
	private final Optional<Trace> trace;

	private final RandomStream[] taskStreams;
	private final LaneStreams streams;
	private final boolean deterministic;
	/** Null where the simulation saves its lanes. */
	private final EpisodeMemory memory;
	private final boolean[] interrupted;
	private Runnable betweenTrials = () -> {
		// no callback
	};

	private final double[] omegas;
	private final int[] episodeSteps;
	/** By lane, the number of the present episode within its trial, from 0. */
	private final int[] episodes;
	/** By lane, whether an aligned lane rests: its episode is over, and its time limit is not reached. */
	private final boolean[] resting;
	/** By lane, whether it moves; and the number of resting lanes. */
	private final boolean[] moving;
	private int atRest;
	/** How many lanes share a task; the first of them draws it. */
	private final int lanesPerTask;
	/** Lanes whose trial ended in this step, and whether there are any. */
	private final boolean[] starting;
	private boolean anyStarting;
	private final float[] observations;
	private final float[] finalObservations;
	/** By image of the environment, [lanes × size]. */
	private final byte[][] images;
	private final byte[][] finalImages;
	private final int[] imageSizes;
	/** By part of the observation space, its index in {@link #images}; −1 for a part of numbers. */
	private final int[] imageOf;
	private final float[] rewards;
	private final boolean[] terminated;
	private final boolean[] truncated;
	private final boolean[] episodeEnded;
	private final boolean[] idle;
	private final double[] trialOutcomes;
	private final double[] finalOutcomes;
	private final double[] episodeOutcomes;
	/** Traces of the last states of episodes that ended, [lanes × names]. */
	private final double[] finalTraces;
	private final int traceSize;

	/**
	 * Opens lanes that show the environment's observation and draw a task for each episode; {@link #reset()} starts them.
	 *
	 * @param environment the environment
	 * @param lanes       how many, at least 1
	 * @param tasks       draws each episode's task
	 * @param streams     the root of the lanes' randomness
	 */
	public SimulatedLanes(EnvironmentDescription environment, int lanes, TaskSampler tasks, RandomStreams streams) {
		this(environment, lanes, tasks, streams, View.PLAIN);
	}

	/**
	 * Opens lanes to learn in.
	 *
	 * @param environment the environment
	 * @param lanes       how many, at least 1 and a multiple of the lanes that share a task
	 * @param tasks       draws each trial's task
	 * @param streams     the root of the lanes' randomness
	 * @param view        what the lanes show, and how long they stay on a task
	 */
	public SimulatedLanes(EnvironmentDescription environment, int lanes, TaskSampler tasks, RandomStreams streams, View view) {
		this(environment, lanes, tasks, streams, view, new DataSet.Selection(DataSet.Split.TRAIN, streams.under("data-set")));
	}

	/**
	 * Opens the lanes; {@link #reset()} starts them, {@link #close()} releases their resources.
	 *
	 * @param environment the environment
	 * @param lanes       how many, at least 1 and a multiple of the lanes that share a task
	 * @param tasks       draws each trial's task
	 * @param streams     the root of the lanes' randomness
	 * @param view        what the lanes show, and how long they stay on a task
	 * @param selection   the examples that the lanes show if they are made of a data set
	 */
	public SimulatedLanes(EnvironmentDescription environment, int lanes, TaskSampler tasks, RandomStreams streams, View view,
			DataSet.Selection selection) {
		lanesPerTask = view.trial().lanesPerTask();
		if (lanes < 1 || lanes % lanesPerTask != 0) {
			throw new IllegalArgumentException("lanes must be at least 1" + (lanesPerTask > 1
					? " and a multiple of the " + lanesPerTask + " that share a task"
					: "") + ", is " + lanes);
		}
		this.tasks = tasks;
		this.lanes = lanes;
		parameterCount = environment.parameterCount();
		maxEpisodeSteps = environment.maxEpisodeSteps();
		episodesPerTrial = view.trial().episodes();
		aligned = view.trial().aligned();
		history = view.history();
		task = view.task();
		actionSpace = environment.actionSpace();
		observationSpace = view.observationSpace(environment);
		observationSize = observationSpace.rowSize();
		layout = view.layout(environment);
		counts = actionSpace.counts();
		lowestAction = actionSpace instanceof BoxSpace box ? box.low() : new float[0];
		highestAction = actionSpace instanceof BoxSpace box ? box.high() : new float[0];
		outcomes = List.copyOf(environment.outcomes());
		trace = environment.trace();
		traceSize = trace.map(each -> each.names().size()).orElse(0);
		taskStreams = new RandomStream[lanes];
		for (int lane = 0; lane < lanes; lane++) {
			taskStreams[lane] = lane % lanesPerTask == 0 ? streams.stream("task/lane-" + lane) : taskStreams[lane - 1];
		}
		omegas = new double[lanes * parameterCount];
		episodeSteps = new int[lanes];
		episodes = new int[lanes];
		resting = new boolean[lanes];
		moving = new boolean[lanes];
		Arrays.fill(moving, true);
		starting = new boolean[lanes];
		observations = new float[lanes * observationSize];
		finalObservations = new float[lanes * observationSize];
		imageSizes = environment.observationParts().stream().filter(ObservationPart::isBytes).mapToInt(ObservationPart::size).toArray();
		images = images();
		finalImages = images();
		imageOf = new int[observationSpace.parts().size()];
		int image = 0;
		for (int part = 0; part < imageOf.length; part++) {
			imageOf[part] = observationSpace.parts().get(part).isBytes() ? image++ : -1;
		}
		rewards = new float[lanes];
		terminated = new boolean[lanes];
		truncated = new boolean[lanes];
		episodeEnded = new boolean[lanes];
		idle = new boolean[lanes];
		trialOutcomes = new double[lanes * outcomes.size()];
		finalOutcomes = new double[lanes * outcomes.size()];
		episodeOutcomes = new double[outcomes.size()];
		finalTraces = new double[lanes * traceSize];
		this.streams = new LaneStreams(streams, lanes, selection);
		Simulator simulator = Simulator.of(environment);
		deterministic = simulator.deterministic();
		simulation = Objects.requireNonNull(simulator.open(this.streams), "the simulator's open() gave null");
		memory = simulation.savesLanes() ? null : new EpisodeMemory(this.streams, actionSpace, maxEpisodeSteps);
		interrupted = new boolean[lanes];
	}

	private byte[][] images() {
		byte[][] made = new byte[imageSizes.length][];
		for (int image = 0; image < made.length; image++) {
			made[image] = new byte[Math.multiplyExact(lanes, imageSizes[image])];
		}
		return made;
	}

	@Override
	public int lanes() {
		return lanes;
	}

	@Override
	public ObservationSpace observationSpace() {
		return observationSpace;
	}

	@Override
	public ActionSpace actionSpace() {
		return actionSpace;
	}

	@Override
	public void reset() {
		for (int lane = 0; lane < lanes; lane++) {
			clearLastStep(lane);
			startTrial(lane);
		}
	}

	private void clearLastStep(int lane) {
		rewards[lane] = 0;
		terminated[lane] = false;
		truncated[lane] = false;
		episodeEnded[lane] = false;
		idle[lane] = false;
	}

	/**
	 * Sets a callback for each step that ends trials. It is called after the lanes' rewards and flags are written and before
	 * the tasks of the next trials are drawn, so that {@link #task} still gives the tasks of the ended trials. The callback
	 * may only read the lanes, and the observations to act on next are not there yet.
	 *
	 * @param called the callback
	 */
	public void betweenTrials(Runnable called) {
		betweenTrials = called;
	}

	private void startTrial(int lane) {
		if (lane % lanesPerTask == 0) {
			tasks.sample(taskStreams[lane], omegas, lane * parameterCount);
		} else {
			System.arraycopy(omegas, (lane - 1) * parameterCount, omegas, lane * parameterCount, parameterCount);
		}
		episodes[lane] = 0;
		startEpisode(lane);
		observe(lane, observations, images);
		if (history) {
			int row = lane * observationSize;
			Arrays.fill(observations, row + layout.action(), row + layout.ended() + 1, 0);
		}
	}

	private void startEpisode(int lane) {
		if (memory != null) {
			memory.begin(lane);
		}
		simulation.start(lane, omegas, lane * parameterCount);
		episodeSteps[lane] = 0;
		rest(lane, false);
	}

	private void rest(int lane, boolean rests) {
		if (resting[lane] != rests) {
			resting[lane] = rests;
			moving[lane] = !rests;
			atRest += rests ? 1 : -1;
		}
	}

	/** Writes the observation without the history, which is written only after a step. */
	private void observe(int lane, float[] into, byte[][] pixels) {
		int row = lane * observationSize;
		simulation.observe(lane, into, row);
		for (int image = 0; image < pixels.length; image++) {
			simulation.draw(image, lane, pixels[image], lane * imageSizes[image]);
		}
		if (task) {
			for (int i = 0; i < parameterCount; i++) {
				into[row + layout.task() + i] = (float) omegas[lane * parameterCount + i];
			}
		}
	}

	private void observeHistory(int lane, ActionBatch actions, boolean ended, float[] into) {
		int row = lane * observationSize;
		int action = row + layout.action();
		if (actions.size == 0) {
			Arrays.fill(into, action, row + layout.reward(), 0);
			for (int choice = 0; choice < actions.choices; action += counts[choice++]) {
				into[action + actions.index[lane * actions.choices + choice]] = 1;
			}
		} else {
			for (int i = 0; i < actions.size; i++) {
				into[action + i] = Math.clamp(actions.values[lane * actions.size + i], lowestAction[i], highestAction[i]);
			}
		}
		into[row + layout.reward()] = rewards[lane];
		into[row + layout.ended()] = ended ? 1 : 0;
	}

	@Override
	public void step(ActionBatch actions) {
		if (memory != null) {
			memory.add(actions, moving);
		}
		simulation.step(actions, atRest == 0 ? null : moving, rewards, terminated);
		for (int lane = 0; lane < lanes; lane++) {
			boolean limit = ++episodeSteps[lane] >= maxEpisodeSteps;
			boolean over = terminated[lane] || limit;
			if (aligned) {
				idle[lane] = resting[lane];
				if (resting[lane]) {
					rewards[lane] = 0;
				} else if (over) {
					endEpisode(lane);
					rest(lane, true);
				}
				if (limit) {
					endSlot(lane, actions);
				} else {
					truncated[lane] = false;
					terminated[lane] = false;
					episodeEnded[lane] = false;
					carryOn(lane, actions, resting[lane]);
				}
			} else if (over) {
				endEpisode(lane);
				endSlot(lane, actions);
			} else {
				truncated[lane] = false;
				episodeEnded[lane] = false;
				carryOn(lane, actions, false);
			}
		}
		if (anyStarting) {
			startTrials();
		}
	}

	private void startTrials() {
		anyStarting = false;
		betweenTrials.run();
		for (int lane = 0; lane < lanes; lane++) {
			if (starting[lane]) {
				starting[lane] = false;
				startTrial(lane);
			}
		}
	}

	private void carryOn(int lane, ActionBatch actions, boolean ended) {
		observe(lane, observations, images);
		if (history) {
			observeHistory(lane, actions, ended, observations);
		}
	}

	/** Adds the episode's outcomes to those of the trial. */
	private void endEpisode(int lane) {
		if (outcomes.isEmpty()) {
			return;
		}
		simulation.outcomes(lane, episodeOutcomes, 0);
		int row = lane * episodeOutcomes.length;
		for (int i = 0; i < episodeOutcomes.length; i++) {
			double before = episodes[lane] == 0 ? 0 : trialOutcomes[row + i];
			trialOutcomes[row + i] = switch (outcomes.get(i).inTrial()) {
				case SUM, MEAN -> before + episodeOutcomes[i];
				case LAST -> episodeOutcomes[i];
			};
		}
	}

	/** Begins the next episode, of this trial or of the next one. */
	private void endSlot(int lane, ActionBatch actions) {
		episodeEnded[lane] = true;
		if (trace.isPresent()) {
			simulation.trace(lane, finalTraces, lane * traceSize);
		}
		episodes[lane]++;
		if (episodes[lane] < episodesPerTrial) {
			terminated[lane] = false;
			truncated[lane] = false;
			startEpisode(lane);
			carryOn(lane, actions, true);
			return;
		}
		if (episodesPerTrial > 1 || aligned) {
			// there is no value beyond a trial
			terminated[lane] = true;
		}
		truncated[lane] = !terminated[lane];
		observe(lane, finalObservations, finalImages);
		if (history) {
			observeHistory(lane, actions, true, finalObservations);
		}
		int row = lane * episodeOutcomes.length;
		for (int i = 0; i < episodeOutcomes.length; i++) {
			finalOutcomes[row + i] = outcomes.get(i).inTrial() == Outcome.InTrial.MEAN
					? trialOutcomes[row + i] / episodesPerTrial
					: trialOutcomes[row + i];
		}
		starting[lane] = true;
		anyStarting = true;
	}

	@Override
	public float[] observations() {
		return observations;
	}

	@Override
	public float[] finalObservations() {
		return finalObservations;
	}

	@Override
	public byte[] bytes(int part) {
		return images[imageOf[part]];
	}

	@Override
	public byte[] finalBytes(int part) {
		return finalImages[imageOf[part]];
	}

	@Override
	public float[] rewards() {
		return rewards;
	}

	@Override
	public boolean[] terminated() {
		return terminated;
	}

	@Override
	public boolean[] truncated() {
		return truncated;
	}

	@Override
	public boolean[] episodeEnded() {
		return episodeEnded;
	}

	@Override
	public boolean[] idle() {
		return idle;
	}

	@Override
	public double[] finalOutcomes() {
		return finalOutcomes;
	}

	@Override
	public List<Outcome> outcomes() {
		return outcomes;
	}

	@Override
	public Optional<Trace> trace() {
		return trace;
	}

	@Override
	public void trace(int lane, double[] values) {
		simulation.trace(lane, values, 0);
	}

	@Override
	public void finalTrace(int lane, double[] values) {
		System.arraycopy(finalTraces, lane * traceSize, values, 0, traceSize);
	}

	@Override
	public void task(int lane, double[] omega) {
		System.arraycopy(omegas, lane * parameterCount, omega, 0, parameterCount);
	}

	/**
	 * The simulation that these lanes move, for tests that read a lane's state. Stepping it directly makes the observations
	 * and step counts of these lanes wrong.
	 *
	 * @return the simulation
	 */
	public Simulation simulation() {
		return simulation;
	}

	@Override
	public void render(int lane, Graphics2D canvas, int width, int height) {
		if (!simulation.render(lane, canvas, width, height)) {
			ObservationPicture.draw(observationSpace.row(), observations, lane * observationSize, canvas, width, height);
		}
	}

	@Override
	public void writeState(DataOutput out) throws IOException {
		for (int lane = 0; lane < lanes; lane++) {
			taskStreams[lane].writeState(out);
			streams.writeLane(lane, out);
			out.writeInt(episodeSteps[lane]);
			out.writeInt(episodes[lane]);
			out.writeBoolean(resting[lane]);
			if (history) {
				for (int i = layout.action(); i <= layout.ended(); i++) {
					out.writeFloat(observations[lane * observationSize + i]);
				}
			}
		}
		write(out, omegas);
		write(out, trialOutcomes);
		for (int lane = 0; lane < lanes; lane++) {
			if (memory == null) {
				simulation.writeLane(lane, out);
			} else {
				memory.write(lane, out);
				out.writeLong(seen(lane));
			}
		}
	}

	private static void write(DataOutput out, double[] values) throws IOException {
		for (double value : values) {
			out.writeDouble(value);
		}
	}

	@Override
	public void readState(DataInput in) throws IOException {
		for (int lane = 0; lane < lanes; lane++) {
			taskStreams[lane].readState(in);
			streams.readLane(lane, in);
			episodeSteps[lane] = in.readInt();
			episodes[lane] = in.readInt();
			rest(lane, in.readBoolean());
			clearLastStep(lane);
			if (history) {
				for (int i = layout.action(); i <= layout.ended(); i++) {
					observations[lane * observationSize + i] = in.readFloat();
				}
			}
		}
		read(in, omegas);
		read(in, trialOutcomes);
		long[] before = new long[lanes];
		for (int lane = 0; lane < lanes; lane++) {
			interrupted[lane] = false;
			if (memory == null) {
				simulation.readLane(lane, in);
			} else {
				memory.read(lane, in);
				before[lane] = in.readLong();
			}
		}
		if (memory != null) {
			repeatEpisodes();
		}
		for (int lane = 0; lane < lanes; lane++) {
			observe(lane, observations, images);
			if (memory != null && deterministic && seen(lane) != before[lane]) {
				throw new IllegalStateException("lane " + lane + " shows something else than when it was saved, after its episode was"
						+ " begun again" + (memory.steps(lane) == 0 ? "" : " and its " + memory.steps(lane) + " steps were repeated")
						+ "; an environment whose episodes cannot be repeated must say so (Simulator.deterministic)");
			}
		}
	}

	/** A hash of the environment's own observation of a lane, for comparison. */
	private long seen(int lane) {
		long hash = 1;
		int row = lane * observationSize;
		for (int i = row; i < row + layout.action(); i++) {
			hash = 31 * hash + Float.floatToIntBits(observations[i]);
		}
		for (int image = 0; image < images.length; image++) {
			for (int i = lane * imageSizes[image]; i < (lane + 1) * imageSizes[image]; i++) {
				hash = 31 * hash + images[image][i];
			}
		}
		return hash;
	}

	/**
	 * All lanes begin their present episode again and repeat its actions side by side; a lane whose episode cannot be
	 * repeated begins another one.
	 */
	private void repeatEpisodes() {
		int longest = 0;
		for (int lane = 0; lane < lanes; lane++) {
			if (deterministic || memory.steps(lane) == 0) {
				memory.rewind(lane);
				simulation.start(lane, omegas, lane * parameterCount);
				longest = Math.max(longest, memory.steps(lane));
			} else {
				memory.begin(lane);
				simulation.start(lane, omegas, lane * parameterCount);
				// the episode of a resting lane is over, and aligned lanes stay in step
				interrupted[lane] = !resting[lane];
				episodeSteps[lane] = aligned ? episodeSteps[lane] : 0;
			}
		}
		if (longest == 0) {
			return;
		}
		ActionBatch actions = new ActionBatch(actionSpace, lanes);
		boolean[] moves = new boolean[lanes];
		float[] unreadRewards = new float[lanes];
		boolean[] unreadEnds = new boolean[lanes];
		for (int step = 0; step < longest; step++) {
			for (int lane = 0; lane < lanes; lane++) {
				moves[lane] = step < memory.steps(lane);
				if (moves[lane]) {
					memory.action(lane, step, actions);
				}
			}
			simulation.step(actions, moves, unreadRewards, unreadEnds);
		}
	}

	private static void read(DataInput in, double[] values) throws IOException {
		for (int i = 0; i < values.length; i++) {
			values[i] = in.readDouble();
		}
	}

	@Override
	public boolean[] interrupted() {
		return interrupted;
	}

	@Override
	public void close() {
		simulation.close();
	}
}
