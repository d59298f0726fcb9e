package org.headstart.environments.optimization.rate;

import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.environment.Outcome;
import org.headstart.api.environment.Trace;
import org.headstart.api.random.RandomStream;
import org.headstart.environments.optimization.digits.DigitImages;

/**
 * A step is an iteration of a training with the chosen rate; the reward is minus the loss after it.
 *
 * <p>ω is the training: initialization (a number in [0, 1) that determines initial weights, data order and evaluation
 * batch), style of the pictures, units of a layer, optimizer. State: iteration, whether the training has diverged, the rates
 * and the losses so far, and the weights with their moments. Only ω is random.
 */
final class LearningRateDynamics implements Dynamics {

	/** Offsets in ω. */
	static final int INITIALIZATION = 0;
	static final int STYLE = 1;
	static final int WIDTH = 2;
	static final int OPTIMIZER = 3;
	static final int PARAMETERS = 4;

	/** Offsets in a state. */
	private static final int ITERATION = 0;
	private static final int DIVERGED = 1;
	private static final int RATES = 2;

	private static final int OBSERVATION = 4;
	/** Observed losses are natural logarithms over ln 10, clipped to ± this. */
	private static final double LOG_LOSS_CLIP = 8;
	/** The mean loss of a uniform guess. */
	private static final double CHANCE = Math.log(DigitImages.CLASSES);

	private static final InnerOptimizer[] OPTIMIZERS = InnerOptimizer.values();

	private final LearningRateControlSettings settings;
	private final double[] rates;
	private final int iterations;
	private final Pictures pictures;
	private final BoxSpace observationSpace = BoxSpace.uniform(OBSERVATION, (float) -LOG_LOSS_CLIP, (float) LOG_LOSS_CLIP);
	private final ActionSpace actionSpace;
	private final int losses;
	private final int network;
	private final int stateSize;

	/** Scratch memory for the standard width and the other one; allocated when first used. */
	private InnerTraining standard;
	private InnerTraining other;

	LearningRateDynamics(LearningRateControlSettings settings, Pictures pictures, int parameters) {
		this.settings = settings;
		this.pictures = pictures;
		rates = settings.rates().stream().mapToDouble(Double::doubleValue).toArray();
		iterations = settings.iterations();
		actionSpace = new DiscreteSpace(rates.length);
		losses = RATES + iterations;
		network = losses + iterations + 1;
		stateSize = network + 3 * parameters;
	}

	private LearningRateDynamics(LearningRateDynamics of) {
		this(of.settings, of.pictures.instance(), (of.stateSize - of.network) / 3);
	}

	@Override
	public Dynamics instance() {
		return new LearningRateDynamics(this);
	}

	@Override
	public BoxSpace observationSpace() {
		return observationSpace;
	}

	@Override
	public ActionSpace actionSpace() {
		return actionSpace;
	}

	@Override
	public int stateSize() {
		return stateSize;
	}

	@Override
	public int parameterCount() {
		return PARAMETERS;
	}

	@Override
	public int maxEpisodeSteps() {
		return iterations;
	}

	private InnerTraining training(double[] omega, int omegaOffset) {
		if (omega[omegaOffset + WIDTH] == settings.width()) {
			if (standard == null) {
				standard = new InnerTraining(settings, settings.width());
			}
			return standard;
		}
		if (other == null) {
			other = new InnerTraining(settings, settings.otherWidth());
		}
		return other;
	}

	private static long seed(double[] omega, int omegaOffset) {
		return Double.doubleToLongBits(omega[omegaOffset + INITIALIZATION]);
	}

	@Override
	public void start(double[] state, int stateOffset, double[] omega, int omegaOffset, RandomStream random) {
		Arrays.fill(state, stateOffset, stateOffset + stateSize, 0);
		InnerTraining training = training(omega, omegaOffset);
		training.start(state, stateOffset + network, seed(omega, omegaOffset));
		tell(state, stateOffset, omega, omegaOffset, training, 0);
	}

	/** Records the loss after an iteration. */
	private void tell(double[] state, int stateOffset, double[] omega, int omegaOffset, InnerTraining training, int iteration) {
		double loss = training.loss(state, stateOffset + network, seed(omega, omegaOffset),
				pictures.train((int) omega[omegaOffset + STYLE]), settings.evaluationImages());
		if (!Double.isFinite(loss)) {
			state[stateOffset + DIVERGED] = 1;
			Arrays.fill(state, stateOffset + network, stateOffset + stateSize, 0);
		}
		state[stateOffset + losses + iteration] = loss < settings.lossClip() ? loss : settings.lossClip();
	}

	@Override
	public void step(double[] state, double[] omega, ActionBatch actions, int lanes, RandomStream[] random, float[] rewards,
			boolean[] terminated) {
		for (int lane = 0; lane < lanes; lane++) {
			int s = lane * stateSize;
			// a lane that rests after its last iteration may be stepped further; the result is ignored
			int iteration = Math.min((int) state[s + ITERATION], iterations - 1);
			double rate = rates[actions.index[lane]];
			iterate(state, s, omega, lane * PARAMETERS, iteration, rate);
			state[s + ITERATION] = iteration + 1;
			state[s + RATES + iteration] = rate;
			rewards[lane] = (float) -state[s + losses + iteration + 1];
			terminated[lane] = iteration + 1 == iterations;
		}
	}

	private void iterate(double[] state, int stateOffset, double[] omega, int omegaOffset, int iteration, double rate) {
		if (state[stateOffset + DIVERGED] != 0) {
			state[stateOffset + losses + iteration + 1] = settings.lossClip();
			return;
		}
		InnerTraining training = training(omega, omegaOffset);
		training.train(state, stateOffset + network, seed(omega, omegaOffset),
				pictures.train((int) omega[omegaOffset + STYLE]), OPTIMIZERS[(int) omega[omegaOffset + OPTIMIZER]], rate,
				(long) iteration * settings.updates(), settings.updates());
		tell(state, stateOffset, omega, omegaOffset, training, iteration + 1);
	}

	@Override
	public void observe(double[] state, int stateOffset, double[] omega, int omegaOffset, float[] observation,
			int observationOffset) {
		int iteration = (int) state[stateOffset + ITERATION];
		observation[observationOffset] = (float) iteration / iterations;
		// 0 is the middle of the rates and also means no rate at the start; the iteration distinguishes the two
		double low = Math.log10(rates[0]);
		double high = Math.log10(rates[rates.length - 1]);
		observation[observationOffset + 1] = iteration == 0 ? 0
				: (float) (2 * (Math.log10(state[stateOffset + RATES + iteration - 1]) - low) / (high - low) - 1);
		observation[observationOffset + 2] = logLoss(state[stateOffset + losses + iteration]);
		observation[observationOffset + 3] = logLoss(state[stateOffset + losses + Math.max(0, iteration - 1)]);
	}

	private static float logLoss(double loss) {
		return (float) Math.clamp(Math.log(loss / CHANCE), -LOG_LOSS_CLIP, LOG_LOSS_CLIP);
	}

	@Override
	public List<Outcome> outcomes() {
		return List.of(
				new Outcome("accuracy", "Share of held-out pictures that the trained network classifies correctly", "",
						Outcome.InTrial.MEAN),
				new Outcome("final-loss", "Loss after the last iteration", "", Outcome.InTrial.MEAN),
				new Outcome("sum-of-losses", "Sum of the losses after all iterations", "", Outcome.InTrial.MEAN));
	}

	@Override
	public void outcomes(double[] state, int stateOffset, double[] omega, int omegaOffset, double[] outcomes,
			int outcomesOffset) {
		outcomes[outcomesOffset] = training(omega, omegaOffset).accuracy(state, stateOffset + network,
				pictures.test((int) omega[omegaOffset + STYLE]), settings.testImages());
		int iteration = (int) state[stateOffset + ITERATION];
		outcomes[outcomesOffset + 1] = state[stateOffset + losses + iteration];
		double sum = 0;
		for (int i = 1; i <= iteration; i++) {
			sum += state[stateOffset + losses + i];
		}
		outcomes[outcomesOffset + 2] = sum;
	}

	@Override
	public Optional<Trace> trace() {
		return Optional.of(new Trace(Trace.Kind.OVER_STEPS_LOGARITHMIC, List.of("learning-rate", "loss")));
	}

	@Override
	public void trace(double[] state, int stateOffset, double[] omega, int omegaOffset, double[] values, int valuesOffset) {
		int iteration = (int) state[stateOffset + ITERATION];
		// 0, which a logarithmic axis omits, since there is no rate before the first iteration
		values[valuesOffset] = iteration == 0 ? 0 : state[stateOffset + RATES + iteration - 1];
		values[valuesOffset + 1] = state[stateOffset + losses + iteration];
	}

	@Override
	public void render(double[] state, double[] omega, Graphics2D canvas, int width, int height) {
		int iteration = (int) state[ITERATION];
		TrainingPicture.draw(canvas, width, height, rates, iterations,
				Arrays.copyOfRange(state, RATES, RATES + iteration),
				Arrays.copyOfRange(state, losses, losses + iteration + 1));
	}
}
