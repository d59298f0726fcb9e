/**
 * Distributions of actions, given by the outputs of a policy head.
 *
 * <p>Learners and strategies sample actions from them and take log probabilities, entropies and gradients, in primitive arrays
 * and without allocation. API for plug-in authors: for use.
 */
package org.headstart.api.distribution;
