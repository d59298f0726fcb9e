/** Model-agnostic meta-learning: an initialisation from which one step of policy gradient learns a task. */
package org.headstart.strategies.maml;
