/**
 * Benchmarks of networks: the compiled backend against DL4J, and the processor's peak beside them.
 *
 * <p>Run by {@code headstart bench}; docs/benchmarks.md says how to read them.
 */
package org.headstart.benchmarks.nn;
