/**
 * A point in the plane that must reach a goal: a task with several splits, and the task of MAML as in its authors' code.
 *
 * <p>{@code PointGoal} has the splits by sample, sector and ring, {@code PointGoalMaml} is MAML's 2D navigation; both use
 * {@code Plane}. Contributions: the engine reaches them by their ids, and no other bundle may use them.
 */
package org.headstart.environments.point;
