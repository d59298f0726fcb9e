/** Code shared by the learners that come with Headstart; each learner has a package of its own. */
package org.headstart.learners;
