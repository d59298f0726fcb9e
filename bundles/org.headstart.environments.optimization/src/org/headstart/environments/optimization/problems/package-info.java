/**
 * Functions to minimise by an agent that observes their gradients, and known methods for comparison.
 *
 * <p>An action is an update of the parameters; the tuned first-order methods are reference algorithms. A contribution: the
 * engine reaches it by its id, and no other bundle may use it.
 */
package org.headstart.environments.optimization.problems;
