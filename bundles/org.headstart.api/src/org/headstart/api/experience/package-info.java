/**
 * Experience that learners keep beyond an update: replay, and its chunks beside checkpoints.
 *
 * <p>Learners own a {@link org.headstart.api.experience.ReplayBuffer}, and save it with their agent. API for plug-in authors:
 * for use. Confined to the step's thread.
 */
package org.headstart.api.experience;
