/** Functions to be minimised by an agent that sees their gradients, and the known methods that do it. */
package org.headstart.environments.optimization.problems;
