/** A learner with two networks: an actor, and a critic that judges its actions. */
package org.headstart.examples.actorcritic;
