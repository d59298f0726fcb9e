/** Distributions of actions, given by the outputs of a policy head. */
package org.headstart.api.distribution;
