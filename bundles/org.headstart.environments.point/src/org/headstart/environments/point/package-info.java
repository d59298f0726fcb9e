/** A point in the plane that must reach a goal: a task with several splits, and the task of MAML as in its authors' code. */
package org.headstart.environments.point;
