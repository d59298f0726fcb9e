/** Losses beside a learner's own: what the extension point {@code org.headstart.api.losses} contributes. */
package org.headstart.api.loss;
