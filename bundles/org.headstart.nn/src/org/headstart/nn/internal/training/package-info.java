/**
 * The half of a network that does not depend on what runs it: parameters, freezing, learning rate factors, optimizer, state. An
 * {@link org.headstart.nn.internal.training.NetworkBackend} is the other half. Internal.
 */
package org.headstart.nn.internal.training;
