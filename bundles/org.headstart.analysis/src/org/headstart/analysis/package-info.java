/**
 * The analysis of an experiment as data: figures of transfer with intervals ({@link org.headstart.analysis.TransferAnalysis},
 * {@link org.headstart.analysis.TransferFigures}), figures of last evaluations and of learning within trials
 * ({@link org.headstart.analysis.TrialAnalysis}), and the design and settings that they rest on.
 *
 * <p>API: sections of a report read it. Everything is immutable. The statistics that make it are internal; they read results and
 * never decide one, so no step's key contains them.
 *
 * <p>The unit is the seed: episodes are averaged first, and only seeds are resampled. Definitions follow Agarwal et al. 2021,
 * "Deep reinforcement learning at the edge of the statistical precipice", and Taylor and Stone 2009, "Transfer learning for
 * reinforcement learning domains: a survey".
 */
package org.headstart.analysis;
