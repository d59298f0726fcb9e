/** Functions to minimise by an agent that observes their gradients, and known methods for comparison. */
package org.headstart.environments.optimization.problems;
