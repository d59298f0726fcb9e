/**
 * Learners: they turn experience into updates.
 *
 * <p>A learner says which networks it needs; the engine gives the agent these networks, spaces and random streams, and calls
 * it in rollouts and updates. API for plug-in authors: implement {@link org.headstart.api.learner.Learner}. An agent is
 * confined to the step's thread.
 */
package org.headstart.api.learner;
