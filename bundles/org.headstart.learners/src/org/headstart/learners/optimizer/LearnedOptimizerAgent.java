package org.headstart.learners.optimizer;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.Lanes;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentSite;
import org.headstart.api.learner.AgentView;
import org.headstart.api.learner.Metrics;
import org.headstart.api.learner.Policy;
import org.headstart.api.network.Network;
import org.headstart.api.random.RandomStream;
import org.headstart.learners.DivergedException;

/**
 * The agent of the learned optimizer. It minimises the mean of Σ_t f(θ_t) over lanes (Andrychowicz et al. 2016, eq. 3 with
 * all w_t = 1) by back-propagation through T steps of θ_{t+1} = θ_t + a_t, a_t = m(∇f(θ_t), h_t):
 *
 * <pre>
 * ∂L/∂a_t = Σ_{s &gt; t} ∇f(θ_s)
 * </pre>
 *
 * where, as in the paper (figure 2, dashed edges), the gradients that the network reads are treated as constants. So it needs the gradients in later observations, but no second derivatives. Back-propagation through the recurrent state is exact.
 */
final class LearnedOptimizerAgent implements Agent {

	private final LearnedOptimizerSettings settings;
	private final Map<String, Network> networks;
	private final Network network;
	private final int coordinates;
	private final long plannedSteps;
	private final AgentView view;
	private final int outputOffset;
	private final int outputStride;
	private final RandomStream coordinateStream;

	private long stepsLearned;
	private long updates;

	private CoordinateLanes lanes;
	private Unroll unroll;
	/** [T × sequences] */
	private boolean[] restarts;
	/** Σ_{s > t} ∇f(θ_s) on the way back, [sequences]. */
	private double[] futureGradients;

	LearnedOptimizerAgent(LearnedOptimizerSettings settings, AgentSite site) {
		this.settings = settings;
		networks = site.networks();
		network = site.network();
		plannedSteps = site.plannedSteps();
		view = site.view();
		coordinates = coordinates(site);
		if (network.inputSize() != GradientPreprocessing.SIZE) {
			throw new IllegalArgumentException("the learned optimizer's network reads " + GradientPreprocessing.SIZE
					+ " floats, not " + network.inputSize());
		}
		outputOffset = network.headOffset(network.heads().indexOf(LearnedOptimizer.UPDATE));
		outputStride = network.outputStride();
		coordinateStream = site.streams().stream("coordinates");
	}

	private static int coordinates(AgentSite site) {
		AgentView view = site.view();
		if (view.training().history() || view.training().task()) {
			throw new IllegalArgumentException("the learned optimizer reads gradients only, so nothing must be added to them: set"
					+ " history: false and sees-task: false");
		}
		int observation = site.observationSpace().rowSize();
		if (!(site.actionSpace() instanceof BoxSpace box) || box.size() != observation) {
			throw new IllegalArgumentException("the learned optimizer needs gradients as observations and updates as actions, one"
					+ " of each for each coordinate; here an observation has " + observation + " components, and the action space is "
					+ site.actionSpace());
		}
		return observation;
	}

	@Override
	public Map<String, Network> networks() {
		return networks;
	}

	@Override
	public void begin(int number) {
		if (number < 1) {
			throw new IllegalArgumentException("lanes must be at least 1, is " + number);
		}
		if (lanes == null || lanes.lanes != number) {
			lanes = new CoordinateLanes(network, settings, view.memory(), number, coordinates);
			int kept = settings.coordinates() == 0 ? coordinates : Math.min(coordinates, settings.coordinates());
			unroll = new Unroll(settings.unroll(), number, kept, lanes.stateSize);
			restarts = new boolean[settings.unroll() * unroll.sequences];
			futureGradients = new double[unroll.sequences];
		}
		Arrays.fill(lanes.states, 0);
		unroll.clear();
	}

	private Unroll begun() {
		if (unroll == null) {
			throw new IllegalStateException("begin(lanes) comes first");
		}
		return unroll;
	}

	// ---- Acting

	@Override
	public void act(Lanes environment, ActionBatch actions) {
		float[] observations = environment.observations();
		Unroll into = begun();
		if (ready()) {
			throw new IllegalStateException("the unroll is full after " + into.steps + " steps: update() comes before act()");
		}
		int rows = into.lanes * coordinates;
		lanes.see(observations, rows);
		if (into.steps == 0) {
			choose(into);
			into.begin(lanes.states, coordinates);
		}
		into.keepInputs(lanes.inputs, coordinates);
		lanes.act(actions, rows);
	}

	/** Chooses K of the D coordinates of each lane; all subsets are equally likely (Knuth, algorithm 3.4.2 S). */
	private void choose(Unroll into) {
		int kept = into.kept;
		for (int lane = 0, at = 0; lane < into.lanes; lane++) {
			int left = kept;
			for (int i = 0; i < coordinates; i++) {
				if (left == coordinates - i || coordinateStream.nextInt(coordinates - i) < left) {
					into.chosen[at++] = i;
					left--;
				}
			}
		}
	}

	@Override
	public void observe(Lanes environment) {
		Unroll into = begun();
		boolean[] terminated = environment.terminated();
		boolean[] truncated = environment.truncated();
		boolean[] episodeEnded = environment.episodeEnded();
		boolean[] idle = environment.idle();
		float[] rewards = environment.rewards();
		for (int lane = 0; lane < into.lanes; lane++) {
			int row = into.steps * into.lanes + lane;
			boolean known = !idle[lane];
			float[] next = environment.observations();
			if (episodeEnded[lane]) {
				// between the episodes of a trial the last gradient is not shown
				known &= terminated[lane] || truncated[lane];
				next = environment.finalObservations();
			}
			into.keepNextGradient(lane, known ? next : null, lane * coordinates);
			into.ended[row] = episodeEnded[lane] || idle[lane];
			into.forgotten[row] = lanes.forgets(environment, lane);
			if (into.forgotten[row]) {
				lanes.forget(lane);
			}
			into.lossSum -= rewards[lane];
		}
		into.steps++;
	}

	@Override
	public boolean ready() {
		return unroll != null && unroll.steps == unroll.horizon;
	}

	// ---- Learning

	@Override
	public void update(Metrics metrics) {
		Unroll from = begun();
		if (from.steps == 0) {
			throw new IllegalStateException("there is nothing to learn from: act() and observe() come first");
		}
		float learningRate = (float) (settings.learningRate() * settings.schedule().factor(stepsLearned, plannedSteps));
		for (int step = 0, at = 0; step < from.steps; step++) {
			for (int lane = 0; lane < from.lanes; lane++) {
				boolean restart = step > 0 && from.forgotten[(step - 1) * from.lanes + lane];
				for (int k = 0; k < from.kept; k++) {
					restarts[at++] = restart;
				}
			}
		}
		network.forwardSequences(from.inputs, 0, from.steps, from.sequences, from.states, restarts);
		double meanUpdate = meanUpdate(from.steps * from.sequences);
		writeOutputGradients(from);
		network.backwardSequences(from.steps, from.sequences);

		double norm = Math.sqrt(network.gradientSquaredNorm());
		double loss = from.lossSum / (from.steps * from.lanes);
		if (!Double.isFinite(norm) || !Double.isFinite(loss)) {
			throw new DivergedException(String.format(Locale.ROOT,
					"the learned optimizer diverged after %d steps (update %d): loss %g, gradient norm %g at learning rate %g; "
							+ "check that observations and rewards are finite, or lower learning-rate, update-scale or max-gradient-norm",
					stepsLearned, updates + 1, loss, norm, learningRate));
		}
		double gradientScale = settings.maxGradientNorm() > 0 ? Math.min(1, settings.maxGradientNorm() / (norm + 1e-6)) : 1;
		network.update((float) gradientScale, learningRate);
		stepsLearned += (long) from.steps * from.lanes;
		updates++;
		from.clear();

		metrics.report("loss", loss);
		metrics.report("mean-update", meanUpdate);
		metrics.report("gradient-norm", norm);
		metrics.report("learning-rate", learningRate);
	}

	/** The mean of |a| over the chosen coordinates. */
	private double meanUpdate(int rows) {
		float[] outputs = network.outputs();
		double sum = 0;
		for (int row = 0, at = outputOffset; row < rows; row++, at += outputStride) {
			sum += Math.abs(outputs[at]);
		}
		return settings.updateScale() * sum / rows;
	}

	/**
	 * Writes ∂L / ∂ output, for L averaged over lanes and steps; if only some coordinates are chosen, their gradients are
	 * scaled up to represent all.
	 */
	private void writeOutputGradients(Unroll from) {
		float[] outputGradients = network.outputGradients();
		double weight = settings.updateScale() * coordinates / ((double) from.kept * from.lanes * from.steps);
		Arrays.fill(futureGradients, 0);
		for (int step = from.steps - 1; step >= 0; step--) {
			for (int lane = 0; lane < from.lanes; lane++) {
				boolean ended = from.ended[step * from.lanes + lane];
				int sequence = lane * from.kept;
				int row = step * from.sequences + sequence;
				for (int k = 0; k < from.kept; k++) {
					double future = from.nextGradients[row + k] + (ended ? 0 : futureGradients[sequence + k]);
					futureGradients[sequence + k] = future;
					outputGradients[(row + k) * outputStride + outputOffset] = (float) (weight * future);
				}
			}
		}
	}

	// ---- Evaluation

	/** {@inheritDoc} The policy is deterministic, so {@code greedy} has no effect. */
	@Override
	public Policy policy(int most, boolean greedy) {
		return new UpdatePolicy(new CoordinateLanes(network, settings, view.memory(), most, coordinates));
	}

	private record UpdatePolicy(CoordinateLanes lanes) implements Policy {

		@Override
		public void act(Lanes environment, ActionBatch actions) {
			float[] observations = environment.observations();
			int rows = Math.min(observations.length, lanes.lanes * lanes.coordinates);
			lanes.see(observations, rows);
			lanes.act(actions, rows);
		}

		@Override
		public void observe(Lanes environment) {
			for (int lane = 0; lane < environment.lanes(); lane++) {
				if (lanes.forgets(environment, lane)) {
					lanes.forget(lane);
				}
			}
		}
	}

	// ---- Warm start

	@Override
	public void restart(boolean keepNormalisers) {
		network.resetOptimizer();
		stepsLearned = 0;
		updates = 0;
		if (lanes != null) {
			begin(lanes.lanes);
		}
	}

	/** All knowledge is in the network. */
	@Override
	public void writeKnowledge(DataOutput out) throws IOException {
		// nothing beside the network
	}

	@Override
	public void readKnowledge(DataInput knowledge, boolean policy) throws IOException {
		// nothing beside the network
	}

	// ---- Checkpoint

	@Override
	public void writeState(DataOutput out) throws IOException {
		network.writeState(out);
		coordinateStream.writeState(out);
		out.writeLong(stepsLearned);
		out.writeLong(updates);
		out.writeInt(lanes == null ? 0 : lanes.lanes);
		if (lanes != null) {
			Unroll.write(out, lanes.states, lanes.states.length);
			unroll.writeState(out);
		}
	}

	@Override
	public void readState(DataInput in) throws IOException {
		network.readState(in);
		coordinateStream.readState(in);
		stepsLearned = in.readLong();
		updates = in.readLong();
		int number = in.readInt();
		if (number < 0 || number > settings.lanes()) {
			throw new IOException("the state has " + number + " lanes, the learner has " + settings.lanes());
		}
		if (number == 0) {
			lanes = null;
			unroll = null;
			return;
		}
		begin(number);
		Unroll.read(in, lanes.states, lanes.states.length);
		unroll.readState(in);
	}
}
