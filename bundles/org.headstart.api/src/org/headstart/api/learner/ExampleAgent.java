package org.headstart.api.learner;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.Examples;
import org.headstart.api.environment.Lanes;

/**
 * An agent that learns from a task's examples and does not act meanwhile: the agent of every learner whose budget is not
 * counted in environment steps ({@link Learner#unit}). The engine owns the loop:
 *
 * <pre>
 * agent.begin(examples);
 * while (…) {
 *   agent.update(metrics);
 * }
 * </pre>
 *
 * <p>An {@code update} learns from the number of examples given by {@link Learner#experience}, and allocates nothing. The
 * methods of {@link Agent} for training in lanes are never called; the agent is judged in lanes by its {@link #policy}, like
 * every other agent.
 */
public interface ExampleAgent extends Agent {

	/**
	 * Prepares to learn from the examples of a task.
	 *
	 * @param examples the examples to learn from; open until the phase ends, and closed by the engine
	 */
	void begin(Examples examples);

	/** @throws IllegalStateException always: this agent collects no experience */
	@Override
	default void begin(int lanes) {
		throw actsNowhere();
	}

	/** @throws IllegalStateException always: this agent collects no experience */
	@Override
	default void act(Lanes environment, ActionBatch actions) {
		throw actsNowhere();
	}

	/** @throws IllegalStateException always: this agent collects no experience */
	@Override
	default void observe(Lanes environment) {
		throw actsNowhere();
	}

	/** @return true: there are always examples */
	@Override
	default boolean ready() {
		return true;
	}

	private IllegalStateException actsNowhere() {
		return new IllegalStateException(getClass().getSimpleName() + " learns from examples and acts in no lanes");
	}
}
