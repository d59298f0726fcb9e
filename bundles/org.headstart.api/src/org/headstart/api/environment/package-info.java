/**
 * Environments: task families, their named task sets, and lanes stepped together.
 *
 * <p>Environments implement {@link org.headstart.api.environment.TaskFamily}, most of them by a simulator or a law of one
 * lane, which Headstart steps in many. Agents, losses and strategies see the lanes without the part that moves them. API for
 * plug-in authors. Lanes are confined to the thread of their step; families are immutable and may be shared.
 */
package org.headstart.api.environment;
