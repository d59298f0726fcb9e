package org.headstart.engine.execution;

import java.util.function.IntFunction;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.VectorEnvironment;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.Policy;
import org.headstart.engine.catalog.Contribution;

/**
 * Who acts in lanes.
 *
 * @param contribution whose policies these are, so that what they do wrong has its name; null for the engine's own
 * @param name         what the policy is called; empty where the contribution has only one
 * @param policies     makes the policy for a number of lanes
 */
record Actor(Contribution<?> contribution, String name, IntFunction<Policy> policies) {

	/** An agent that learns from what it does. */
	static Actor learning(Contribution<?> learner, Agent agent) {
		Policy exploring = new Policy() {
			@Override
			public void begin(VectorEnvironment environment) {
				agent.begin(environment.lanes());
			}

			@Override
			public void act(float[] observations, ActionBatch actions) {
				agent.act(observations, actions);
			}

			@Override
			public void observe(VectorEnvironment environment) {
				agent.observe(environment);
			}
		};
		return new Actor(learner, "", lanes -> exploring);
	}

	/** What a method is called in messages. */
	String method(String method) {
		return name.isEmpty() ? method : method + " (" + name + ")";
	}

	/** A method that is called in each environment step; null for the engine's own. */
	AtWork.Doing inEachStep(String method) {
		return contribution == null ? null : new AtWork.Doing(contribution, method(method), true);
	}
}
