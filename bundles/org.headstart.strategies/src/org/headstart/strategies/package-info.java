/**
 * The transfer strategies that come with Headstart: learning from scratch, fine-tuning, RL², and reference algorithms.
 */
package org.headstart.strategies;
