/** Distributions of actions: what a policy head means. */
package org.headstart.api.distribution;
