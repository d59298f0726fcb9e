package org.headstart.environments.bandits;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.util.List;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.environment.Outcome;
import org.headstart.api.environment.Outcome.InTrial;
import org.headstart.api.random.RandomStream;

/** A walk through the process ω. State: the process's state, from 0, and the sum of the episode's mean rewards so far. */
final class TabularMdpDynamics implements Dynamics {

	private static final Color BACKGROUND = new Color(0xFAFAF7);
	private static final Color INK = new Color(0x2E3440);
	private static final Color BLUE = new Color(0x3B6FB6);
	private static final Color ORANGE = new Color(0xE08A3C);
	private static final Color GREEN = new Color(0x3F9C6B);

	private static final int STATE = 2;
	private static final List<Outcome> OUTCOMES = List.of(new Outcome("regret",
			"Value of the optimal plan minus the mean rewards of the visited pairs (state, action)", "", InTrial.SUM));

	private final MdpSize size;
	private final BoxSpace observationSpace;
	private final DiscreteSpace actionSpace;
	private final BackwardInduction induction;
	private final double[] values;

	TabularMdpDynamics(MdpSize size) {
		this.size = size;
		observationSpace = BoxSpace.uniform(size.states(), 0, 1);
		actionSpace = new DiscreteSpace(size.actions());
		induction = new BackwardInduction(size);
		values = new double[size.values()];
	}

	@Override
	public Dynamics instance() {
		return new TabularMdpDynamics(size);
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
		return STATE;
	}

	@Override
	public int parameterCount() {
		return size.model();
	}

	@Override
	public int maxEpisodeSteps() {
		return size.horizon();
	}

	@Override
	public void start(double[] state, int stateOffset, double[] omega, int omegaOffset, RandomStream random) {
		state[stateOffset] = 0;
		state[stateOffset + 1] = 0;
	}

	@Override
	public void step(double[] state, double[] omega, ActionBatch actions, int lanes, RandomStream[] random, float[] rewards,
			boolean[] terminated) {
		for (int lane = 0; lane < lanes; lane++) {
			int s = STATE * lane;
			int w = size.model() * lane;
			int pair = (int) state[s] * size.actions() + actions.index[lane];
			double mean = omega[w + pair];
			rewards[lane] = (float) (mean + random[lane].nextGaussian());
			state[s] = next(omega, w + size.transitions(pair), random[lane].nextDouble());
			state[s + 1] += mean;
			terminated[lane] = false;
		}
	}

	private int next(double[] omega, int offset, double draw) {
		double left = draw;
		int last = size.states() - 1;
		for (int next = 0; next < last; next++) {
			left -= omega[offset + next];
			if (left < 0) {
				return next;
			}
		}
		return last;
	}

	@Override
	public void observe(double[] state, int stateOffset, double[] omega, int omegaOffset, float[] observation,
			int observationOffset) {
		for (int i = 0; i < size.states(); i++) {
			observation[observationOffset + i] = i == (int) state[stateOffset] ? 1 : 0;
		}
	}

	@Override
	public List<Outcome> outcomes() {
		return OUTCOMES;
	}

	@Override
	public void outcomes(double[] state, int stateOffset, double[] omega, int omegaOffset, double[] outcomes,
			int outcomesOffset) {
		outcomes[outcomesOffset] = induction.solve(omega, omegaOffset, values, 0) - state[stateOffset + 1];
	}

	/**
	 * Draws the states as discs on a circle, coloured by the mean reward of the best action (green above 1, orange below).
	 * Lines lead from the present state, which is outlined, to the next states of its best action; their thickness shows the
	 * probability.
	 */
	@Override
	public void render(double[] state, double[] omega, Graphics2D target, int width, int height) {
		Graphics2D canvas = (Graphics2D) target.create();
		try {
			canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
			canvas.setColor(BACKGROUND);
			canvas.fillRect(0, 0, width, height);
			canvas.translate(width / 2.0, height / 2.0);
			double unit = 0.4 * Math.min(width, height);
			canvas.scale(unit, unit);
			int here = (int) state[0];
			int pair = here * size.actions() + bestAction(omega, here);
			canvas.setColor(BLUE);
			for (int next = 0; next < size.states(); next++) {
				canvas.setStroke(new BasicStroke((float) (0.15 * omega[size.transitions(pair) + next])));
				canvas.draw(new Line2D.Double(x(here), y(here), x(next), y(next)));
			}
			double disc = Math.min(0.16, 1.8 / size.states());
			for (int i = 0; i < size.states(); i++) {
				double reward = omega[i * size.actions() + bestAction(omega, i)];
				double radius = disc * Math.clamp(0.4 + 0.2 * Math.abs(reward - 1), 0.4, 1.0);
				Ellipse2D circle = new Ellipse2D.Double(x(i) - radius, y(i) - radius, 2 * radius, 2 * radius);
				canvas.setColor(reward > 1 ? GREEN : ORANGE);
				canvas.fill(circle);
				if (i == here) {
					canvas.setColor(INK);
					canvas.setStroke(new BasicStroke((float) (0.25 * disc)));
					canvas.draw(circle);
				}
			}
		} finally {
			canvas.dispose();
		}
	}

	private int bestAction(double[] omega, int state) {
		int best = 0;
		for (int action = 1; action < size.actions(); action++) {
			best = omega[state * size.actions() + action] > omega[state * size.actions() + best] ? action : best;
		}
		return best;
	}

	private double x(int state) {
		return Math.sin(2 * Math.PI * state / size.states());
	}

	private double y(int state) {
		return -Math.cos(2 * Math.PI * state / size.states());
	}
}
