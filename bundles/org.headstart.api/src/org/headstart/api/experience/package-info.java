/** Experience that learners keep beyond an update: replay, and its chunks beside checkpoints. */
package org.headstart.api.experience;
