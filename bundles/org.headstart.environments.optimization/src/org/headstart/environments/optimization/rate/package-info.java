/**
 * The learning rate of a network in training, chosen step by step.
 *
 * <p>An episode is the training of a network; constant, scheduled and best-in-hindsight rates are the reference algorithms. A
 * contribution: the engine reaches it by its id, and no other bundle may use it.
 */
package org.headstart.environments.optimization.rate;
