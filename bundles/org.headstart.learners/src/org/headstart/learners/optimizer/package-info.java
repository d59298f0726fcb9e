/** A learned optimizer: the whole update rule as a network (Andrychowicz et al. 2016). */
package org.headstart.learners.optimizer;
