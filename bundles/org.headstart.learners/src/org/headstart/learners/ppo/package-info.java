/** Proximal policy optimization. Start with {@link org.headstart.learners.ppo.PpoAgent}. */
package org.headstart.learners.ppo;
