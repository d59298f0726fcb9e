/**
 * A learned optimizer: the whole update rule as a network (Andrychowicz et al. 2016).
 *
 * <p>An agent here changes parameters of an optimization problem, coordinate by coordinate, and is trained through the
 * optimization. A contribution: the engine reaches it by its id, and no other bundle may use it.
 */
package org.headstart.learners.optimizer;
