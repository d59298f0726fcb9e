package org.headstart.api.strategy;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

import org.headstart.api.checkpoint.Checkpointed;

/**
 * A loop of a strategy's own: one iteration, and the state that is kept from iteration to iteration. The engine runs it
 * ({@link StrategyRun#loop}), and writes checkpoints between iterations: a resumed run goes on with the next one and repeats none.
 *
 * <p>The loop's state is what the agents' and the lanes' are not: averages, schedules, replay, random streams, a policy's memory.
 * Thread-confined.
 */
@FunctionalInterface
public interface Loop extends Checkpointed {

	/**
	 * One iteration. It should take seconds: who cancels waits for a second until it ends, and after that goes back to the last
	 * checkpoint.
	 *
	 * @param run what can be done in it
	 * @return whether another one follows
	 * @throws IOException                                when a file cannot be read or written
	 * @throws java.util.concurrent.CancellationException when the user cancels
	 */
	boolean run(LoopRun run) throws IOException;

	@Override
	default void writeState(DataOutput out) throws IOException {
		// many loops have none beside their agents'
	}

	@Override
	default void readState(DataInput in) throws IOException {
		// many loops have none beside their agents'
	}
}
