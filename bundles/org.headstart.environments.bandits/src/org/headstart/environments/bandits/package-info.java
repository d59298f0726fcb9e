/**
 * Bandits and small random Markov decision processes, with the known algorithms for them (Duan et al. 2016, "RL²").
 *
 * <p>{@code *Dynamics} are the laws, {@code *References} the algorithms that play without learning weights, {@code *Settings}
 * the keys in experiment files. Contributions: the engine reaches them by their ids, and no other bundle may use them.
 */
package org.headstart.environments.bandits;
