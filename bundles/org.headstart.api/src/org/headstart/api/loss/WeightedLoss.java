package org.headstart.api.loss;

/**
 * A loss of an experiment, for the learner that applies it.
 *
 * @param id     its name in the experiment
 * @param weight the factor for its gradients and rewards
 * @param window the number of steps of its windows, see {@link Loss#window}
 * @param loss   the running loss
 */
public record WeightedLoss(String id, float weight, int window, AppliedLoss loss) {}
