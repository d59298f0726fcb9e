package org.headstart.api.strategy;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

import org.headstart.api.checkpoint.Checkpointed;

/**
 * A strategy's own training loop, given by one iteration and the state between iterations. The engine runs it
 * ({@link StrategyRun#loop}) and writes checkpoints between iterations; a resumed run continues with the next iteration and
 * repeats none.
 *
 * <p>The loop's state excludes that of its agents and lanes. It contains, for example, averages, schedules, replay, random
 * streams and a policy's memory. Thread-confined.
 */
@FunctionalInterface
public interface Loop extends Checkpointed {

	/**
	 * Runs one iteration. It should take seconds: on a cancel the engine waits one second for its end, and otherwise
	 * discards it and keeps the last checkpoint.
	 *
	 * @param run the operations of an iteration
	 * @return whether another iteration follows
	 * @throws IOException                                when a file cannot be read or written
	 * @throws java.util.concurrent.CancellationException when the user cancels
	 */
	boolean run(LoopRun run) throws IOException;

	@Override
	default void writeState(DataOutput out) throws IOException {
		// many loops have no state beside that of their agents
	}

	@Override
	default void readState(DataInput in) throws IOException {
		// many loops have no state beside that of their agents
	}
}
