/** A learner that does not act while it learns: classification by labelled examples. */
package org.headstart.examples.supervised;
