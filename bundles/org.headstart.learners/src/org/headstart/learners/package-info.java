/** What the learners that ship have in common; each learner has a package of its own. */
package org.headstart.learners;
