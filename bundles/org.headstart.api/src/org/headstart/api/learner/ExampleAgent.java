package org.headstart.api.learner;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.Examples;
import org.headstart.api.environment.Lanes;

/**
 * An agent that learns from a task's examples and acts nowhere meanwhile: of every learner whose budget is counted in something else
 * than environment steps ({@link Learner#unit}). The engine owns the loop:
 *
 * <pre>
 * agent.begin(examples);
 * while (…) {
 *   agent.update(metrics);
 * }
 * </pre>
 *
 * <p>An {@code update} learns from as many examples as {@link Learner#experience} says, and allocates nothing. What of an
 * {@link Agent} has to do with lanes is never called; the agent is judged in lanes by its {@link #policy} as every other is.
 */
public interface ExampleAgent extends Agent {

	/**
	 * Gets ready to learn from the examples of a task.
	 *
	 * @param examples those to learn from; open until the phase ends, and closed by the engine
	 */
	void begin(Examples examples);

	/** @throws IllegalStateException always: nobody may collect experience with this agent */
	@Override
	default void begin(int lanes) {
		throw actsNowhere();
	}

	/** @throws IllegalStateException always: nobody may collect experience with this agent */
	@Override
	default void act(Lanes environment, ActionBatch actions) {
		throw actsNowhere();
	}

	/** @throws IllegalStateException always: nobody may collect experience with this agent */
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
