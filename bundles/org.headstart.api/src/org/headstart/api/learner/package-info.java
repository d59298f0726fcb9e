/** Learners: they turn experience into updates. */
package org.headstart.api.learner;
