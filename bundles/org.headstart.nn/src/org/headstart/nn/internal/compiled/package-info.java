/**
 * The compiled backend: runs graphs of known layers on {@code org.headstart.nn.internal.kernels}. Internal.
 *
 * <p>{@code org.headstart.nn} chooses it wherever all layers of a graph have kernels; DL4J is what it is tested against.
 */
package org.headstart.nn.internal.compiled;
