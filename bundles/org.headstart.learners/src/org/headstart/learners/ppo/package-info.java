/**
 * Proximal policy optimization. Start with {@link org.headstart.learners.ppo.PpoAgent}.
 *
 * <p>For discrete and continuous actions, numbers and images, with and without memory. A contribution: the engine reaches it
 * by its id, and no other bundle may use it. An agent is confined to the step's thread.
 */
package org.headstart.learners.ppo;
