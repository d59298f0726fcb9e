/**
 * Statistics and chart models of finished and running experiments. Plain Java without display, files or OSGi.
 *
 * <p>The unit is the seed: an {@link org.headstart.analysis.AdaptationResult} holds returns that are averages over
 * episodes already, and only seeds are resampled. Definitions follow Agarwal et al. 2021, "Deep reinforcement learning at the
 * edge of the statistical precipice", and Taylor and Stone 2009, "Transfer learning for reinforcement learning domains: a
 * survey".
 */
package org.headstart.analysis;
