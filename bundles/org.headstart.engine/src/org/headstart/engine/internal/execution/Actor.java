package org.headstart.engine.internal.execution;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.Lanes;
import org.headstart.api.environment.TaskReader;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.Policy;
import org.headstart.engine.internal.catalog.Contribution;

/**
 * The actor in lanes.
 *
 * @param contribution the contribution of the policies, to be named in errors; null for the engine's own
 * @param name         the policy's name; empty if the contribution has only one
 * @param policies     makes the policy for a number of lanes, which may be granted to read their tasks
 */
record Actor(Contribution<?> contribution, String name, Policies policies) {

	/** Makes a policy. */
	@FunctionalInterface
	interface Policies {
		Policy policy(int lanes, TaskReader tasks);
	}

	/** An agent that learns while it acts. */
	static Actor learning(Contribution<?> learner, Agent agent) {
		Policy exploring = new Policy() {
			@Override
			public void begin(Lanes environment) {
				agent.begin(environment.lanes());
			}

			@Override
			public void act(Lanes environment, ActionBatch actions) {
				agent.act(environment, actions);
			}

			@Override
			public void observe(Lanes environment) {
				agent.observe(environment);
			}
		};
		return new Actor(learner, "", (lanes, tasks) -> exploring);
	}

	/** The same actor in lanes in which it has acted before: its policy is not told of a beginning. */
	Actor goingOn() {
		return new Actor(contribution, name, (lanes, tasks) -> {
			Policy policy = policies.policy(lanes, tasks);
			return new Policy() {
				@Override
				public void act(Lanes environment, ActionBatch actions) {
					policy.act(environment, actions);
				}

				@Override
				public void observe(Lanes environment) {
					policy.observe(environment);
				}
			};
		});
	}

	/** The name of a method in messages. */
	String method(String method) {
		return name.isEmpty() ? method : method + " (" + name + ")";
	}

	/** A method that is called in each environment step; null for the engine's own. */
	AtWork.Doing inEachStep(String method) {
		return contribution == null ? null : new AtWork.Doing(contribution, method(method), true);
	}
}
