/**
 * Benchmarks of PPO: environment steps per second, the network's share of the time, and steps to a solved task.
 *
 * <p>Run by {@code headstart bench}; docs/benchmarks.md says how to read them.
 */
package org.headstart.benchmarks.learners;
