/**
 * Losses beside a learner's own, contributed to the extension point {@code org.headstart.api.losses}.
 *
 * <p>An experiment lists them; a learner that applies losses adds their gradients to its own before the optimizer's step. API
 * for plug-in authors: implement {@link org.headstart.api.loss.Loss}. Confined to the step's thread.
 */
package org.headstart.api.loss;
