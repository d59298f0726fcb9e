package org.headstart.api.environment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The observation that lanes show. It consists of the environment's own observation and, in this order:
 * <ul>
 * <li>the <em>history</em>, if shown: the previous action (one-hot, several choices side by side, or the clipped vector),
 * the previous reward, and a flag that is 1 if the previous step ended an episode, also by the time limit; all zero at the
 * start of a trial (Duan et al. 2016, "RL²", figure 1);</li>
 * <li>the <em>task</em>, if shown: its parameters ω, for an oracle that need not infer them (s′ = (s, ω)).</li>
 * </ul>
 *
 * @param trial   how long lanes stay on a task
 * @param history whether the history is shown
 * @param task    whether ω is shown
 */
public record View(Trial trial, boolean history, boolean task) {

	/** The part that shows the history. */
	public static final String HISTORY = "history";
	/** The part that shows the task. */
	public static final String TASK = "task";

	/** The environment's observation alone, a task for every episode. */
	public static final View PLAIN = new View(Trial.EPISODE, false, false);

	/**
	 * Offsets of an observation's parts.
	 *
	 * @param environment the environment
	 * @return the layout
	 */
	public Layout layout(EnvironmentDescription environment) {
		int base = environment.observationParts().stream().mapToInt(part -> part.isBytes() ? 0 : part.size()).sum();
		int action = size(environment.actionSpace());
		int afterHistory = base + (history ? action + 2 : 0);
		return new Layout(base, base + action, base + action + 1, afterHistory,
				afterHistory + (task ? environment.parameterCount() : 0));
	}

	/**
	 * The space of the observations: the environment's own parts, and the parts {@value #HISTORY} and {@value #TASK} if they
	 * are shown.
	 *
	 * @param environment the environment
	 * @return the space
	 */
	public ObservationSpace observationSpace(EnvironmentDescription environment) {
		List<ObservationPart> parts = new ArrayList<>(environment.observationParts());
		if (history) {
			parts.add(ObservationPart.numbers(HISTORY, history(environment.actionSpace())));
		}
		if (task && environment.parameterCount() > 0) {
			parts.add(ObservationPart.numbers(TASK,
					BoxSpace.uniform(environment.parameterCount(), Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY)));
		}
		return new ObservationSpace(parts);
	}

	private static BoxSpace history(ActionSpace actions) {
		int size = size(actions);
		float[] low = new float[size + 2];
		float[] high = new float[size + 2];
		for (int i = 0; i < size; i++) {
			// the bounds include the zeros at the start of a trial
			low[i] = actions instanceof BoxSpace box ? Math.min(0, box.low()[i]) : 0;
			high[i] = actions instanceof BoxSpace box ? Math.max(0, box.high()[i]) : 1;
		}
		low[size] = Float.NEGATIVE_INFINITY;
		high[size] = Float.POSITIVE_INFINITY;
		low[size + 1] = 0;
		high[size + 1] = 1;
		return new BoxSpace(low, high);
	}

	private static int size(ActionSpace actions) {
		return actions instanceof BoxSpace box ? box.size() : Arrays.stream(actions.counts()).sum();
	}

	/**
	 * Offsets of an observation's parts, in floats. The offsets of a part that is not shown are meaningless.
	 *
	 * @param action offset of the previous action
	 * @param reward offset of the previous reward
	 * @param ended  offset of the flag for an episode's end
	 * @param task   offset of ω
	 * @param size   floats of an observation
	 */
	public record Layout(int action, int reward, int ended, int task, int size) {}
}
