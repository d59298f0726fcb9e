/**
 * Classic control tasks, equal to Gymnasium's, whose physical parameters are the context ω: cart-pole, mountain-car (discrete
 * and continuous), acrobot and pendulum.
 *
 * <p>Each task is a law ({@code *Dynamics}) behind {@link org.headstart.environments.classic.PhysicalContext}, which varies
 * its parameters and holds some out; tests compare trajectories with recorded ones of Gymnasium. Contributions: the engine
 * reaches them by their ids, and no other bundle may use them.
 */
package org.headstart.environments.classic;
