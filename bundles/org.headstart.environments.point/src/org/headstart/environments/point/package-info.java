/** A point in the plane that must reach a goal: the lecture's task with its splits, and MAML's as its authors' code has it. */
package org.headstart.environments.point;
