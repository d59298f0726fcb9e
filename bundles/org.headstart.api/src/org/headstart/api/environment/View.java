package org.headstart.api.environment;

import java.util.Arrays;

/**
 * What lanes show of themselves. Beside the environment's own observation, in this order:
 * <ul>
 * <li>the <em>history</em>: what the last step was and did, that is the previous action (one-hot, or the clipped vector), the
 * previous reward, and a flag that is 1 when that step ended an episode, on time limits as well; all zero at the start of a trial
 * (Duan et al. 2016, "RL²", figure 1);</li>
 * <li>the <em>task</em>: its parameters ω, for an oracle that need not infer them (the lecture's s′ = (s, ω)).</li>
 * </ul>
 *
 * @param trial   how long lanes stay on a task
 * @param history whether the history is shown
 * @param task    whether ω is shown
 */
public record View(Trial trial, boolean history, boolean task) {

	/** The environment's observation alone, a task for every episode. */
	public static final View PLAIN = new View(Trial.EPISODE, false, false);

	/**
	 * Where what stands in an observation.
	 *
	 * @param dynamics the environment
	 * @return the layout
	 */
	public Layout layout(Dynamics dynamics) {
		int base = dynamics.observationSpace().size();
		int action = switch (dynamics.actionSpace()) {
			case DiscreteSpace discrete -> discrete.count();
			case BoxSpace box -> box.size();
		};
		int afterHistory = base + (history ? action + 2 : 0);
		return new Layout(base, base + action, base + action + 1, afterHistory,
				afterHistory + (task ? dynamics.parameterCount() : 0));
	}

	/**
	 * The space of the observations that are shown.
	 *
	 * @param dynamics the environment
	 * @return the space; {@code dynamics.observationSpace()} when neither history nor task is shown
	 */
	public BoxSpace observationSpace(Dynamics dynamics) {
		BoxSpace base = dynamics.observationSpace();
		if (!history && !task) {
			return base;
		}
		Layout layout = layout(dynamics);
		float[] low = Arrays.copyOf(base.low(), layout.size());
		float[] high = Arrays.copyOf(base.high(), layout.size());
		Arrays.fill(low, base.size(), low.length, Float.NEGATIVE_INFINITY);
		Arrays.fill(high, base.size(), high.length, Float.POSITIVE_INFINITY);
		if (history) {
			for (int i = layout.action(); i < layout.reward(); i++) {
				// zeros, at the start of a trial, belong to it too
				low[i] = dynamics.actionSpace() instanceof BoxSpace box ? Math.min(0, box.low()[i - layout.action()]) : 0;
				high[i] = dynamics.actionSpace() instanceof BoxSpace box ? Math.max(0, box.high()[i - layout.action()]) : 1;
			}
			low[layout.ended()] = 0;
			high[layout.ended()] = 1;
		}
		return new BoxSpace(low, high);
	}

	/**
	 * Where what stands in an observation; offsets in floats. The offsets of a part that is not shown are meaningless.
	 *
	 * @param action where the previous action begins
	 * @param reward where the previous reward stands
	 * @param ended  where the flag of an episode's end stands
	 * @param task   where ω begins
	 * @param size   floats of an observation
	 */
	public record Layout(int action, int reward, int ended, int task, int size) {
	}
}
