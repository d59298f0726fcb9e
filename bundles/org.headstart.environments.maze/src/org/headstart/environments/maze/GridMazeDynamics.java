package org.headstart.environments.maze;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Optional;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.environment.Outcome;
import org.headstart.api.environment.Outcome.InTrial;
import org.headstart.api.environment.Trace;
import org.headstart.api.random.RandomStream;

/**
 * Walking through a maze. State: x, y, heading, steps so far, whether the target was reached. Observation: for the rays to the
 * left, ahead and to the right, free cells as a share of the longest corridor, and whether the target is on them.
 */
final class GridMazeDynamics implements Dynamics {

	static final int FORWARD = 0;
	static final int LEFT = 1;
	static final int ACTIONS = 3;
	static final double TARGET_REWARD = 1;
	static final double STEP_REWARD = -0.04;
	static final double WALL_REWARD = -0.001;

	private static final Color BACKGROUND = new Color(0xFAFAF7);
	private static final Color INK = new Color(0x2E3440);
	private static final Color FAINT = new Color(0xC9CED6);
	private static final Color BLUE = new Color(0x3B6FB6);
	private static final Color GREEN = new Color(0x3F9C6B);

	private static final int STATE = 5;
	private static final int RAYS = 3;
	private static final List<Outcome> OUTCOMES = List.of(
			new Outcome("success", "Share of episodes in which the target was reached", "", InTrial.MEAN),
			new Outcome("length", "Steps of an episode", "steps", InTrial.MEAN),
			new Outcome("last-length", "Steps of a trial's last episode", "steps", InTrial.LAST));
	private static final Optional<Trace> TRACE = Optional.of(
			new Trace(Trace.Kind.PLANE, List.of("x", "y", "target-x", "target-y")));

	private final MazeLaw law;
	private final int maxEpisodeSteps;
	private final BoxSpace observationSpace = BoxSpace.uniform(2 * RAYS, 0, 1);
	private final DiscreteSpace actionSpace = new DiscreteSpace(ACTIONS);

	GridMazeDynamics(MazeLaw law, int maxEpisodeSteps) {
		this.law = law;
		this.maxEpisodeSteps = maxEpisodeSteps;
	}

	/** @return the heading after a number of turns by 90° to the right */
	static int turn(int heading, int right) {
		return (heading + right + MazeLaw.HEADINGS) % MazeLaw.HEADINGS;
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
		return law.parameters();
	}

	@Override
	public int maxEpisodeSteps() {
		return maxEpisodeSteps;
	}

	@Override
	public void start(double[] state, int stateOffset, double[] omega, int omegaOffset, RandomStream random) {
		for (int i = 0; i < 3; i++) {
			state[stateOffset + i] = omega[omegaOffset + law.start() + i];
		}
		state[stateOffset + 3] = 0;
		state[stateOffset + 4] = 0;
	}

	@Override
	public void step(double[] state, double[] omega, ActionBatch actions, int lanes, RandomStream[] random, float[] rewards,
			boolean[] terminated) {
		for (int lane = 0; lane < lanes; lane++) {
			int s = STATE * lane;
			int w = law.parameters() * lane;
			int heading = (int) state[s + 2];
			double reward = STEP_REWARD;
			if (actions.index[lane] != FORWARD) {
				state[s + 2] = turn(heading, actions.index[lane] == LEFT ? -1 : 1);
			} else if (law.open(omega, w, (int) state[s], (int) state[s + 1], heading)) {
				state[s] += MazeLaw.stepX(heading);
				state[s + 1] += MazeLaw.stepY(heading);
			} else {
				reward += WALL_REWARD;
			}
			boolean reached = state[s] == omega[w + law.target()] && state[s + 1] == omega[w + law.target() + 1];
			state[s + 3]++;
			state[s + 4] = reached ? 1 : 0;
			rewards[lane] = (float) (reached ? reward + TARGET_REWARD : reward);
			terminated[lane] = reached;
		}
	}

	@Override
	public void observe(double[] state, int stateOffset, double[] omega, int omegaOffset, float[] observation,
			int observationOffset) {
		double targetX = omega[omegaOffset + law.target()];
		double targetY = omega[omegaOffset + law.target() + 1];
		for (int ray = 0; ray < RAYS; ray++) {
			int heading = turn((int) state[stateOffset + 2], ray - 1);
			int x = (int) state[stateOffset];
			int y = (int) state[stateOffset + 1];
			int free = 0;
			boolean seen = false;
			while (law.open(omega, omegaOffset, x, y, heading)) {
				x += MazeLaw.stepX(heading);
				y += MazeLaw.stepY(heading);
				free++;
				seen |= x == targetX && y == targetY;
			}
			observation[observationOffset + 2 * ray] = (float) free / (law.size() - 1);
			observation[observationOffset + 2 * ray + 1] = seen ? 1 : 0;
		}
	}

	@Override
	public List<Outcome> outcomes() {
		return OUTCOMES;
	}

	@Override
	public void outcomes(double[] state, int stateOffset, double[] omega, int omegaOffset, double[] outcomes,
			int outcomesOffset) {
		outcomes[outcomesOffset] = state[stateOffset + 4];
		outcomes[outcomesOffset + 1] = state[stateOffset + 3];
		outcomes[outcomesOffset + 2] = state[stateOffset + 3];
	}

	@Override
	public Optional<Trace> trace() {
		return TRACE;
	}

	/** Rows count upwards here, like the axes of a chart. */
	@Override
	public void trace(double[] state, int stateOffset, double[] omega, int omegaOffset, double[] values, int valuesOffset) {
		values[valuesOffset] = state[stateOffset];
		values[valuesOffset + 1] = law.size() - 1 - state[stateOffset + 1];
		values[valuesOffset + 2] = omega[omegaOffset + law.target()];
		values[valuesOffset + 3] = law.size() - 1 - omega[omegaOffset + law.target() + 1];
	}

	@Override
	public void render(double[] state, double[] omega, Graphics2D target, int width, int height) {
		Graphics2D canvas = (Graphics2D) target.create();
		try {
			canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
			canvas.setColor(BACKGROUND);
			canvas.fillRect(0, 0, width, height);
			int size = law.size();
			double cell = 0.9 * Math.min(width, height) / size;
			canvas.translate((width - cell * size) / 2, (height - cell * size) / 2);
			canvas.scale(cell, cell);

			canvas.setColor(FAINT);
			int start = law.start();
			canvas.fill(new Rectangle2D.Double(omega[start] + 0.3, omega[start + 1] + 0.3, 0.4, 0.4));
			canvas.setColor(GREEN);
			canvas.fill(new Ellipse2D.Double(omega[law.target()] + 0.25, omega[law.target() + 1] + 0.25, 0.5, 0.5));
			canvas.setColor(BLUE);
			canvas.fill(arrow(state));

			canvas.setColor(INK);
			canvas.setStroke(new BasicStroke(0.08f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
			canvas.draw(new Rectangle2D.Double(0, 0, size, size));
			for (int y = 0; y < size; y++) {
				for (int x = 0; x < size; x++) {
					if (x < size - 1 && !law.open(omega, 0, x, y, 1)) {
						canvas.draw(new Line2D.Double(x + 1, y, x + 1, y + 1));
					}
					if (y < size - 1 && !law.open(omega, 0, x, y, 2)) {
						canvas.draw(new Line2D.Double(x, y + 1, x + 1, y + 1));
					}
				}
			}
		} finally {
			canvas.dispose();
		}
	}

	/** The agent as an arrow in the direction of its heading. */
	private static Path2D arrow(double[] state) {
		double x = state[0] + 0.5;
		double y = state[1] + 0.5;
		double aheadX = 0.32 * MazeLaw.stepX((int) state[2]);
		double aheadY = 0.32 * MazeLaw.stepY((int) state[2]);
		Path2D arrow = new Path2D.Double();
		arrow.moveTo(x + aheadX, y + aheadY);
		arrow.lineTo(x - aheadX - 0.75 * aheadY, y - aheadY + 0.75 * aheadX);
		arrow.lineTo(x - aheadX + 0.75 * aheadY, y - aheadY - 0.75 * aheadX);
		arrow.closePath();
		return arrow;
	}
}
