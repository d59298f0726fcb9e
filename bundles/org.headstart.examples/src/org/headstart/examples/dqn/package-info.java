/** A replay learner: deep Q-learning. */
package org.headstart.examples.dqn;
