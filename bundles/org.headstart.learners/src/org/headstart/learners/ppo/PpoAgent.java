package org.headstart.learners.ppo;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.headstart.api.distribution.ActionDistribution;
import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.Lanes;
import org.headstart.api.learner.ActorCritic;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentSite;
import org.headstart.api.learner.AgentView.Memory;
import org.headstart.api.learner.Metrics;
import org.headstart.api.learner.Policy;
import org.headstart.api.learner.TrainableActorCritic;
import org.headstart.api.network.Head;
import org.headstart.api.network.Network;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.learners.DivergedException;

/**
 * PPO's agent. Read it from top to bottom, from the rollout to the update: {@link #act} and {@link #observe} fill the
 * {@link Rollout}, {@link #update} estimates advantages and makes K epochs of minibatch steps on the {@link PpoLoss}.
 * Details and their numbers: Huang et al. 2022, "The 37 Implementation Details of Proximal Policy Optimization".
 *
 * <p>A recurrent network acts with a state for each lane. It is trained by back-propagation through time on sequences of the
 * rollout, each from the recorded state at its beginning. States are reset to zero at the end of each trial or episode,
 * depending on the view's memory, and no gradient crosses a reset. With the memory {@code STEP} the network is treated as a
 * feed-forward network.
 *
 * <p>The rollout stores images as bytes.
 *
 * <p>An update before the rollout is full learns from the collected steps and bootstraps from the values of the last
 * observations. If the number of lanes differs from the settings, the number of steps of each lane changes so that an update
 * still has about lanes × rollout-steps steps; a single lane then holds an episode of that length.
 */
final class PpoAgent implements Agent {

	/** The heads' names and roles; their sizes are not used. */
	private static final Head POLICY = Head.policy(1, 1);
	private static final Head VALUE = Head.value(1);

	private final PpoSettings settings;
	private final Map<String, Network> networks;
	private final Network network;
	private final ObservationInput input;
	/** Floats of an observation's numbers; 0 for an observation of an image alone. */
	private final int observationSize;
	/** Bytes of its image; 0 without an image. */
	private final int imageSize;
	private final long plannedSteps;
	private final int stride;
	private final int policyOffset;
	private final int valueOffset;
	private final Memory memory;
	/** Floats of a lane's recurrent state; 0 without memory. */
	private final int stateSize;
	private final ActionDistribution distribution;
	private final Exploration exploration;
	private final PpoLoss loss;
	private final ObservationNormaliser observationNormaliser;
	private final ReturnNormaliser returnNormaliser;
	private final RandomStreams streams;
	private final RandomStream actionStream;
	private final RandomStream minibatchStream;
	private final AuxiliaryLosses auxiliary;

	/**
	 * Whether the standard deviations learn: they belong to the policy's head and do not learn when it is frozen. Determined
	 * in {@link #begin}, since the question allocates a set.
	 */
	private boolean learnsDistribution = true;
	/** Environment steps learned from since the start or the last {@link #restart}. */
	private long stepsLearned;
	private long updates;

	private Rollout rollout;
	/** The recurrent states of the lanes; null without memory. */
	private LaneMemory laneMemory;
	/** Normalised observations of the lanes to be valued, [lanes × observationSize]. */
	private float[] laneObservations;
	/** Their images, [lanes × imageSize]. */
	private byte[] laneImages;
	/** The numbers of these lanes, [lanes]. */
	private int[] laneNumbers;
	/** Their recurrent states, [lanes × stateSize]. */
	private float[] laneStates;
	/** [lanes] */
	private float[] laneValues;

	/** The rollout's sequences in the order of an epoch. */
	private int[] order;
	private final Minibatch minibatch;

	PpoAgent(PpoSettings settings, AgentSite site) {
		this.settings = settings;
		networks = site.networks();
		network = site.network();
		input = new ObservationInput(network, site.observationSpace());
		observationSize = input.numbers;
		imageSize = input.pixels;
		plannedSteps = site.plannedSteps();
		stride = network.outputStride();
		policyOffset = network.headOffset(head(POLICY));
		valueOffset = network.headOffset(head(VALUE));
		memory = site.view().memory();
		stateSize = memory == Memory.STEP ? 0 : network.stateSize();
		distribution = ActionDistribution.of(site.actionSpace());
		exploration = new Exploration(distribution, settings.initialLogStd(), Ppo.adam(settings));
		loss = new PpoLoss(settings, distribution, exploration, policyOffset, valueOffset, stride);
		minibatch = new Minibatch(input, distribution.actionSize(), stateSize, stride);
		observationNormaliser = ObservationNormaliser.of(site.observationSpace(), observationSize, settings.normaliseObservations());
		returnNormaliser = new ReturnNormaliser(settings.gamma(), settings.normaliseReturns());
		streams = site.streams();
		actionStream = streams.stream("actions");
		minibatchStream = streams.stream("minibatches");
		auxiliary = new AuxiliaryLosses(site, stateSize, settings.minibatchSize(), streams.under("losses"));
	}

	private int head(Head wanted) {
		int head = network.heads().indexOf(wanted.name());
		if (head < 0) {
			throw new IllegalArgumentException("PPO needs a head '" + wanted.name() + "'; the network has " + network.heads());
		}
		return head;
	}

	@Override
	public Map<String, Network> networks() {
		return networks;
	}

	@Override
	public void begin(int lanes) {
		if (lanes < 1) {
			throw new IllegalArgumentException("lanes must be at least 1, is " + lanes);
		}
		if (rollout == null || rollout.lanes != lanes) {
			allocate(lanes);
		}
		rollout.steps = 0;
		if (laneMemory != null) {
			laneMemory.clear();
		}
		returnNormaliser.begin(lanes);
		learnsDistribution = !network.frozenVertices().contains(POLICY.vertex());
	}

	private void allocate(int lanes) {
		int stepsPerUpdate = settings.lanes() * settings.rolloutSteps();
		int horizon = (stepsPerUpdate + lanes - 1) / lanes;
		int sequenceSteps = stateSize == 0 ? 1 : settings.bpttSteps() == 0 ? horizon : Math.min(settings.bpttSteps(), horizon);
		int stateSteps = auxiliary.haveWindows() ? 1 : sequenceSteps;
		int states = (horizon + stateSteps - 1) / stateSteps;
		long elements = Math.max((long) lanes * horizon * Math.max(Math.max(observationSize, imageSize), distribution.actionSize()),
				(long) lanes * states * stateSize);
		if (elements > Integer.MAX_VALUE - 8) {
			throw new IllegalArgumentException("a rollout of " + lanes + " × " + horizon + " observations of " + observationSize
					+ " floats" + (imageSize > 0 ? " and " + imageSize + " bytes" : "")
					+ (stateSize > 0 ? ", with " + states + " × " + lanes + " states of " + stateSize : "")
					+ ", is more than an array can hold: lower rollout-steps" + (stateSize > 0 ? " or raise bptt-steps" : ""));
		}
		rollout = new Rollout(lanes, horizon, new Rollout.Sizes(observationSize, imageSize, distribution.actionSize(), stateSize),
				sequenceSteps, stateSteps);
		laneMemory = stateSize == 0 ? null : new LaneMemory(lanes, stateSize, memory);
		laneObservations = new float[lanes * observationSize];
		laneImages = new byte[lanes * imageSize];
		laneNumbers = new int[lanes];
		laneStates = new float[lanes * stateSize];
		laneValues = new float[lanes];
		order = new int[rollout.mostSequences()];
		auxiliary.allocate(lanes * horizon);
	}

	/** @return the present rollout */
	Rollout rollout() {
		if (rollout == null) {
			throw new IllegalStateException("begin(lanes) comes first");
		}
		return rollout;
	}

	// ---- Acting

	@Override
	public void act(Lanes environment, ActionBatch actions) {
		float[] observations = environment.observations();
		Rollout into = rollout();
		if (ready()) {
			throw new IllegalStateException("the rollout is full after " + into.steps + " steps: update() comes before act()");
		}
		int lanes = into.lanes;
		int row = into.steps * lanes;
		observationNormaliser.add(observations, lanes);
		observationNormaliser.apply(observations, 0, into.observations, row * observationSize, lanes);
		input.copyImages(environment, into.images, row * imageSize);
		if (laneMemory == null) {
			input.forward(into.observations, row * observationSize, into.images, row * imageSize, lanes);
		} else {
			into.remember(laneMemory);
			input.step(into.observations, row * observationSize, into.images, row * imageSize, laneMemory.states, lanes);
		}
		float[] outputs = network.outputs();
		distribution.sample(outputs, policyOffset, stride, lanes, actionStream, actions, 0, into.actions, into.logProbabilities, row);
		for (int lane = 0; lane < lanes; lane++) {
			into.values[row + lane] = outputs[lane * stride + valueOffset];
		}
	}

	@Override
	public void observe(Lanes environment) {
		Rollout into = rollout();
		int lanes = into.lanes;
		int row = into.steps * lanes;
		boolean[] terminated = environment.terminated();
		boolean[] truncated = environment.truncated();
		boolean[] idle = environment.idle();
		returnNormaliser.apply(environment.rewards(), terminated, truncated, into.rewards, row);
		int toValue = 0;
		for (int lane = 0; lane < lanes; lane++) {
			into.ended[row + lane] = terminated[lane] || truncated[lane];
			into.idle[row + lane] = idle[lane];
			into.valuesBeyond[row + lane] = 0;
			if (truncated[lane]) {
				observationNormaliser.apply(environment.finalObservations(), lane * observationSize, laneObservations,
						toValue * observationSize, 1);
				input.copyFinalImage(environment, lane, laneImages, toValue * imageSize);
				if (laneMemory != null) {
					System.arraycopy(laneMemory.states, lane * stateSize, laneStates, toValue * stateSize, stateSize);
				}
				laneNumbers[toValue++] = lane;
			}
		}
		if (toValue > 0) {
			value(toValue, laneImages);
			for (int i = 0; i < toValue; i++) {
				into.valuesBeyond[row + laneNumbers[i]] = laneValues[i];
			}
		}
		if (laneMemory != null) {
			laneMemory.observe(environment);
		}
		System.arraycopy(environment.observations(), 0, into.nextObservations, 0, lanes * observationSize);
		input.copyImages(environment, into.nextImages, 0);
		into.steps++;
	}

	/** Computes {@link #laneValues} from {@link #laneObservations}, images and {@link #laneStates}. */
	private void value(int rows, byte[] images) {
		if (laneMemory == null) {
			input.forward(laneObservations, 0, images, 0, rows);
		} else {
			input.step(laneObservations, 0, images, 0, laneStates, rows);
		}
		float[] outputs = network.outputs();
		for (int i = 0; i < rows; i++) {
			laneValues[i] = outputs[i * stride + valueOffset];
		}
	}

	@Override
	public boolean ready() {
		return rollout != null && rollout.steps == rollout.horizon;
	}

	// ---- Learning

	/** {@inheritDoc} Advantages are normalised before they are weighed; the entropy bonus and auxiliary losses are not weighed. */
	@Override
	public void weigh(float[] weights) {
		System.arraycopy(weights, 0, rollout().weights, 0, rollout().rows());
	}

	@Override
	public void update(Metrics metrics) {
		Rollout from = rollout();
		int rows = from.rows();
		if (rows == 0) {
			throw new IllegalStateException("there is nothing to learn from: act() and observe() come first");
		}
		observationNormaliser.apply(from.nextObservations, 0, laneObservations, 0, from.lanes);
		if (laneMemory != null) {
			System.arraycopy(laneMemory.states, 0, laneStates, 0, laneStates.length);
		}
		value(from.lanes, from.nextImages);
		auxiliary.begin(from);
		from.estimateAdvantages(laneValues, settings.gamma(), settings.gaeLambda());

		float learningRate = (float) (settings.learningRate() * settings.schedule().factor(stepsLearned, plannedSteps));
		int sequences = from.sequences(order);
		// equal shares, since the normalised advantages of a small remainder would be noise
		int minibatches = Math.min(sequences, (rows + settings.minibatchSize() - 1) / settings.minibatchSize());
		loss.begin(settings.entropyCoefficient() * settings.entropySchedule().factor(stepsLearned, plannedSteps));
		double gradientNormSum = 0;
		int done = 0;
		for (int epoch = 0; epoch < settings.epochs(); epoch++) {
			minibatchStream.shuffle(order, sequences);
			double klBefore = loss.klSum();
			for (int i = 0; i < minibatches; i++) {
				int begin = (int) ((long) sequences * i / minibatches);
				int end = (int) ((long) sequences * (i + 1) / minibatches);
				minibatch.gather(from, order, begin, end);
				gradientNormSum += learn(learningRate, epoch);
			}
			done += minibatches;
			if (settings.targetKl() > 0 && (loss.klSum() - klBefore) / minibatches > settings.targetKl()) {
				break;
			}
		}
		double explainedVariance = from.explainedVariance();
		stepsLearned += rows;
		updates++;
		Arrays.fill(from.weights, 0, rows, 1);
		from.steps = 0;

		metrics.report("policy-loss", loss.meanPolicyLoss());
		metrics.report("value-loss", loss.meanValueLoss());
		metrics.report("entropy", loss.meanEntropy());
		metrics.report("approximate-kl", loss.meanKl());
		metrics.report("clip-fraction", loss.meanClipped());
		if (!Double.isNaN(explainedVariance)) {
			// it is undefined for returns that are all equal, which is no error
			metrics.report("explained-variance", explainedVariance);
		}
		metrics.report("learning-rate", learningRate);
		metrics.report("gradient-norm", gradientNormSum / done);
		if (exploration.present()) {
			metrics.report("log-std", exploration.meanLogStd());
		}
		auxiliary.report(metrics);
	}

	/** Makes one gradient step on the gathered minibatch; returns the gradient's norm. */
	private double learn(float learningRate, int epoch) {
		minibatch.forward();
		float[] gradients = minibatch.outputGradients(network);
		if (!auxiliary.none()) {
			// PPO's loss does not depend on the heads of other losses
			Arrays.fill(gradients, 0, minibatch.rows * stride, 0);
		}
		double total = loss.evaluate(minibatch, minibatch.outputs(network), gradients);
		minibatch.backward(network);
		total += auxiliary.accumulate(rollout);

		double squaredNorm = network.gradientSquaredNorm();
		if (learnsDistribution) {
			squaredNorm += exploration.gradientSquaredNorm();
		}
		double norm = Math.sqrt(squaredNorm);
		if (!Double.isFinite(total + norm)) {
			throw diverged(norm, learningRate, epoch);
		}
		double gradientScale = settings.maxGradientNorm() > 0 ? Math.min(1, settings.maxGradientNorm() / (norm + 1e-6)) : 1;
		network.update((float) gradientScale, learningRate);
		if (learnsDistribution) {
			exploration.update(gradientScale, learningRate);
		}
		return norm;
	}

	private DivergedException diverged(double norm, float learningRate, int epoch) {
		return new DivergedException(String.format(Locale.ROOT,
				"PPO diverged after %d steps (update %d, epoch %d): policy loss %g, value loss %g, entropy %g, gradient norm %g "
						+ "at learning rate %g; check that observations and rewards are finite, lower learning-rate, or set "
						+ "max-gradient-norm, normalise-observations or normalise-returns",
				stepsLearned, updates + 1, epoch + 1, loss.policy, loss.value, loss.entropy, norm, learningRate));
	}

	// ---- Evaluation

	/**
	 * {@inheritDoc}
	 *
	 * <p>Each call begins a new random stream, derived from the number of steps learned so far. For evaluations that a
	 * resumed run repeats, ask for a new policy at the beginning of each.
	 */
	@Override
	public Policy policy(int lanes, boolean greedy) {
		return new Evaluated(lanes, greedy, streams.stream("evaluation/" + stepsLearned));
	}

	/** {@inheritDoc} Present for a network without memory. */
	@Override
	public Optional<TrainableActorCritic> trainable(int rows) {
		return stateSize > 0 ? Optional.empty() : Optional.of(new Opinion(rows));
	}

	/** {@inheritDoc} Present for a network without memory. */
	@Override
	public Optional<ActorCritic> actorCritic(int lanes) {
		return stateSize > 0 ? Optional.empty() : Optional.of(new Opinion(lanes));
	}

	/**
	 * The policy head's outputs, the log standard deviations, and the values; these are values of normalised returns if
	 * returns are normalised.
	 */
	private final class Opinion implements TrainableActorCritic {

		private final float[] normalised;
		/** Whether the standard deviations learn; determined once, since the question allocates a set. */
		private final boolean learns = !network.frozenVertices().contains(POLICY.vertex());
		/** Rows of the last {@link #evaluate}. */
		private int evaluated;

		Opinion(int lanes) {
			normalised = new float[lanes * observationSize];
		}

		@Override
		public int distributionSize() {
			return distribution.headSize() + distribution.logStdSize();
		}

		@Override
		public void evaluate(Lanes lanes, float[] parameters, float[] values) {
			int rows = lanes.lanes();
			evaluated = rows;
			observationNormaliser.apply(lanes.observations(), 0, normalised, 0, rows);
			input.forward(normalised, 0, input.images(lanes), 0, rows);
			float[] outputs = network.outputs();
			int head = distribution.headSize();
			for (int row = 0, to = 0; row < rows; row++, to += distributionSize()) {
				System.arraycopy(outputs, row * stride + policyOffset, parameters, to, head);
				exploration.copyLogStd(parameters, to + head);
				values[row] = outputs[row * stride + valueOffset];
			}
		}

		@Override
		public void observe(Lanes lanes) {
			observationNormaliser.add(lanes.observations(), lanes.lanes());
		}

		@Override
		public void backward(float[] distributionGradients, float[] valueGradients) {
			float[] gradients = network.outputGradients();
			Arrays.fill(gradients, 0, evaluated * stride, 0);
			Arrays.fill(exploration.gradients, 0);
			int head = distribution.headSize();
			for (int row = 0, from = 0; row < evaluated; row++, from += distributionSize()) {
				System.arraycopy(distributionGradients, from, gradients, row * stride + policyOffset, head);
				for (int i = 0; i < exploration.gradients.length; i++) {
					exploration.gradients[i] += distributionGradients[from + head + i];
				}
				if (valueGradients != null) {
					gradients[row * stride + valueOffset] = valueGradients[row];
				}
			}
			network.backward(evaluated);
		}

		@Override
		public double update(double maxGradientNorm, double learningRate) {
			double norm = Math.sqrt(network.gradientSquaredNorm() + (learns ? exploration.gradientSquaredNorm() : 0));
			if (!Double.isFinite(norm)) {
				throw new DivergedException("PPO's network diverged while it was fitted: gradient norm " + norm + " at learning rate "
						+ learningRate);
			}
			double scale = maxGradientNorm > 0 ? Math.min(1, maxGradientNorm / (norm + 1e-6)) : 1;
			network.update((float) scale, (float) learningRate);
			if (learns) {
				exploration.update(scale, learningRate);
			}
			return norm;
		}
	}

	/** The agent's policy, with a memory of its own. */
	private final class Evaluated implements Policy {

		private final int lanes;
		private final boolean greedy;
		private final RandomStream random;
		private final float[] normalised;
		/** Null without memory. */
		private final LaneMemory remembered;

		Evaluated(int lanes, boolean greedy, RandomStream random) {
			this.lanes = lanes;
			this.greedy = greedy;
			this.random = random;
			normalised = new float[lanes * observationSize];
			remembered = stateSize == 0 ? null : new LaneMemory(lanes, stateSize, memory);
		}

		@Override
		public void begin(Lanes environment) {
			if (remembered != null) {
				remembered.clear();
			}
		}

		@Override
		public void act(Lanes environment, ActionBatch actions) {
			int rows = Math.min(lanes, environment.lanes());
			observationNormaliser.apply(environment.observations(), 0, normalised, 0, rows);
			if (remembered == null) {
				input.forward(normalised, 0, input.images(environment), 0, rows);
			} else {
				input.step(normalised, 0, input.images(environment), 0, remembered.states, rows);
			}
			if (greedy) {
				distribution.mode(network.outputs(), policyOffset, stride, rows, actions, 0, null, 0);
			} else {
				distribution.sample(network.outputs(), policyOffset, stride, rows, random, actions);
			}
		}

		@Override
		public void observe(Lanes environment) {
			if (remembered != null) {
				remembered.observe(environment);
			}
		}
	}

	// ---- Warm start

	/** {@inheritDoc} Normalisers are those of observations and returns; the standard deviations stay, like weights. */
	@Override
	public void restart(boolean keepNormalisers) {
		network.resetOptimizer();
		exploration.resetOptimizer();
		if (!keepNormalisers) {
			observationNormaliser.reset();
			returnNormaliser.reset();
		}
		auxiliary.restart();
		stepsLearned = 0;
		updates = 0;
		if (rollout != null) {
			begin(rollout.lanes);
		}
	}

	@Override
	public void temper(double temperature) {
		if (!(temperature > 0) || Double.isInfinite(temperature)) {
			throw new IllegalArgumentException("a temperature must be positive, is " + temperature);
		}
		if (exploration.present()) {
			exploration.temper(temperature);
			return;
		}
		for (String parameter : network.parameters(POLICY.vertex())) {
			float[] values = network.parameter(POLICY.vertex(), parameter);
			for (int i = 0; i < values.length; i++) {
				values[i] = (float) (values[i] / temperature);
			}
			network.setParameter(POLICY.vertex(), parameter, values);
		}
	}

	@Override
	public void writeKnowledge(DataOutput out) throws IOException {
		observationNormaliser.writeState(out);
		returnNormaliser.writeStatistics(out);
		exploration.writeKnowledge(out);
	}

	@Override
	public void readKnowledge(DataInput knowledge, boolean policy) throws IOException {
		observationNormaliser.readState(knowledge);
		returnNormaliser.readStatistics(knowledge);
		exploration.readKnowledge(knowledge, policy);
	}

	// ---- Checkpoint

	@Override
	public void writeState(DataOutput out) throws IOException {
		network.writeState(out);
		exploration.writeState(out);
		observationNormaliser.writeState(out);
		actionStream.writeState(out);
		minibatchStream.writeState(out);
		auxiliary.writeState(out);
		out.writeLong(stepsLearned);
		out.writeLong(updates);
		out.writeInt(rollout == null ? 0 : rollout.lanes);
		returnNormaliser.writeState(out);
		if (rollout != null) {
			rollout.writeState(out);
		}
		if (laneMemory != null) {
			laneMemory.writeState(out);
		}
	}

	@Override
	public void readState(DataInput in) throws IOException {
		network.readState(in);
		exploration.readState(in);
		observationNormaliser.readState(in);
		actionStream.readState(in);
		minibatchStream.readState(in);
		auxiliary.readState(in);
		stepsLearned = in.readLong();
		updates = in.readLong();
		int lanes = in.readInt();
		if (lanes < 0 || lanes > settings.lanes() * settings.rolloutSteps()) {
			throw new IOException("the state has " + lanes + " lanes, more than the steps of an update");
		}
		if (lanes > 0) {
			begin(lanes);
		} else {
			rollout = null;
			laneMemory = null;
			returnNormaliser.begin(0);
		}
		returnNormaliser.readState(in);
		if (rollout != null) {
			rollout.readState(in);
		}
		if (laneMemory != null) {
			laneMemory.readState(in);
		}
	}
}
