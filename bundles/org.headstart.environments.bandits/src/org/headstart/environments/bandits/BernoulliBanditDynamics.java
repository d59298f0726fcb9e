package org.headstart.environments.bandits;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.util.List;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.environment.Outcome;
import org.headstart.api.environment.Outcome.InTrial;
import org.headstart.api.random.RandomStream;

/** One pull. State: the pulled arm, or −1 before the pull, and its reward. The observation is always 0. */
final class BernoulliBanditDynamics implements Dynamics {

	private static final Color BACKGROUND = new Color(0xFAFAF7);
	private static final Color FAINT = new Color(0xC9CED6);
	private static final Color INK = new Color(0x2E3440);
	private static final Color BLUE = new Color(0x3B6FB6);
	private static final Color ORANGE = new Color(0xE08A3C);
	private static final Color GREEN = new Color(0x3F9C6B);

	private static final int STATE = 2;
	private static final List<Outcome> OUTCOMES = List.of(
			new Outcome("regret", "The best arm's probability minus that of the arm pulled, added up over the pulls", "",
					InTrial.SUM),
			new Outcome("best-arm", "Share of pulls that went to the best arm", "", InTrial.MEAN));

	private final int arms;
	private final BoxSpace observationSpace = BoxSpace.uniform(1, 0, 1);
	private final DiscreteSpace actionSpace;

	BernoulliBanditDynamics(int arms) {
		this.arms = arms;
		actionSpace = new DiscreteSpace(arms);
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
		return arms;
	}

	@Override
	public int maxEpisodeSteps() {
		return 1;
	}

	@Override
	public void start(double[] state, int stateOffset, double[] omega, int omegaOffset, RandomStream random) {
		state[stateOffset] = -1;
		state[stateOffset + 1] = 0;
	}

	@Override
	public void step(double[] state, double[] omega, ActionBatch actions, int lanes, RandomStream[] random, float[] rewards,
			boolean[] terminated) {
		for (int lane = 0; lane < lanes; lane++) {
			int arm = actions.index[lane];
			float reward = random[lane].nextDouble() < omega[lane * arms + arm] ? 1 : 0;
			state[STATE * lane] = arm;
			state[STATE * lane + 1] = reward;
			rewards[lane] = reward;
			terminated[lane] = true;
		}
	}

	@Override
	public void observe(double[] state, int stateOffset, double[] omega, int omegaOffset, float[] observation,
			int observationOffset) {
		observation[observationOffset] = 0;
	}

	@Override
	public List<Outcome> outcomes() {
		return OUTCOMES;
	}

	@Override
	public void outcomes(double[] state, int stateOffset, double[] omega, int omegaOffset, double[] outcomes,
			int outcomesOffset) {
		double best = omega[omegaOffset];
		for (int arm = 1; arm < arms; arm++) {
			best = Math.max(best, omega[omegaOffset + arm]);
		}
		double regret = best - omega[omegaOffset + (int) state[stateOffset]];
		outcomes[outcomesOffset] = regret;
		outcomes[outcomesOffset + 1] = regret == 0 ? 1 : 0;
	}

	/** Draws the arms' probabilities as bars, the best arm outlined; the pulled arm is green if it paid, otherwise orange. */
	@Override
	public void render(double[] state, double[] omega, Graphics2D target, int width, int height) {
		int best = 0;
		for (int arm = 1; arm < arms; arm++) {
			best = omega[arm] > omega[best] ? arm : best;
		}
		Graphics2D canvas = (Graphics2D) target.create();
		try {
			canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
			canvas.setColor(BACKGROUND);
			canvas.fillRect(0, 0, width, height);
			double slot = 0.9 * width / arms;
			double full = 0.86 * height;
			double bottom = 0.93 * height;
			for (int arm = 0; arm < arms; arm++) {
				double left = 0.05 * width + (arm + 0.12) * slot;
				canvas.setColor(FAINT);
				canvas.fill(new Rectangle2D.Double(left, bottom - full, 0.76 * slot, full));
				canvas.setColor(arm != (int) state[0] ? BLUE : state[1] > 0 ? GREEN : ORANGE);
				Rectangle2D bar = new Rectangle2D.Double(left, bottom - full * omega[arm], 0.76 * slot, full * omega[arm]);
				canvas.fill(bar);
				if (arm == best) {
					canvas.setColor(INK);
					canvas.setStroke(new BasicStroke((float) Math.max(1, 0.008 * height)));
					canvas.draw(bar);
				}
			}
		} finally {
			canvas.dispose();
		}
	}
}
