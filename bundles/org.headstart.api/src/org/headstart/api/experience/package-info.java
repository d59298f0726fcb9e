/** What learners remember beyond an update: replay, and the chunks that it lies in beside checkpoints. */
package org.headstart.api.experience;
