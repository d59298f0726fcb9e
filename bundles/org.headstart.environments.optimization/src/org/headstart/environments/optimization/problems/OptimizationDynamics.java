package org.headstart.environments.optimization.problems;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.environment.Outcome;
import org.headstart.api.environment.Trace;
import org.headstart.api.random.RandomStream;

/**
 * θ ← θ + a; the reward is −f(θ) after the step, where f is bounded by {@link Objective#highestLoss()}; the observation is ∇f(θ).
 *
 * <p>State: θ, ∇f(θ), the function, the number of steps, and all losses since the start, for the picture. ω is the
 * function's seed and determines everything; no random stream is used.
 */
final class OptimizationDynamics implements Dynamics {

	private static final double LOWEST_TRACED = 1e-12;

	private static final Color BACKGROUND = new Color(0xFAFAF7);
	private static final Color PAPER = Color.WHITE;
	private static final Color GRID = new Color(0xECEEF1);
	private static final Color AXIS = new Color(0xC9CED6);
	private static final Color BLUE = new Color(0x3B6FB6);
	private static final Color GREEN = new Color(0x3F9C6B);
	private static final Color ORANGE = new Color(0xD08770);

	private final Objective objective;
	private final int dimension;
	private final int horizon;
	private final float maxUpdate;
	private final BoxSpace observationSpace;
	private final BoxSpace actionSpace;
	private final List<Outcome> outcomes;
	private final Optional<Trace> trace;

	// offsets in a lane's state
	private final int gradientAt;
	private final int functionAt;
	private final int stepAt;
	private final int lossesAt;

	OptimizationDynamics(Objective objective, int horizon, double maxUpdate) {
		this(objective, horizon, (float) maxUpdate, outcomes(objective));
	}

	private OptimizationDynamics(Objective objective, int horizon, float maxUpdate, List<Outcome> outcomes) {
		this.objective = objective;
		this.horizon = horizon;
		this.maxUpdate = maxUpdate;
		this.outcomes = outcomes;
		dimension = objective.dimension();
		observationSpace = BoxSpace.uniform(dimension, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
		actionSpace = BoxSpace.uniform(dimension, -maxUpdate, maxUpdate);
		trace = Optional.of(new Trace(Trace.Kind.OVER_STEPS_LOGARITHMIC, List.of("loss")));
		gradientAt = dimension;
		functionAt = 2 * dimension;
		stepAt = functionAt + objective.size();
		lossesAt = stepAt + 1;
	}

	private static List<Outcome> outcomes(Objective objective) {
		List<Outcome> all = new ArrayList<>();
		all.add(new Outcome("final-loss", "The loss after the last step", "", Outcome.InTrial.LAST));
		all.add(new Outcome("final-loss-log10", "Decimal logarithm of the final loss; its mean is not dominated by single hard problems",
				"",
				Outcome.InTrial.LAST));
		all.addAll(objective.outcomes());
		return List.copyOf(all);
	}

	@Override
	public Dynamics instance() {
		return new OptimizationDynamics(objective.instance(), horizon, maxUpdate, outcomes);
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
		return lossesAt + horizon + 1;
	}

	@Override
	public int parameterCount() {
		return 1;
	}

	@Override
	public int maxEpisodeSteps() {
		return horizon;
	}

	@Override
	public void start(double[] state, int stateOffset, double[] omega, int omegaOffset, RandomStream random) {
		long seed = (long) omega[omegaOffset];
		objective.draw(seed, state, stateOffset + functionAt, state, stateOffset);
		for (int i = stepAt; i < lossesAt + horizon + 1; i++) {
			state[stateOffset + i] = 0;
		}
		evaluate(seed, 0, state, stateOffset);
	}

	private double evaluate(long seed, int step, double[] state, int at) {
		double loss = objective.evaluate(seed, step, state, at + functionAt, state, at, state, at + gradientAt);
		state[at + stepAt] = step;
		state[at + lossesAt + step] = loss;
		return loss;
	}

	@Override
	public void step(double[] state, double[] omega, ActionBatch actions, int lanes, RandomStream[] random, float[] rewards,
			boolean[] terminated) {
		int size = stateSize();
		for (int lane = 0; lane < lanes; lane++) {
			int at = lane * size;
			for (int i = 0; i < dimension; i++) {
				state[at + i] += Math.clamp(actions.values[lane * dimension + i], -maxUpdate, maxUpdate);
			}
			// a resting aligned lane is stepped as well, and restored afterwards
			int step = Math.min((int) state[at + stepAt] + 1, horizon);
			double loss = evaluate((long) omega[lane], step, state, at);
			rewards[lane] = (float) -Math.min(loss, objective.highestLoss());
			terminated[lane] = false;
		}
	}

	@Override
	public void observe(double[] state, int stateOffset, double[] omega, int omegaOffset, float[] observation,
			int observationOffset) {
		for (int i = 0; i < dimension; i++) {
			observation[observationOffset + i] = (float) state[stateOffset + gradientAt + i];
		}
	}

	private double loss(double[] state, int at) {
		return state[at + lossesAt + (int) state[at + stepAt]];
	}

	@Override
	public List<Outcome> outcomes() {
		return outcomes;
	}

	@Override
	public void outcomes(double[] state, int stateOffset, double[] omega, int omegaOffset, double[] values, int outcomesOffset) {
		double loss = loss(state, stateOffset);
		values[outcomesOffset] = loss;
		values[outcomesOffset + 1] = StrictMath.log10(Math.max(loss, LOWEST_TRACED));
		objective.outcomes(state, stateOffset, values, outcomesOffset + 2);
	}

	@Override
	public Optional<Trace> trace() {
		return trace;
	}

	@Override
	public void trace(double[] state, int stateOffset, double[] omega, int omegaOffset, double[] values, int valuesOffset) {
		values[valuesOffset] = Math.max(loss(state, stateOffset), LOWEST_TRACED);
	}

	/**
	 * Draws the losses so far on a logarithmic axis with a line for each decade, and below it ∇f, each coordinate relative
	 * to the largest.
	 */
	@Override
	public void render(double[] state, double[] omega, Graphics2D target, int width, int height) {
		Graphics2D canvas = (Graphics2D) target.create();
		try {
			canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
			canvas.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
			canvas.setColor(BACKGROUND);
			canvas.fill(new Rectangle2D.Double(0, 0, width, height));
			double left = 0.06 * width;
			double right = 0.94 * width;
			double top = 0.06 * height;
			double middle = 0.68 * height;
			double bottom = 0.94 * height;
			renderLosses(state, canvas, left, right, top, middle);
			renderGradient(state, canvas, left, right, middle + 0.05 * height, bottom);
		} finally {
			canvas.dispose();
		}
	}

	private void renderLosses(double[] state, Graphics2D canvas, double left, double right, double top, double bottom) {
		canvas.setColor(PAPER);
		canvas.fill(new Rectangle2D.Double(left, top, right - left, bottom - top));
		int now = (int) state[stepAt];
		double highest = Math.log10(objective.highestLoss());
		double least = Double.POSITIVE_INFINITY;
		for (int i = 0; i <= now; i++) {
			least = Math.min(least, Math.log10(Math.max(state[lossesAt + i], LOWEST_TRACED)));
		}
		double lowest = Math.min(Math.floor(least), highest - 4);
		double unit = (bottom - top) / (highest - lowest);
		canvas.setStroke(new BasicStroke(1));
		canvas.setColor(GRID);
		for (double decade = Math.ceil(lowest); decade <= highest; decade++) {
			double y = bottom - (decade - lowest) * unit;
			canvas.draw(new Line2D.Double(left, y, right, y));
		}
		canvas.setColor(AXIS);
		canvas.draw(new Rectangle2D.Double(left, top, right - left, bottom - top));
		Path2D curve = new Path2D.Double();
		double x = left;
		double y = bottom;
		for (int i = 0; i <= now; i++) {
			x = left + (right - left) * i / horizon;
			double value = Math.clamp(Math.log10(Math.max(state[lossesAt + i], LOWEST_TRACED)), lowest, highest);
			y = bottom - (value - lowest) * unit;
			if (i == 0) {
				curve.moveTo(x, y);
			} else {
				curve.lineTo(x, y);
			}
		}
		canvas.setColor(BLUE);
		canvas.setStroke(new BasicStroke(2));
		canvas.draw(curve);
		canvas.fill(new Rectangle2D.Double(x - 3, y - 3, 6, 6));
	}

	private void renderGradient(double[] state, Graphics2D canvas, double left, double right, double top, double bottom) {
		double largest = Double.MIN_NORMAL;
		for (int i = 0; i < dimension; i++) {
			largest = Math.max(largest, Math.abs(state[gradientAt + i]));
		}
		double zero = 0.5 * (top + bottom);
		double wide = (right - left) / dimension;
		for (int i = 0; i < dimension; i++) {
			double share = state[gradientAt + i] / largest;
			double tall = Math.abs(share) * (bottom - zero);
			canvas.setColor(share > 0 ? ORANGE : GREEN);
			canvas.fill(new Rectangle2D.Double(left + i * wide, share > 0 ? zero - tall : zero, Math.max(0.8 * wide, 0.5), tall));
		}
		canvas.setColor(AXIS);
		canvas.setStroke(new BasicStroke(1));
		canvas.draw(new Line2D.Double(left, zero, right, zero));
	}
}
