/**
 * The transfer strategies that ship: learning from scratch, fine-tuning, RL², and reference algorithms.
 */
package org.headstart.strategies;
