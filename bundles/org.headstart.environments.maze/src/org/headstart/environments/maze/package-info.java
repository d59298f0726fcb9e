/** Mazes on a grid, seen from within (after Duan et al. 2016, "RL²", section 3.3). */
package org.headstart.environments.maze;
