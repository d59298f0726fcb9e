/**
 * Networks: built from a backbone and heads ({@link org.headstart.nn.NetworkBuilder}), saved
 * ({@link org.headstart.nn.NetworkCheckpoint}) and started from what was learnt before ({@link org.headstart.nn.WarmStart}).
 *
 * <p>This package and {@code optimizer} are API for plug-in authors; the rest is internal. A network is confined to one thread.
 * Each of these packages uses only those above it:
 *
 * <ul>
 * <li>{@code internal.state}: what a network keeps, by name
 * <li>{@code internal.kernels}: the numeric work, in two tiers
 * <li>{@code internal.graph}: what a DL4J configuration says
 * <li>{@code optimizer}: how gradients become steps
 * <li>{@code internal.training}: the half of a network that all backends share: parameters, freezing, rates, state
 * <li>{@code internal.dl4j}, {@code internal.compiled}: the backends
 * </ul>
 */
package org.headstart.nn;
