/**
 * Code shared by the learners that come with Headstart; each learner has a package of its own.
 *
 * <p>Contributions; the engine reaches them by their ids, and no other bundle may use them.
 */
package org.headstart.learners;
