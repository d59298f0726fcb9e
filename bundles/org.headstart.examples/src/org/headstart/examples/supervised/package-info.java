/** A learner that acts nowhere while it learns: classification by labelled examples. */
package org.headstart.examples.supervised;
