package org.headstart.api.loss;

/**
 * A loss of an experiment, for the learner that applies it.
 *
 * @param id     what the experiment calls it
 * @param weight what its gradients and rewards are multiplied by
 * @param window steps of its windows, as {@link Loss#window} says
 * @param loss   the loss at work
 */
public record WeightedLoss(String id, float weight, int window, AppliedLoss loss) {}
