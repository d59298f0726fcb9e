/** Learners: experience to update. */
package org.headstart.api.learner;
