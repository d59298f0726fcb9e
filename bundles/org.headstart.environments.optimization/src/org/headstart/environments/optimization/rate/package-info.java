/** The learning rate of a network in training, chosen step by step. */
package org.headstart.environments.optimization.rate;
