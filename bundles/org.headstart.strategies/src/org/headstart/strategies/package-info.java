/**
 * The transfer strategies that come with Headstart: learning from scratch, fine-tuning, RL², and reference algorithms.
 *
 * <p>Contributions; the engine reaches them by their ids, and no other bundle may use them. Each is confined to the thread of
 * its step.
 */
package org.headstart.strategies;
