/** Auxiliary losses, beside a learner's own: contributions to the extension point {@code org.headstart.api.losses}. */
package org.headstart.api.loss;
