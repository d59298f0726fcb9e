package org.headstart.learners.ppo;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Locale;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.VectorEnvironment;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentSite;
import org.headstart.api.learner.Metrics;
import org.headstart.api.learner.Policy;
import org.headstart.api.network.Network;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.learners.DivergedException;

/**
 * PPO at work, from the rollout to the update, top to bottom: {@link #act} and {@link #observe} fill the {@link Rollout},
 * {@link #update} estimates advantages and makes K epochs of minibatch steps on
 *
 * <pre>
 * L = −E[min(r A, clip(r, 1 − ε, 1 + ε) A)] + c₁ ½ E[(V − R)²] − c₂ E[H],   r = π(a | s) / π_old(a | s)
 * </pre>
 *
 * (Schulman et al. 2017, eq. 7 and 9). Details and their numbers: Huang et al. 2022, "The 37 Implementation Details of Proximal
 * Policy Optimization".
 *
 * <p>An update may come before the rollout is full: what is there is learned from, with the values of the last observations
 * standing for what did not happen. With another number of lanes than the settings say, the steps of each lane change so that an
 * update still has about lanes × rollout-steps of them; one lane can hold an episode of that length.
 */
final class PpoAgent implements Agent {

	private static final String POLICY_VERTEX = "head/" + Ppo.POLICY;

	private final PpoSettings settings;
	private final Network network;
	private final BoxSpace observationSpace;
	private final int observationSize;
	private final long plannedSteps;
	private final int stride;
	private final int policyOffset;
	private final int valueOffset;
	private final ActionDistribution distribution;
	private final ObservationNormaliser observationNormaliser;
	private final ReturnNormaliser returnNormaliser;
	private final RandomStreams streams;
	private final RandomStream actionStream;
	private final RandomStream minibatchStream;

	/**
	 * Whether the standard deviations learn: they belong to the policy's head, and stay when it is frozen. As of the last
	 * {@link #begin}, since asking the network makes a set.
	 */
	private boolean learnsDistribution = true;
	/** Environment steps that were learned from since the start or {@link #restart}. */
	private long stepsLearned;
	private long updates;

	private Rollout rollout;
	/** Normalised observations of some lanes, to be valued. [lanes × observationSize] */
	private float[] laneObservations;
	/** Which lanes those are. [lanes] */
	private int[] laneNumbers;
	/** [lanes] */
	private float[] laneValues;

	/** The rollout's rows in the order of an epoch. */
	private int[] order;
	// One minibatch, gathered so that its rows stand side by side: [rows], [rows × observationSize], [rows × actionSize]
	private float[] minibatchObservations;
	private float[] minibatchActions;
	private float[] oldLogProbabilities;
	private float[] oldValues;
	private float[] advantages;
	private float[] returns;
	private double[] logProbabilities;
	private double[] logProbabilityGradients;

	// Sums over the minibatches of an update
	private double policyLossSum;
	private double valueLossSum;
	private double entropySum;
	private double klSum;
	private double clippedSum;
	private double gradientNormSum;

	PpoAgent(PpoSettings settings, AgentSite site) {
		this.settings = settings;
		network = site.network();
		observationSpace = site.observationSpace();
		observationSize = observationSpace.size();
		plannedSteps = site.plannedSteps();
		stride = network.outputStride();
		policyOffset = network.headOffset(head(Ppo.POLICY));
		valueOffset = network.headOffset(head(Ppo.VALUE));
		distribution = switch (site.actionSpace()) {
			case DiscreteSpace discrete -> new CategoricalDistribution(discrete.count());
			case BoxSpace box -> new GaussianDistribution(box, settings.initialLogStd(), Ppo.adam(settings));
		};
		observationNormaliser = new ObservationNormaliser(observationSize, settings.normaliseObservations());
		returnNormaliser = new ReturnNormaliser(settings.gamma(), settings.normaliseReturns());
		streams = site.streams();
		actionStream = streams.stream("actions");
		minibatchStream = streams.stream("minibatches");
	}

	private int head(String name) {
		int head = network.heads().indexOf(name);
		if (head < 0) {
			throw new IllegalArgumentException("PPO needs a head '" + name + "'; the network has " + network.heads());
		}
		return head;
	}

	@Override
	public Network network() {
		return network;
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
		returnNormaliser.begin(lanes);
		learnsDistribution = !network.frozenVertices().contains(POLICY_VERTEX);
	}

	private void allocate(int lanes) {
		int stepsPerUpdate = settings.lanes() * settings.rolloutSteps();
		int horizon = (stepsPerUpdate + lanes - 1) / lanes;
		long floats = (long) lanes * horizon * Math.max(observationSize, distribution.actionSize());
		if (floats > Integer.MAX_VALUE - 8) {
			throw new IllegalArgumentException("a rollout of " + lanes + " × " + horizon + " observations of " + observationSize
					+ " floats is more than an array can hold: lower rollout-steps");
		}
		rollout = new Rollout(lanes, horizon, observationSize, distribution.actionSize());
		laneObservations = new float[lanes * observationSize];
		laneNumbers = new int[lanes];
		laneValues = new float[lanes];
		order = new int[lanes * horizon];
		if (minibatchObservations == null) {
			int rows = settings.minibatchSize();
			minibatchObservations = new float[rows * observationSize];
			minibatchActions = new float[rows * distribution.actionSize()];
			oldLogProbabilities = new float[rows];
			oldValues = new float[rows];
			advantages = new float[rows];
			returns = new float[rows];
			logProbabilities = new double[rows];
			logProbabilityGradients = new double[rows];
		}
	}

	private Rollout begun() {
		if (rollout == null) {
			throw new IllegalStateException("begin(lanes) comes first");
		}
		return rollout;
	}

	// ---- Acting

	@Override
	public void act(float[] observations, ActionBatch actions) {
		Rollout into = begun();
		if (ready()) {
			throw new IllegalStateException("the rollout is full after " + into.steps + " steps: update() comes before act()");
		}
		int lanes = into.lanes;
		int row = into.steps * lanes;
		observationNormaliser.add(observations, lanes);
		observationNormaliser.apply(observations, 0, into.observations, row * observationSize, lanes);
		network.forward(into.observations, row * observationSize, lanes);
		float[] outputs = network.outputs();
		distribution.sample(outputs, policyOffset, stride, lanes, actionStream, actions, into.actions, into.logProbabilities, row);
		for (int lane = 0; lane < lanes; lane++) {
			into.values[row + lane] = outputs[lane * stride + valueOffset];
		}
	}

	@Override
	public void observe(VectorEnvironment environment) {
		Rollout into = begun();
		int lanes = into.lanes;
		int row = into.steps * lanes;
		boolean[] terminated = environment.terminated();
		boolean[] truncated = environment.truncated();
		returnNormaliser.apply(environment.rewards(), terminated, truncated, into.rewards, row);
		int toValue = 0;
		for (int lane = 0; lane < lanes; lane++) {
			into.ended[row + lane] = terminated[lane] || truncated[lane];
			into.valuesBeyond[row + lane] = 0;
			if (truncated[lane]) {
				observationNormaliser.apply(environment.finalObservations(), lane * observationSize, laneObservations,
						toValue * observationSize, 1);
				laneNumbers[toValue++] = lane;
			}
		}
		if (toValue > 0) {
			network.forward(laneObservations, 0, toValue);
			float[] outputs = network.outputs();
			for (int i = 0; i < toValue; i++) {
				into.valuesBeyond[row + laneNumbers[i]] = outputs[i * stride + valueOffset];
			}
		}
		System.arraycopy(environment.observations(), 0, into.nextObservations, 0, lanes * observationSize);
		into.steps++;
	}

	@Override
	public boolean ready() {
		return rollout != null && rollout.steps == rollout.horizon;
	}

	// ---- Learning

	@Override
	public void update(Metrics metrics) {
		Rollout from = begun();
		int rows = from.rows();
		if (rows == 0) {
			throw new IllegalStateException("there is nothing to learn from: act() and observe() come first");
		}
		observationNormaliser.apply(from.nextObservations, 0, laneObservations, 0, from.lanes);
		network.forward(laneObservations, 0, from.lanes);
		float[] outputs = network.outputs();
		for (int lane = 0; lane < from.lanes; lane++) {
			laneValues[lane] = outputs[lane * stride + valueOffset];
		}
		from.estimateAdvantages(laneValues, settings.gamma(), settings.gaeLambda());

		float learningRate = (float) (settings.learningRate() * settings.schedule().factor(stepsLearned, plannedSteps));
		// Equal shares rather than a small rest at the end, whose normalised advantages would be noise
		int minibatches = (rows + settings.minibatchSize() - 1) / settings.minibatchSize();
		for (int i = 0; i < rows; i++) {
			order[i] = i;
		}
		policyLossSum = valueLossSum = entropySum = klSum = clippedSum = gradientNormSum = 0;
		int done = 0;
		for (int epoch = 0; epoch < settings.epochs(); epoch++) {
			minibatchStream.shuffle(order, rows);
			double klBefore = klSum;
			for (int minibatch = 0; minibatch < minibatches; minibatch++) {
				int begin = (int) ((long) rows * minibatch / minibatches);
				int end = (int) ((long) rows * (minibatch + 1) / minibatches);
				gather(from, begin, end);
				learn(end - begin, learningRate, epoch);
			}
			done += minibatches;
			if (settings.targetKl() > 0 && (klSum - klBefore) / minibatches > settings.targetKl()) {
				break;
			}
		}
		stepsLearned += rows;
		updates++;
		from.steps = 0;

		metrics.report("policy-loss", policyLossSum / done);
		metrics.report("value-loss", valueLossSum / done);
		metrics.report("entropy", entropySum / done);
		metrics.report("approximate-kl", klSum / done);
		metrics.report("clip-fraction", clippedSum / done);
		metrics.report("explained-variance", from.explainedVariance());
		metrics.report("learning-rate", learningRate);
		metrics.report("gradient-norm", gradientNormSum / done);
		if (distribution instanceof GaussianDistribution) {
			metrics.report("log-std", distribution.meanLogStd());
		}
	}

	/** Brings the rows of a minibatch side by side and normalises their advantages (detail 7). */
	private void gather(Rollout from, int begin, int end) {
		int actionSize = from.actionSize;
		double sum = 0;
		for (int i = begin, to = 0; i < end; i++, to++) {
			int row = order[i];
			System.arraycopy(from.observations, row * observationSize, minibatchObservations, to * observationSize,
					observationSize);
			for (int k = 0; k < actionSize; k++) {
				minibatchActions[to * actionSize + k] = from.actions[row * actionSize + k];
			}
			oldLogProbabilities[to] = from.logProbabilities[row];
			oldValues[to] = from.values[row];
			returns[to] = from.returns[row];
			float advantage = from.advantages[row];
			advantages[to] = advantage;
			sum += advantage;
		}
		int rows = end - begin;
		if (rows < 2) {
			return;
		}
		double mean = sum / rows;
		double squares = 0;
		for (int i = 0; i < rows; i++) {
			double deviation = advantages[i] - mean;
			squares += deviation * deviation;
		}
		float shift = (float) mean;
		float scale = (float) (1 / (Math.sqrt(squares / (rows - 1)) + 1e-8));
		for (int i = 0; i < rows; i++) {
			advantages[i] = (advantages[i] - shift) * scale;
		}
	}

	/** One gradient step on the minibatch that was gathered. */
	private void learn(int rows, float learningRate, int epoch) {
		network.forward(minibatchObservations, 0, rows);
		float[] outputs = network.outputs();
		float[] outputGradients = network.outputGradients();

		double entropy = distribution.evaluate(outputs, policyOffset, stride, rows, minibatchActions, logProbabilities);
		double policyLoss = policyLoss(rows);
		distribution.gradients(outputs, policyOffset, stride, rows, minibatchActions, logProbabilityGradients,
				-settings.entropyCoefficient() / rows, outputGradients);
		double valueLoss = valueLoss(rows, outputs, outputGradients);
		network.backward(rows);

		double squaredNorm = network.gradientSquaredNorm();
		if (learnsDistribution) {
			squaredNorm += distribution.gradientSquaredNorm();
		}
		double norm = Math.sqrt(squaredNorm);
		if (!Double.isFinite(policyLoss + valueLoss + entropy + norm)) {
			throw diverged(policyLoss, valueLoss, entropy, norm, learningRate, epoch);
		}
		double gradientScale = settings.maxGradientNorm() > 0 ? Math.min(1, settings.maxGradientNorm() / (norm + 1e-6)) : 1;
		network.update((float) gradientScale, learningRate);
		if (learnsDistribution) {
			distribution.update(gradientScale, learningRate);
		}
		policyLossSum += policyLoss;
		valueLossSum += valueLoss;
		entropySum += entropy;
		gradientNormSum += norm;
	}

	/** The clipped surrogate's mean, and its gradient with respect to log π(a | s). */
	private double policyLoss(int rows) {
		double low = 1 - settings.clip();
		double high = 1 + settings.clip();
		double loss = 0;
		double kl = 0;
		int clipped = 0;
		for (int i = 0; i < rows; i++) {
			double logRatio = logProbabilities[i] - oldLogProbabilities[i];
			double ratio = Math.exp(logRatio);
			double advantage = advantages[i];
			// the k3 estimate of Schulman 2020, "Approximating KL Divergence": unbiased, never negative
			kl += ratio - 1 - logRatio;
			if (ratio < low || ratio > high) {
				clipped++;
			}
			// min(r A, clip(r) A): the clipped term is the smaller one, and flat, where the ratio has gone too far A's way
			boolean flat = advantage >= 0 ? ratio > high : ratio < low;
			if (flat) {
				loss -= advantage * (advantage >= 0 ? high : low);
				logProbabilityGradients[i] = 0;
			} else {
				loss -= advantage * ratio;
				// ∂r / ∂ log π = r
				logProbabilityGradients[i] = -advantage * ratio / rows;
			}
		}
		klSum += kl / rows;
		clippedSum += (double) clipped / rows;
		return loss / rows;
	}

	/** ½ E[(V − R)²], clipped if asked for, and c₁ times its gradient with respect to V. */
	private double valueLoss(int rows, float[] outputs, float[] outputGradients) {
		float weight = (float) (settings.valueCoefficient() / rows);
		float valueClip = settings.valueClip() > 0 ? (float) settings.valueClip() : Float.POSITIVE_INFINITY;
		double squares = 0;
		for (int i = 0, at = valueOffset; i < rows; i++, at += stride) {
			float value = outputs[at];
			float error = value - returns[i];
			float moved = value - oldValues[i];
			if (Math.abs(moved) > valueClip) {
				// the larger of both losses counts (detail 9); the clipped one is flat
				float clippedError = oldValues[i] + Math.copySign(valueClip, moved) - returns[i];
				if (Math.abs(clippedError) > Math.abs(error)) {
					squares += (double) clippedError * clippedError;
					outputGradients[at] = 0;
					continue;
				}
			}
			squares += (double) error * error;
			outputGradients[at] = weight * error;
		}
		return 0.5 * squares / rows;
	}

	private DivergedException diverged(double policyLoss, double valueLoss, double entropy, double norm, float learningRate,
			int epoch) {
		return new DivergedException(String.format(Locale.ROOT,
				"PPO diverged after %d steps (update %d, epoch %d): policy loss %g, value loss %g, entropy %g, gradient norm %g "
						+ "at learning rate %g; check that observations and rewards are finite, lower learning-rate, or set "
						+ "max-gradient-norm, normalise-observations or normalise-returns",
				stepsLearned, updates + 1, epoch + 1, policyLoss, valueLoss, entropy, norm, learningRate));
	}

	// ---- Evaluation

	/**
	 * {@inheritDoc}
	 *
	 * <p>Each call begins a stream of its own, derived from the steps learned so far: to make evaluations that a resumed run
	 * repeats, ask for a policy at the beginning of each.
	 */
	@Override
	public Policy policy(int lanes, boolean greedy) {
		float[] normalised = new float[lanes * observationSize];
		RandomStream random = streams.stream("evaluation/" + stepsLearned);
		return (observations, actions) -> {
			int rows = Math.min(lanes, observations.length / observationSize);
			observationNormaliser.apply(observations, 0, normalised, 0, rows);
			network.forward(normalised, 0, rows);
			if (greedy) {
				distribution.mode(network.outputs(), policyOffset, stride, rows, actions);
			} else {
				distribution.sample(network.outputs(), policyOffset, stride, rows, random, actions);
			}
		};
	}

	// ---- Warm start

	/** {@inheritDoc} The statistics are those of observations and returns; the standard deviations stay as weights do. */
	@Override
	public void restart(boolean keepNormalisers) {
		network.resetOptimizer();
		distribution.resetOptimizer();
		if (!keepNormalisers) {
			observationNormaliser.reset();
			returnNormaliser.reset();
		}
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
		switch (distribution) {
			case GaussianDistribution gaussian -> gaussian.temper(temperature);
			case CategoricalDistribution categorical -> {
				for (String parameter : network.parameters(POLICY_VERTEX)) {
					float[] values = network.parameter(POLICY_VERTEX, parameter);
					for (int i = 0; i < values.length; i++) {
						values[i] = (float) (values[i] / temperature);
					}
					network.setParameter(POLICY_VERTEX, parameter, values);
				}
			}
		}
	}

	@Override
	public void writeKnowledge(DataOutput out) throws IOException {
		observationNormaliser.writeState(out);
		returnNormaliser.writeStatistics(out);
		boolean gaussian = distribution instanceof GaussianDistribution;
		out.writeBoolean(gaussian);
		if (gaussian) {
			((GaussianDistribution) distribution).writeExploration(out);
		}
	}

	@Override
	public void readKnowledge(DataInput knowledge, boolean policy) throws IOException {
		observationNormaliser.readState(knowledge);
		returnNormaliser.readStatistics(knowledge);
		if (knowledge.readBoolean() != distribution instanceof GaussianDistribution) {
			throw new IOException("the knowledge comes from another kind of action space");
		}
		if (distribution instanceof GaussianDistribution gaussian) {
			gaussian.readExploration(knowledge, policy);
		}
	}

	// ---- Checkpoint

	@Override
	public void writeState(DataOutput out) throws IOException {
		network.writeState(out);
		distribution.writeState(out);
		observationNormaliser.writeState(out);
		actionStream.writeState(out);
		minibatchStream.writeState(out);
		out.writeLong(stepsLearned);
		out.writeLong(updates);
		out.writeInt(rollout == null ? 0 : rollout.lanes);
		returnNormaliser.writeState(out);
		if (rollout != null) {
			rollout.writeState(out);
		}
	}

	@Override
	public void readState(DataInput in) throws IOException {
		network.readState(in);
		distribution.readState(in);
		observationNormaliser.readState(in);
		actionStream.readState(in);
		minibatchStream.readState(in);
		stepsLearned = in.readLong();
		updates = in.readLong();
		int lanes = in.readInt();
		if (lanes > 0) {
			begin(lanes);
		} else {
			rollout = null;
			returnNormaliser.begin(0);
		}
		returnNormaliser.readState(in);
		if (rollout != null) {
			rollout.readState(in);
		}
	}
}
