/**
 * Transfer strategies: what is carried from source to target, and how.
 *
 * <p>The engine calls a strategy once for each step, to acquire on sources or to adapt to a target, and gives it the means:
 * agents, training, evaluation, loops, curricula and saved artefacts. API for plug-in authors: implement {@link
 * org.headstart.api.strategy.TransferStrategy}. Called on the step's thread.
 */
package org.headstart.api.strategy;
