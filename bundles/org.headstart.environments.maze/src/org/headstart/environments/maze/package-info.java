/** Mazes on a grid with the agent's own view (after Duan et al. 2016, "RL²", section 3.3). */
package org.headstart.environments.maze;
