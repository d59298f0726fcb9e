/**
 * How gradients become steps, for every parameter that Headstart trains: a network's ({@code org.headstart.nn.internal.training}) and those
 * that no network holds ({@link org.headstart.nn.optimizer.FreeParameters}).
 */
package org.headstart.nn.optimizer;
