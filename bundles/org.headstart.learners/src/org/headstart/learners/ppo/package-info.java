/** Proximal policy optimization. Begin reading at {@link org.headstart.learners.ppo.PpoAgent}. */
package org.headstart.learners.ppo;
