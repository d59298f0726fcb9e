package org.headstart.engine.internal.execution;

import java.util.List;

import org.headstart.engine.internal.results.RunStatus;
import org.headstart.engine.internal.results.RunStatus.RunState;
import org.headstart.engine.internal.results.RunStatus.StepState;
import org.headstart.engine.internal.results.RunStatus.StepStatus;

/**
 * How a run ended.
 *
 * @param state  finished, failed or cancelled
 * @param status the last progress, with every step's state
 */
public record RunOutcome(RunState state, RunStatus status) {

	/**
	 * @param wanted a state
	 * @return the steps in that state
	 */
	public List<StepStatus> steps(StepState wanted) {
		return status.steps().stream().filter(step -> step.state() == wanted).toList();
	}
}
