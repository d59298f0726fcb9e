/**
 * Networks: built from a backbone and heads ({@link org.headstart.nn.NetworkBuilder}), saved
 * ({@link org.headstart.nn.NetworkCheckpoint}) and started from what was learnt before ({@link org.headstart.nn.WarmStart}).
 *
 * <p>This package is the way in. It stands on the following, each of which uses only what stands above it:
 *
 * <ul>
 * <li>{@code state}: what a network keeps, by name
 * <li>{@code kernels}: the numeric work, in two tiers
 * <li>{@code graph}: what a DL4J configuration says
 * <li>{@code optimizer}: how gradients become steps
 * <li>{@code training}: the half of a network that all backends share: parameters, freezing, rates, state
 * <li>{@code dl4j}, {@code compiled}: the backends
 * </ul>
 */
package org.headstart.nn;
