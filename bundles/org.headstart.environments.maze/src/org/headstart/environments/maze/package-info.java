/**
 * Mazes on a grid with the agent's own view (after Duan et al. 2016, "RL²", section 3.3).
 *
 * <p>{@code GridMazeDynamics} is the law; shortest path and random walk are its reference algorithms. A contribution: the
 * engine reaches it by its id, and no other bundle may use it.
 */
package org.headstart.environments.maze;
