/** A learner: hill climbing on the weights. */
package org.headstart.examples.hillclimb;
