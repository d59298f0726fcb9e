/**
 * Model-agnostic meta-learning: an initialisation from which one step of policy gradient learns a task.
 *
 * <p>{@code MamlAgent} has the outer loop, {@code MamlPolicy} the adaptation when the policy is judged. A contribution: no
 * other bundle may use it.
 */
package org.headstart.strategies.maml;
