/**
 * Classic control tasks, equal to Gymnasium's, whose physical parameters are the context ω: cart-pole, mountain-car (discrete
 * and continuous), acrobot and pendulum.
 */
package org.headstart.environments.classic;
