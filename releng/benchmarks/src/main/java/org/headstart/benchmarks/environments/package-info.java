/**
 * Benchmarks of environments: steps per second, without a learner.
 *
 * <p>Run by {@code headstart bench}; docs/benchmarks.md says how to read them.
 */
package org.headstart.benchmarks.environments;
